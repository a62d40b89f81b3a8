"""The consent to a recording: withdrawing it, and when the film is deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.fields import DayField
from common.forms import house_helper


class DeleteByForm(forms.Form):
    """The day by which the film is deleted where it lies; `withdraws` says which act the button is."""

    delete_by = DayField(
        label=gettext_lazy("Deleted by"),
        help_text=gettext_lazy("By when the film is deleted where it lies. It is never kept here."),
    )

    def __init__(self, *args: Any, proposed: dt.date, withdraws: bool, cancel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.withdraws, self.cancel = withdraws, cancel
        self.fields["delete_by"].initial = proposed
        act = "withdraw" if withdraws else "delete_by"
        self.fields["do"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=act)

    @property
    def helper(self) -> FormHelper:
        """One field and its button."""
        submit = _("Withdraw the consent") if self.withdraws else _("Save the day")
        return house_helper("delete_by", "do", submit=submit, cancel=self.cancel)
