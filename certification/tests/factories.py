"""A programme with ladders for tests: a shipped pack as it is installed, or a small track made of steps.

hall = installed("dua")
siv = hall.member("peer_coach", name="Siv Tangen")
candidacy = hall.candidacy("peer_coach", siv)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import PersonFactory
from certification.actions.install import install_tracks
from certification.counting import Way
from certification.models import (
    Candidacy,
    EventAttendance,
    EventParticipant,
    Step,
    StepRecord,
    Track,
    TrackVersion,
    TrainingDay,
    TrainingEvent,
)
from certification.readers.climbs import Climb, climb_of, with_all
from checklists.models import Checklist, ChecklistVersion, Evaluation
from programmes.actions.install import install_pack
from programmes.actions.install_rules import install_rules
from programmes.models import Organisation, Programme, ProgrammeRole
from programmes.shipped import load_pack, pack_path
from programmes.tests.factories import MembershipFactory, OrganisationFactory
from supervision.models import Agenda, Attendance, SupervisionSession

LONG_BEFORE = dt.datetime(2025, 1, 10, 12, tzinfo=dt.UTC)


@dataclass
class Hall:
    """A programme installed from its pack; `office` is an organisation under the network `top`."""

    programme: Programme
    top: Organisation
    office: Organisation
    roles: dict[str, ProgrammeRole] = field(default_factory=dict)

    def member(self, role: str, organisation: Organisation | None = None, **more: Any) -> User:
        """Somebody who holds the role at the office; `person=` for somebody known, `in_training=True` for learners."""
        in_training = more.pop("in_training", False)
        person: User = more.pop("person", None) or PersonFactory(**more)
        MembershipFactory(
            person=person, role=self.roles[role], organisation=organisation or self.office, in_training=in_training
        )
        return person

    def track(self, key: str) -> Track:
        """A track of the pack."""
        return Track.objects.get(programme=self.programme, key=key)

    def candidacy(
        self, track: str, candidate: User | Organisation, variant: str = "", started: dt.datetime = LONG_BEFORE
    ) -> Candidacy:
        """On the way up, since January 2025."""
        version = TrackVersion.objects.get(track=self.track(track), is_current=True)
        whose = {"organisation" if isinstance(candidate, Organisation) else "person": candidate}
        return Candidacy.objects.create(
            track=version.track,
            track_version=version,
            variant=variant,
            started_at=started,
            started_by=User.objects.system(),
            **whose,
        )


def installed(key: str, *, language: str = "nb") -> Hall:
    """A network of its own with the shipped pack as a programme."""
    top = OrganisationFactory()
    pack, by = _pack(key), User.objects.system()
    programme, _changed = install_pack(network=top, pack=pack, by=by, language=language)
    install_rules(programme=programme, pack=pack, by=by)
    bare_checklists(programme, pack)
    install_tracks(programme=programme, pack=pack, by=by)
    Agenda.objects.create(programme=programme, number=1, total_minutes=120, source={})
    roles = {role.key: role for role in programme.roles.all()}
    return Hall(programme, top, OrganisationFactory(parent=top, name=f"Office of {top.name}"), roles)


def bare_checklists(programme: Programme, pack: Any) -> None:
    """The pack's checklists as published versions without items: what the ladder asks of them."""
    rows = Checklist.objects.bulk_create(
        Checklist(programme=programme, key=one["key"], kind=one["kind"]) for one in pack["checklists"]
    )
    ChecklistVersion.objects.bulk_create(
        ChecklistVersion(
            checklist=row,
            number=1,
            state=ChecklistVersion.State.PUBLISHED,
            names=one["names"],
            about=one.get("about", ""),
            filled_by=one.get("filled_by", []),
            anonymous=one.get("anonymous", False),
            source={},
            published_at=LONG_BEFORE,
            published_by=User.objects.system(),
        )
        for row, one in zip(rows, pack["checklists"], strict=True)
    )


@cache
def _pack(key: str) -> Any:
    return load_pack(pack_path(key))


def session(hall: Hall, rule_key: str, day: dt.date, seats: dict[str, Iterable[User]], **fields: Any) -> Any:
    """A finished session on the day at noon; `seats` such as {"lead": [coach], "supervisee": [siv]}, all present."""
    rule = hall.programme.rules.get(key=rule_key)
    start = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    state = fields.pop("state", SupervisionSession.State.FINISHED)
    finished = state == SupervisionSession.State.FINISHED
    first = next(person for people in seats.values() for person in people)
    made = SupervisionSession.objects.create(
        programme=hall.programme,
        rule=rule,
        rule_version=rule.versions.get(is_current=True),
        agenda=Agenda.objects.filter(programme=hall.programme).order_by("id")[0],
        state=state,
        starts_at=start,
        zone="Europe/Oslo",
        minutes=90,
        planned_at=start,
        planned_by=first,
        finished_at=start if finished else None,
        finished_by=first if finished else None,
    )
    for seat, people in seats.items():
        for person in people:
            present = fields.get("present", True)
            Attendance.objects.create(session=made, person=person, seat=seat, present=present)
    return made


def event(
    hall: Hall, kind: str, days: Iterable[dt.date], people: dict[User, Iterable[dt.date]], leader: User | None = None
) -> TrainingEvent:
    """A training with its days, and who was there on which of them."""
    made = TrainingEvent.objects.create(
        programme=hall.programme,
        kind=kind,
        title=kind,
        leader=leader,
        organisation=hall.office,
        noted_at=LONG_BEFORE,
        noted_by=User.objects.system(),
    )
    rows = {day: TrainingDay.objects.create(event=made, held_on=day) for day in days}
    for person, attended in people.items():
        participant = EventParticipant.objects.create(event=made, person=person, organisation=hall.office)
        EventAttendance.objects.bulk_create(
            EventAttendance(day=rows[day], participant=participant) for day in attended
        )
    return made


def form(hall: Hall, checklist: str, day: dt.date, *, rater: User, part: str = "mentor", **about: Any) -> Evaluation:
    """A submitted evaluation; `person=` or `organisation=` says about whom."""
    row = Checklist.objects.get(programme=hall.programme, key=checklist)
    number = Evaluation.objects.count()
    fields: dict[str, Any] = {"state": "submitted", "submitted_at": LONG_BEFORE, "thing": f"thing:{number}", **about}
    return Evaluation.objects.create(
        version=ChecklistVersion.objects.get(checklist=row, state="published"),
        rater=rater,
        part=part,
        seen_on=day,
        begun_at=LONG_BEFORE,
        **fields,
    )


def approve(candidacy: Candidacy, step_key: str, by: User, **fields: Any) -> StepRecord:
    """A decided step, approved without asking anybody."""
    return StepRecord.objects.create(
        candidacy=candidacy,
        step=candidacy.track_version.steps.get(key=step_key),
        **{
            "outcome": StepRecord.Outcome.APPROVED,
            "decided_at": timezone.now(),
            "decided_by": by,
            "decided_on": dt.date(2026, 1, 15),
            "ground": "Seen.",
            **fields,
        },
    )


def fresh(candidacy: Candidacy) -> Climb:
    """The candidacy as it stands now."""
    return climb_of(with_all(Candidacy.objects.filter(pk=candidacy.pk)).get())


def fill_computed(hall: Hall, candidacy: Candidacy, other: User, day: dt.date = dt.date(2026, 3, 2)) -> None:
    """Everything that the computed steps ask of a person, with `other` as the second in sessions and as rater."""
    candidate = candidacy.person
    assert candidate is not None
    for rung in fresh(candidacy).rungs:
        step = Step.objects.get(pk=rung.step.id)
        count = max(step.count, sum(number for _part, number in rung.step.parts))
        days = [day + dt.timedelta(days=9 * number) for number in range(count)]
        if rung.way is Way.SESSIONS:
            for one in days:
                seats = {"lead": [other], step.seat: [candidate]}
                session(hall, step.rule.key, one, {"supervisee": [other]} | seats if step.seat == "lead" else seats)
        elif rung.way in (Way.DAYS, Way.EVENTS):
            for group in [days] if rung.way is Way.DAYS else [[one] for one in days]:
                leader = hall.member(rung.step.led_by[0]) if rung.step.led_by else None
                event(hall, step.training_event, group, {candidate: group}, leader=leader)
        elif rung.way is Way.FORMS:
            parts = [part for part, number in rung.step.parts for _one in range(number)]
            for number, one in enumerate(days):
                part = parts[number] if number < len(parts) else "mentor"
                rater, seen = (candidate if part == "self" else other), "mentor" if part == "other" else part
                form(hall, step.checklist.key, one, rater=rater, part=seen, person=candidate)


def approve_decided(candidacy: Candidacy, by: User, *, but: Iterable[str] = ()) -> None:
    """Every decided step approved, except those named."""
    for rung in fresh(candidacy).rungs:
        step = Step.objects.get(pk=rung.step.id)
        if rung.way is Way.DECIDED and not rung.is_done and step.key not in but:
            approve(candidacy, step.key, by)
