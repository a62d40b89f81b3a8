"""Forms for planning, changing and cancelling a session."""

from __future__ import annotations

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from accounts.models import User
from common.dates import date_words
from common.fields import DayField, LineField, TimeField, say_readers
from common.forms import house_helper
from common.zones import zone_choices
from programmes.models import SupervisionRuleVersion
from supervision.actions.planning import When
from supervision.models import Attendance, SupervisionSession
from supervision.readers.planning import Candidate, Company
from supervision.seating import Place, can_switch_roles, seat_in_turns, seat_once

Seat = Attendance.Seat
Format = SupervisionRuleVersion.Format
ZONES = (
    "Europe/Oslo",
    "Europe/Copenhagen",
    "Europe/Stockholm",
    "Europe/Helsinki",
    "Europe/London",
    "Atlantic/Reykjavik",
    "Atlantic/Faroe",
    "America/Nuuk",
    "UTC",
)


def _named(candidates: list[Candidate]) -> list[tuple[str, str]]:
    return [(str(one.person.pk), _candidate_words(one)) for one in candidates]


def _candidate_words(one: Candidate) -> str:
    """Name, organisation, and when last supervised, as far as known."""
    words = one.person.name
    if one.organisation:
        words += f", {one.organisation}"
    if one.last_on:
        words += ", " + _("last supervised %(day)s") % {"day": date_words(one.last_on)}
    return words


class SessionForm(forms.Form):
    """When, where and with whom. Choices come from the rule and from who has a place, a role or a turn."""

    def __init__(
        self,
        version: SupervisionRuleVersion,
        company: Company,
        user: User,
        *args: Any,
        session: SupervisionSession | None = None,
        seated: list[Attendance] | None = None,
        afterwards: bool = False,
        day: dt.date | None = None,
        **kwargs: Any,
    ) -> None:
        self.day = day
        self.version, self.company, self.user, self.afterwards = version, company, user, afterwards
        self.seated = seated or []
        super().__init__(*args, **kwargs)
        self._people_fields()
        self._time_fields(session)

    # Fields

    def _people_fields(self) -> None:
        now = {row.person_id: row for row in self.seated if row.turn == 1}
        self.company = self._with_seated(self.company)
        self.fields["supervisees"] = self._supervisees(now)
        if can_switch_roles(self.version):
            turns = not self.seated or any(row.turn > 1 for row in self.seated)
            self.fields["turns"] = forms.BooleanField(
                label=_("We switch roles in the session, so that everybody is supervised"),
                initial=turns,
                required=False,
            )
        if self.company.leads:
            lead = next((str(row.person_id) for row in now.values() if row.seat == Seat.LEAD), None)
            self.fields["lead"] = forms.ChoiceField(
                label=_("Who leads first") if can_switch_roles(self.version) else _("Who leads this time"),
                help_text=_("Named first: whose turn it is."),
                choices=_named(self.company.leads),
                initial=lead or str(self.company.leads[0].person.pk),
            )
        self._optional_seat("co_lead", Seat.CO_LEAD, _("Co-leads"), self.company.co_leads, now)
        third = _("The third person, who observes")
        self._optional_seat("observer", Seat.OBSERVER, third, self.company.observers, now)
        self._guest_fields()

    def _supervisees(self, now: dict[int, Attendance]) -> forms.ChoiceField:
        """One person, or several, as the rule has room."""
        people = self.company.supervisees
        chosen = [str(one.person.pk) for one in people if self._is_chosen(one, now)]
        if self.version.max_supervisees == 1:
            first = chosen[0] if chosen else None
            return forms.ChoiceField(
                label=_("With whom"), choices=_named(people), widget=forms.RadioSelect, initial=first
            )
        return forms.MultipleChoiceField(
            label=_("Who is supervised"),
            choices=_named(people),
            widget=forms.CheckboxSelectMultiple,
            initial=chosen,
        )

    def _guest_fields(self) -> None:
        guest = next((row for row in self.seated if row.is_guest), None)
        self.fields["guest"] = LineField(
            label=_("A guest of the programme"),
            help_text=_(
                "E-mail or full name. A guest comes to this session only, hears and reads what the others in it do, "
                "and everybody sees that the guest is invited."
            ),
            required=False,
            widget=forms.TextInput(attrs={"class": "w-words"}),
            initial=(guest.person.email or guest.person.name) if guest else "",
        )
        self.fields["guest_seat"] = forms.ChoiceField(
            label=_("The guest"),
            choices=[
                (Seat.OBSERVER, pgettext("the guest", "observes")),
                (Seat.SUPERVISEE, pgettext("the guest", "is supervised")),
            ],
            required=False,
            widget=forms.Select(attrs={"class": "w-name"}),
            initial=guest.seat if guest else Seat.OBSERVER,
        )

    def _optional_seat(
        self, name: str, seat: str, label: str, people: list[Candidate], now: dict[int, Attendance]
    ) -> None:
        if people:
            chosen = next((str(row.person_id) for row in now.values() if row.seat == seat and not row.is_guest), "")
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[("", pgettext("seat", "Nobody")), *_named(people)],
                required=False,
                initial=chosen,
            )

    def _with_seated(self, company: Company) -> Company:
        """Whoever is in the session already can stay in it, also when the placement has ended since."""
        known = {one.person.pk for one in company.supervisees} | {self.user.pk}
        extra = [
            Candidate(row.person)
            for row in self.seated
            if row.turn == 1 and row.seat == Seat.SUPERVISEE and not row.is_guest and row.person_id not in known
        ]
        return Company([*company.supervisees, *extra], company.co_leads, company.observers, company.leads)

    def _is_chosen(self, one: Candidate, now: dict[int, Attendance]) -> bool:
        if not self.seated:
            return one.preselected
        row = now.get(one.person.pk)
        in_pair = can_switch_roles(self.version) and row is not None and row.seat != Seat.OBSERVER
        return row is not None and not row.is_guest and (row.seat == Seat.SUPERVISEE or in_pair)

    def _time_fields(self, session: SupervisionSession | None) -> None:
        start = session.local_start if session else None
        zone = session.zone if session else self.user.time_zone
        places = dict.fromkeys([zone, self.user.time_zone, self.version.rule.programme.time_zone, *ZONES])
        self.fields["day"] = DayField(label=_("Day"), initial=start.date() if start else self.day)
        self.fields["time"] = TimeField(label=_("From"), initial=start.time() if start else None)
        self.fields["minutes"] = forms.IntegerField(
            label=_("Length in minutes"),
            min_value=5,
            max_value=720,
            initial=session.minutes if session else self.version.minutes,
            widget=forms.TextInput(attrs={"class": "w-minutes", "inputmode": "numeric"}),
        )
        self.fields["zone"] = forms.ChoiceField(
            label=_("Time zone"),
            choices=zone_choices(places),
            initial=zone,
            widget=forms.Select(attrs={"class": "w-name"}),
        )
        self.fields["place"] = LineField(
            label=_("Place"),
            required=False,
            initial=session.place if session else "",
            widget=forms.TextInput(attrs={"class": "w-words"}),
        )
        self.fields["video_link"] = forms.URLField(
            label=_("Video link"),
            help_text=_("It begins with https://"),
            required=False,
            max_length=500,
            widget=forms.URLInput(attrs={"class": "w-words"}),
            assume_scheme="https",
            initial=session.video_link if session else "",
        )
        # Said once, below the last of them.
        say_readers(self, {"video_link": _("Place and link are read by those who have a seat in the session")})

    # Reading back

    def clean(self) -> dict[str, Any]:
        """Say which address is wrong."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        link = cleaned.get("video_link") or ""
        if link and not link.startswith(("https://", "http://")):
            self.add_error("video_link", _("A video link begins with https://"))
        return cleaned

    def when(self) -> When:
        """Day, time and place as they were given."""
        data = self.cleaned_data
        return When(data["day"], data["time"], data["zone"], data["minutes"], data["place"], data["video_link"])

    def places(self, guest: User | None) -> list[Place]:
        """Who sits where, in each turn."""
        people = {one.person.pk: one.person for one in self._everybody()} | {self.user.pk: self.user}
        chosen = self.cleaned_data["supervisees"]
        keys = [int(key) for key in ([chosen] if isinstance(chosen, str) else chosen)]
        lead = people.get(int(self.cleaned_data.get("lead") or self.user.pk), self.user)
        observer = people.get(int(self.cleaned_data.get("observer") or 0))
        others = [people[key] for key in keys if key != lead.pk]
        if lead.pk != self.user.pk and self.user.pk not in keys:
            others.append(self.user)
        if self.cleaned_data.get("turns"):
            found = seat_in_turns([lead, *others, *([observer] if observer else [])])
        else:
            co_lead = people.get(int(self.cleaned_data.get("co_lead") or 0))
            found = seat_once(lead, others, co_lead=co_lead, observer=observer)
        if guest:
            found.append(Place(guest, self.cleaned_data.get("guest_seat") or Seat.OBSERVER, is_guest=True))
        return found

    def _everybody(self) -> list[Candidate]:
        company = self.company
        return [*company.supervisees, *company.co_leads, *company.observers, *company.leads]

    @property
    def helper(self) -> FormHelper:
        """People, then time and place."""
        order = ["supervisees", "turns", "lead", "co_lead", "observer"]
        people = [name for name in order if name in self.fields]
        return house_helper(
            *people,
            Div("day", "time", "minutes", css_class="field-row is-top"),
            "zone",
            "place",
            "video_link",
            "guest",
            "guest_seat",
        )


class CancelForm(forms.Form):
    """Why the session is cancelled."""

    reason = LineField(max_length=200, readers=gettext_lazy("Read by those who have a seat in the session"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason")
        self.fields["reason"].help_text = _(
            "Everybody in the session reads it. Write nothing about what you would have talked about."
        )
        self.fields["reason"].widget.attrs["class"] = "w-words"
