"""Forms of recordings: where the film lies, what was consented to, and a moment in it."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset
from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common.errors import DomainError
from common.fields import DayField, LineField, offer, say_readers
from common.forms import house_helper
from practice.actions.recordings import PAPERS, Statement
from practice.clip import seconds_of
from practice.consent_terms import ConsentTerms
from practice.locations import LONGEST, clean_location
from practice.models import GroupMeeting, Recording

NUMBER = {"class": "w-minutes", "inputmode": "numeric"}
MOST = 500


class LocationField(LineField):
    """A web address or words, refused in the field already."""

    def to_python(self, value: Any) -> str:
        """The location. Raises ValidationError."""
        line = super().to_python(value)
        try:
            return clean_location(line) if line else ""
        except DomainError as error:
            raise forms.ValidationError(str(error), code=error.code) from error


class RecordingForm(forms.Form):
    """A statement: for what, by how many of how many, where the papers are, until when. Never a participant's name."""

    location = LocationField(
        label=_("Where the recording lies"),
        max_length=LONGEST,
        help_text=_(
            "An address in your own store, or words such as “encrypted disk 2, safe at the family centre”. "
            "The film is never kept or fetched here."
        ),
        widget=forms.TextInput(attrs={"class": "w-words"}),
    )
    purposes = forms.MultipleChoiceField(
        label=_("What everybody in the film has consented to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what all of them have said yes to. Without any, nobody but the leaders may see it."),
    )
    consents_given = forms.IntegerField(
        label=_("How many have consented"),
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )
    consents_asked = forms.IntegerField(
        label=_("Of how many who were asked"),
        min_value=0,
        max_value=MOST,
        required=False,
        widget=forms.TextInput(attrs=NUMBER),
    )
    papers_place = LineField(
        label=_("Where the consent papers are"),
        required=False,
        max_length=PAPERS,
        help_text=_("Such as “folder 4 in the archive”. No names."),
        widget=forms.TextInput(attrs={"class": "w-words"}),
    )
    valid_until = DayField(
        label=_("The consent holds until"), required=False, help_text=_("From this day on it no longer holds.")
    )
    delete_by = DayField(
        label=_("Delete the film by"), help_text=_("You are reminded here and by e-mail when the day has come.")
    )

    def __init__(
        self,
        *args: Any,
        meeting: GroupMeeting,
        terms: ConsentTerms,
        readers: str,
        recording: Recording | None = None,
        **kwargs: Any,
    ) -> None:
        day = meeting.held_on
        proposed = {"valid_until": terms.valid_until(day), "delete_by": terms.delete_by(day)}
        kwargs["initial"] = _kept(recording) if recording else proposed
        super().__init__(*args, **kwargs)
        offer(self, "purposes", terms.purposes)
        same = _("Read by those who read where the recording lies")
        say_readers(self, {"location": readers, "papers_place": same})
        if recording:
            back, words = reverse("practice:recording", args=[recording.pk]), _("Save what is noted")
        else:
            back, words = reverse("practice:group", args=[meeting.group_id]), _("Note the recording")
        self.helper: FormHelper = house_helper(
            "location",
            Fieldset(
                _("Consent"),
                "purposes",
                Div("consents_given", "consents_asked", css_class="field-row is-top"),
                "papers_place",
                "valid_until",
            ),
            Fieldset(_("Deleting"), "delete_by"),
            submit=words,
            cancel=back,
        )

    def statement(self) -> Statement:
        """What was noted; only after the form was found valid."""
        return Statement(**self.cleaned_data)


class MomentForm(forms.Form):
    """A point in the film and what to look at there."""

    point = forms.CharField(
        label=_("Minutes and seconds"),
        max_length=12,
        help_text=_("Such as 12:40"),
        widget=forms.TextInput(attrs={"class": "w-time", "inputmode": "decimal", "autocomplete": "off"}),
    )
    comment = LineField(
        label=_("What to look at"),
        max_length=500,
        help_text=_("About what the leaders do. No names of participants."),
        readers=_("Read by those who may look at the film"),
        widget=forms.TextInput(attrs={"class": "w-words words"}),
    )

    def __init__(self, *args: Any, recording: Recording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper: FormHelper = house_helper(
            submit=_("Add the moment"), action=reverse("practice:note_moment", args=[recording.pk])
        )

    def clean_point(self) -> int:
        """Seconds from the start. Raises ValidationError."""
        try:
            return seconds_of(self.cleaned_data["point"])
        except DomainError as error:
            raise forms.ValidationError(str(error), code=error.code) from error


def _kept(recording: Recording) -> dict[str, Any]:
    fields = ("location", "purposes", "consents_given", "consents_asked", "papers_place", "valid_until", "delete_by")
    return {name: getattr(recording, name) for name in fields}
