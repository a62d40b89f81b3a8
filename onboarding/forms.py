"""The file to read, and the questions that its rows ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from common.fields import read_by
from common.forms import house_helper
from onboarding.checking import ALL_OTHERS
from onboarding.lines import MOST_BYTES
from onboarding.readers.import_questions import Question
from onboarding.sheet import too_big


class UploadForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX or CSV, at most 5 MB. You see every row before anything is saved, and no mail is sent."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
        error_messages={"required": _("Choose the file with your list.")},
    )
    hat = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        read_by(
            self.fields["file"],
            _("Read by you, and by those who coordinate this part of the network in every programme that it names"),
        )

    @property
    def helper(self) -> FormHelper:
        """One field and its button."""
        return house_helper("file", submit=_("Read the file"), attrs={"enctype": "multipart/form-data"})

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large before it is read."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(str(too_big()))
        return file


class QuestionsForm(forms.Form):
    """One choice for each question; whatever is left open leaves its rows out."""

    def __init__(self, *args: Any, questions: list[Question], chosen: Mapping[str, Mapping[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.field] = forms.ChoiceField(
                label=question.label,
                help_text=question.text,
                choices=[("", _("Leave out for now")), *question.choices],
                required=False,
                initial=chosen.get(question.asks, {}).get(question.key, ""),
            )
        if any(question.asks == "supervisor" for question in questions):
            self.fields["without"] = forms.BooleanField(
                label=_("Import everybody else here without a supervisor"),
                help_text=_("They can be placed later, one by one."),
                required=False,
                initial=ALL_OTHERS in chosen.get("supervisor", {}),
            )

    @property
    def helper(self) -> FormHelper:
        """All questions; the template writes the form and its button."""
        return house_helper()

    def answers(self) -> dict[str, dict[str, str]]:
        """What was chosen, by kind of question and key; only after the form was found valid."""
        found: dict[str, dict[str, str]] = {}
        for question in self.questions:
            found.setdefault(question.asks, {})[question.key] = self.cleaned_data[question.field]
        if "without" in self.fields:
            found.setdefault("supervisor", {})[ALL_OTHERS] = "none" if self.cleaned_data["without"] else ""
        return found
