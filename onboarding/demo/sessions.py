"""The demo's sessions: planned and recorded through the same acts as on the pages, then dated back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from onboarding.demo.network import Made
from onboarding.demo.talk import Talk, talk_of_goal
from programmes.models import SupervisionRuleVersion
from supervision.actions.planning import When, plan_session
from supervision.actions.recording import save_record
from supervision.captures import Kind
from supervision.models import AgendaNote, Feedback, Goal, GoalReview, SupervisionSession
from supervision.seating import Place, seat_in_turns, seat_once
from supervision.sheet import Entry, Written, build_sheet


@dataclass(frozen=True)
class Meeting:
    """One session: who leads whom under which rule, days before today (negative: ahead), and what was said."""

    programme: str
    rule: str
    lead: str
    supervisees: tuple[str, ...]
    days_ago: int
    hour: int = 13
    place: str = ""
    talks: tuple[Talk, ...] = ()
    co_lead: str = ""
    turns: bool = False
    absent: tuple[str, ...] = ()


def hold(made: Made, meeting: Meeting, *, finished: bool = True) -> SupervisionSession:
    """Note a session that was held and, if `finished`, its whole record; everything is dated to that day."""
    session = _note(made, meeting, afterwards=True)
    if finished:
        _record(made, session, meeting)
        _date_back(session)
    return session


def plan(made: Made, meeting: Meeting) -> SupervisionSession:
    """Plan a session ahead: the invitations are written as for any other."""
    return _note(made, meeting, afterwards=False)


def _note(made: Made, meeting: Meeting, *, afterwards: bool) -> SupervisionSession:
    version = SupervisionRuleVersion.objects.select_related("rule__programme").get(
        rule=made.rule(meeting.programme, meeting.rule), is_current=True
    )
    lead = made.people[meeting.lead]
    when = When(
        day=made.before(meeting.days_ago),
        time=dt.time(meeting.hour),
        zone="Europe/Oslo",
        minutes=version.minutes,
        place=meeting.place,
    )
    return plan_session(by=lead, version=version, when=when, places=_places(made, meeting), afterwards=afterwards)


def _places(made: Made, meeting: Meeting) -> list[Place]:
    lead, people = made.people[meeting.lead], [made.people[key] for key in meeting.supervisees]
    if meeting.turns:
        return seat_in_turns([lead, *people])
    return seat_once(lead, people, co_lead=made.people[meeting.co_lead] if meeting.co_lead else None)


def _record(made: Made, session: SupervisionSession, meeting: Meeting) -> None:
    rows = list(session.attendances.select_related("person"))
    absent = {made.people[key].pk for key in meeting.absent}
    for row in rows:
        row.present = row.person_id not in absent
    sheet = build_sheet(
        list(session.agenda.steps.order_by("order")), rows, without_presenting=set(), kept_private=set()
    )
    talks = dict(zip([person.pk for _turn, person in sheet.supervised], meeting.talks, strict=False))
    people = [seat.person for seat in sheet.seats]
    written = [one for entry in sheet.entries if (one := _written(session, entry, talks, people)) is not None]
    save_record(
        session=session,
        by=made.people[meeting.lead],
        revision=session.revision,
        written=written,
        came={row.person_id: row.present for row in rows},
        finished=True,
    )


def _written(
    session: SupervisionSession, entry: Entry, talks: dict[int, Talk], people: Sequence[User]
) -> Written | None:
    talk = talks.get(entry.person.pk) if entry.person else next(iter(talks.values()), None)
    value = _value(session, entry, talk, people) if talk else None
    return None if value in (None, "", {}, []) else entry.written(value)


def _value(session: SupervisionSession, entry: Entry, talk: Talk, people: Sequence[User]) -> Any:
    """What stands in one field of the record, in the shape in which the form keeps it."""
    key, kind, person = entry.capture.key, entry.capture.kind, entry.person
    if kind == Kind.REVIEW and person:
        return _outcomes(session, person, talk)
    if kind == Kind.GOAL:
        first = next((one["key"] for one in session.agenda.goals.get("fields", [])), "text")
        due = (session.starts_at + dt.timedelta(days=14)).date()
        return {first: talk.goal, "by_when": due.isoformat()}
    if kind == Kind.STRENGTHS and person:
        giver = next((one for one in people if one.pk != person.pk), None)
        return [{"from": giver.pk, "text": talk.strength}] if giver and talk.strength else None
    if kind == Kind.FEEDBACK:
        return {"strength": talk.strength} if talk.strength else None
    if kind == Kind.OPTIONS:
        return {"items": list(talk.options), "chosen": 0} if talk.options else None
    simple = {
        "question_text": talk.question,
        "reflection_note": talk.reflection,
        "practice_done": "yes",
        "practice_minutes": 15,
    }
    return talk.more.get(key, simple.get(key))


def _outcomes(session: SupervisionSession, person: User, talk: Talk) -> dict[str, Any]:
    """A goal is taken up as the talk that set it says; the second time it is reached, so that few stay open."""
    open_goals = Goal.objects.filter(person=person, programme=session.programme, status__in=Goal.OPEN)
    before = set(GoalReview.objects.filter(goal__in=open_goals).values_list("goal_id", flat=True))
    found = {}
    for goal in open_goals:
        told = talk_of_goal(goal.text) or talk
        status = Goal.Status.REACHED if goal.pk in before else told.outcome
        found[str(goal.pk)] = {"status": status, "comment": told.comment}
    return found


def _date_back(session: SupervisionSession) -> None:
    """The demo is made in a moment; its rows say the day on which they would have been written."""
    at = session.ends_at
    SupervisionSession.objects.filter(pk=session.pk).update(planned_at=session.starts_at, finished_at=at)
    Goal.objects.filter(set_in=session).update(set_at=at)
    GoalReview.objects.filter(session=session).update(reviewed_at=at)
    reviewed = GoalReview.objects.filter(session=session).values("goal")
    Goal.objects.filter(pk__in=reviewed, closed_at__isnull=False).update(closed_at=at)
    Feedback.objects.filter(session=session).update(given_at=at, released_at=at)
    AgendaNote.objects.filter(session=session).update(written_at=at)
