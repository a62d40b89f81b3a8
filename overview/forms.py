"""Forms of the lists that people read across the rooms."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from common.fields import DayField


class DaysForm(forms.Form):
    """From a day to a day, both counted in; either may be left out."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)
