"""Which mails somebody wants."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext as _

from common.forms import house_helper
from notices.readers import choosable


class ChoiceForm(forms.Form):
    """A tick for each kind of mail that may be turned off."""

    def __init__(self, *args: Any, off: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = choosable()
        self.fields["wanted"] = forms.MultipleChoiceField(
            label=_("Send me an e-mail about"),
            choices=[(kind.key, f"{kind.label}: {kind.when}" if kind.when else kind.label) for kind in offered],
            widget=forms.CheckboxSelectMultiple,
            initial=[kind.key for kind in offered if kind.key not in off],
            required=False,
        )

    @property
    def helper(self) -> FormHelper:
        """The ticks and the button."""
        return house_helper("wanted", submit=_("Save my choice"))
