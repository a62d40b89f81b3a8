"""Forms of the ladder: deciding, handing in, beginning, trainings, withdrawing, checking a code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certification.actions.decide import Ruling
from certification.actions.events import EventPlan
from certification.models import TrackVersion
from common.day_parsing import parse_day
from common.errors import DomainError
from common.fields import DayField, LineField, WordsField, offer, say_readers
from common.forms import house_helper
from common.texts import for_reader
from programmes.models import Organisation


class RulingForm(forms.Form):
    """Date, ground and reference of a decision; for one made outside, its number too."""

    decided_on = DayField(label=_("Date"), help_text=_("The day on which it was decided, or the day that counts."))
    ground = WordsField(label=_("Ground"), rows=3, max_length=2000, help_text=_("What you have seen, in a sentence."))
    reference = LineField(
        label=_("Reference"), max_length=300, required=False, help_text=_("Where the paper is, for example a number.")
    )
    outside_number = LineField(
        label=_("Number outside"),
        max_length=60,
        required=False,
        readers=_("Read by everybody who sees the ladder, the coordinator too"),
    )

    def __init__(
        self, *args: Any, outside: bool = False, needs_number: bool = False, back: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        self.fields["decided_on"].initial = timezone.localdate()
        say_readers(self, dict.fromkeys(("ground", "reference"), self.readers_sentence()))
        if not outside:
            del self.fields["outside_number"]
        elif needs_number:
            self.fields["outside_number"].required = True

    def readers_sentence(self) -> str:
        """Who reads the ground, and where its paper is."""
        return str(_("Read by the candidate, their coach or mentor, and those who decide this step"))

    def ruling(self) -> Ruling:
        """What was written, for the action."""
        given = self.cleaned_data
        return Ruling(
            decided_on=given["decided_on"],
            ground=given["ground"],
            reference=given["reference"],
            outside_number=given.get("outside_number", ""),
        )


class DecideForm(RulingForm):
    """Approve a step, or send it back with what is missing."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        choices=[("approved", _("Approve the step")), ("sent_back", _("Send it back, and say what is missing"))],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "decided_on", "ground", "reference", "outside_number")

    @property
    def helper(self) -> FormHelper:
        """All fields, then the button."""
        return house_helper(submit=_("Record the decision"), cancel=self.back)


class IssueForm(RulingForm):
    """The decision that issues the certificate."""

    @property
    def helper(self) -> FormHelper:
        """All fields, then the button."""
        return house_helper(submit=_("Decide and issue the certificate"), cancel=self.back)


class ReasonForm(forms.Form):
    """One line that says why."""

    reason = LineField(label=_("Reason"), max_length=300)

    def __init__(
        self, *args: Any, submit: Any, back: str, help_text: Any = "", readers: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.submit, self.back = submit, back
        self.fields["reason"].help_text = help_text
        say_readers(self, {"reason": readers})

    @property
    def helper(self) -> FormHelper:
        """The line, then the button."""
        return house_helper(submit=self.submit, cancel=self.back)


class WithdrawCertificateForm(ReasonForm):
    """Withdraw a certificate, and issue it anew where the name has changed."""

    anew = forms.BooleanField(label=_("Issue a new certificate with the name as it is now"), required=False)

    def __init__(self, *args: Any, ours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not ours:
            del self.fields["anew"]


class HandInForm(forms.Form):
    """Where a paper is, in words."""

    reference = LineField(
        label=_("Where the paper is"),
        max_length=300,
        help_text=_("For example a folder or an archive number. No file is kept here; write no names of families."),
        readers=_("Read by you and those who decide this step; the coordinator sees that something is in"),
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.back = back

    @property
    def helper(self) -> FormHelper:
        """The line, then the button."""
        return house_helper(submit=_("Hand it in"), cancel=self.back)


class StartForm(forms.Form):
    """Which ladder somebody begins on, and for which delivery model."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose an organisation")
    )
    track = forms.ModelChoiceField(TrackVersion.objects.none(), label=_("Ladder"), empty_label=_("Choose a ladder"))
    variant = forms.ChoiceField(label=_("Delivery model"), required=False)

    def __init__(
        self,
        *args: Any,
        versions: Any,
        variants: Mapping[str, Mapping[str, str]],
        back: str,
        organisations: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        track: Any = self.fields["track"]
        track.queryset = versions
        track.label_from_instance = lambda version: for_reader(version.names, version.track.programme.language)
        if organisations is None:
            del self.fields["organisation"]
        else:
            offer(self, "organisation", organisations)
        if variants:
            names = [(key, for_reader(names)) for key, names in variants.items()]
            offer(self, "variant", [("", _("Choose a delivery model")), *names])
            self.fields["variant"].help_text = _("Only for ladders with a certificate for each delivery model.")
        else:
            del self.fields["variant"]

    @property
    def helper(self) -> FormHelper:
        """All fields, then the button."""
        return house_helper(submit=_("Begin the ladder"), cancel=self.back)


class EventForm(forms.Form):
    """A training: what, where, when and who leads it."""

    kind = forms.ChoiceField(label=_("Training"))
    title = LineField(label=_("Title"), help_text=_("As people know it, for example with the place and the season."))
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose an organisation")
    )
    place = LineField(label=_("Place"), required=False)
    leader = forms.ModelChoiceField(
        User.objects.none(), label=_("Leader"), required=False, empty_label=_("Nobody yet")
    )
    days = WordsField(
        label=_("Days"), rows=3, words=False, max_length=2000, help_text=_("One day a line, like this: 24.11.2026")
    )

    def __init__(
        self, *args: Any, kinds: Iterable[tuple[str, str]], organisations: Any, leaders: Any, back: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.back = back
        offer(self, "kind", [("", _("Choose a training")), *kinds])
        offer(self, "organisation", organisations)
        offer(self, "leader", leaders)

    @property
    def helper(self) -> FormHelper:
        """All fields, then the button."""
        return house_helper(submit=_("Save the training"), cancel=self.back)

    def clean_days(self) -> list[Any]:
        """The days, in order. Raises ValidationError naming the line that is no day."""
        try:
            return [
                parse_day(line) for line in self.cleaned_data["days"].replace(",", "\n").split("\n") if line.strip()
            ]
        except DomainError as error:
            raise forms.ValidationError(str(error)) from None

    def plan(self) -> EventPlan:
        """What was entered, for the action."""
        given = self.cleaned_data
        return EventPlan(
            kind=given["kind"],
            title=given["title"],
            organisation=given["organisation"],
            days=given["days"],
            place=given["place"],
            leader=given["leader"],
        )


class CodeForm(forms.Form):
    """The code on a certificate."""

    code = LineField(
        label=_("Code on the certificate"),
        max_length=80,
        help_text=_("Letters and digits, with or without hyphens. Small or capital letters."),
    )
