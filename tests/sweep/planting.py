"""Putting each word of `canary.CANARIES` into its field, straight into the rows: it is the words that count."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import AddressChange, Invitation, User
from certification.models import Certificate, Evidence, StepRecord
from checklists.models import Answer, Evaluation, EvaluationRound, Item
from coaches.models import Absence, EarlierSession
from notices.models import Notice
from onboarding.models import ImportRow, ImportRun
from practice.models import Moment, Recording
from programmes.models import MembershipRequest
from supervision.models import (
    AgendaNote,
    Agreement,
    Attendance,
    Feedback,
    Goal,
    GoalReview,
    PrivateNote,
    RecordDraft,
    SessionRecording,
    SupervisionSession,
)
from tests.sweep.world import World

Audience = AgendaNote.Audience


def plant(world: World) -> None:
    """Plant everything; what a later test opens by name is put into the world."""
    _goals(world)
    _feedback(world)
    _session_words(world)
    _notes(world)
    _recordings(world)
    _checklists(world)
    _ladder(world)
    _certificate(world)
    _reach(world)
    _import(world)


def _goals(world: World) -> None:
    leader, now = world["leader"], timezone.now()
    Goal.objects.filter(pk=world["goal"].pk).update(text="kanari-mål", set_in=world["finished"])
    own = Goal.objects.create(
        programme=world["programme"],
        person=leader,
        text="kanari-egetmål",
        fields={"why": "kanari-hvorfor"},
        set_at=now - dt.timedelta(days=1),
        set_by=leader,
    )
    shared = {"set_at": now - dt.timedelta(days=2), "set_by": leader, "shared_at": now}
    with_mentor = Goal.objects.create(programme=world["programme"], person=leader, text="kanari-deltmål", **shared)
    world.things["shared_goal"] = with_mentor
    review = {"goal": own, "status": "tried", "reviewed_at": now, "reviewed_by": leader}
    GoalReview.objects.create(comment="kanari-utfall", **review)
    taken_up = GoalReview.objects.filter(session=world["finished"], goal__person=leader)
    taken_up.update(comment="kanari-opptatt")


def _feedback(world: World) -> None:
    given = {
        "programme": world["programme"],
        "receiver": world["leader"],
        "giver": world["colleague"],
        "session": world["finished"],
        "given_at": timezone.now(),
    }
    Feedback.objects.filter(pk=world["feedback"].pk).update(
        giver=world["colleague"], session=world["finished"], strength="kanari-styrke", growth="kanari-vekst"
    )
    Feedback.objects.create(strength="kanari-holdt", **given)
    both = {"released_at": timezone.now(), "shared_at": timezone.now()}
    Feedback.objects.create(strength="kanari-deltros", **given, **both)


def _session_words(world: World) -> None:
    planned, finished = world["planned"], world["finished"]
    Attendance.objects.filter(session=planned, person=world["leader"]).update(question="kanari-spørsmål")
    Attendance.objects.filter(session=finished, person=world["leader"]).update(question="kanari-spurt")
    where = {"place": "kanari-rom", "video_link": "https://kanari.example/mote"}
    SupervisionSession.objects.filter(pk=planned.pk).update(**where)
    world.things["cancelled"] = _copy(planned, state="cancelled", cancelled_reason="kanari-avlyst")
    Agreement.objects.create(
        programme=world["programme"], supervisor=world["coach"], supervisee=world["leader"], clauses=["kanari-avtale"]
    )


def _copy(session: SupervisionSession, **more: Any) -> SupervisionSession:
    """The session of next week once more, cancelled."""
    kept = ("programme", "rule", "rule_version", "agenda", "starts_at", "zone", "minutes", "planned_at", "planned_by")
    found = SupervisionSession.objects.create(
        **{name: getattr(session, name) for name in kept},
        cancelled_at=timezone.now(),
        cancelled_by=session.planned_by,
        **more,
    )
    for row in session.attendances.all():
        row.pk, row.session, row._state.adding = None, found, True
        row.question = ""
        row.save()
    return found


def _notes(world: World) -> None:
    leader, coach, finished, held = (world[name] for name in ("leader", "coach", "finished", "held"))
    _note(world, "question", "question_text", "kanari-notat")
    _note(world, "problem_solving", "options", {"items": ["kanari-utvei"], "chosen": 0})
    _note(world, "practice", "practice_note", "kanari-øvelse")
    _note(world, "quality_tools", "portfolio_gap", "kanari-mappe", audience=Audience.PERSON)
    _note(world, "question", "help_wanted", "kanari-ledet", audience=Audience.LEADS)
    _note(world, "reflection", "reflection_note", "kanari-refleksjon", audience=Audience.AUTHOR)
    _note(world, "checklists", "checklist_note", "kanari-gruppe", person=None)
    _note(world, "question", "question_text", "kanari-tidlig", session=world["early"])
    PrivateNote.objects.create(author=coach, session=finished, text="kanari-privat", written_at=timezone.now())
    PrivateNote.objects.create(author=leader, session=finished, text="kanari-sinenotat", written_at=timezone.now())
    RecordDraft.objects.create(
        session=held,
        author=coach,
        fields={"own": "kanari-kladd"},
        base_revision=held.revision,
        saved_at=timezone.now() + dt.timedelta(minutes=1),
    )


def _note(world: World, step: str, field: str, value: Any, **more: Any) -> None:
    session = more.pop("session", world["finished"])
    person = more.pop("person", world["leader"])
    step_row = session.agenda.steps.get(key=step)
    audience = more.get("audience", Audience.SESSION)
    AgendaNote.objects.update_or_create(
        session=session,
        step=step_row,
        field=field,
        turn=1,
        person=person,
        defaults={
            "value": value,
            "audience": audience,
            "written_at": timezone.now(),
            "written_by": world["leader"] if audience == Audience.AUTHOR else world["coach"],
        },
    )


def _recordings(world: World) -> None:
    """Two films of Ingrid's, one of which nobody may look at any more."""
    for place, more in (("kanari-film", {}), ("kanari-tilbakekalt", {"withdrawn_at": timezone.now()})):
        recording = Recording.objects.create(
            programme=world["programme"],
            location=place,
            purposes=["supervision", "kanari-formål"],
            papers_place="kanari-samtykke",
            noted_at=timezone.now(),
            noted_by=world["coach"],
            withdrawn_by=world["leader"] if more else None,
            **more,
        )
        Moment.objects.create(
            recording=recording,
            seconds=60,
            comment="kanari-øyeblikk",
            noted_at=timezone.now(),
            noted_by=world["coach"],
        )
        SessionRecording.objects.create(session=world["finished"], recording=recording, person=world["leader"])


def _checklists(world: World) -> None:
    rated = world["rated"]
    words = Item.objects.filter(section__version=rated.version).order_by("section__order", "order")[0]
    alone = Evaluation.objects.get(pk=rated.pk)
    alone.pk, alone._state.adding, alone.thing, alone.meeting = None, True, f"person:{world['leader'].pk}", None
    alone.save()
    world.things["alone"] = alone
    for evaluation, word in ((rated, "kanari-svar"), (alone, "kanari-alene"), (world["draft"], "kanari-utkast")):
        Answer.objects.update_or_create(evaluation=evaluation, item=words, defaults={"text": word})
    EvaluationRound.objects.create(
        version=rated.version,
        person=world["coach"],
        code="kanarirunde",
        opened_at=timezone.now(),
        opened_by=world["coordinator"],
        closes_at=timezone.now() + dt.timedelta(days=7),
    )


def _ladder(world: World) -> None:
    """Ragnhild's first decision, one that was taken back, her paper; and what was sent back to Ingrid."""
    candidacy = world["candidacy"]
    first = StepRecord.objects.filter(pk=world["record"].pk)
    first.update(
        ground="kanari-grunn", reference="kanari-arkiv", outside_number="kanari-nummer", counted="kanari-talt"
    )
    second = candidacy.records.exclude(pk=world["record"].pk).order_by("pk")[0]
    StepRecord.objects.filter(pk=second.pk).update(source="kanari-fil-rad")
    again = StepRecord.objects.get(pk=second.pk)
    again.pk, again._state.adding = None, True
    again.withdrawn_at, again.withdrawn_by, again.withdrawn_reason = timezone.now(), again.decided_by, "kanari-angret"
    again.source, again.ground = "", "–"
    again.save()
    Evidence.objects.filter(candidacy=candidacy).update(reference="kanari-papir")
    sent_back = StepRecord.objects.get(candidacy__person=world["leader"], outcome="sent_back")
    StepRecord.objects.filter(pk=sent_back.pk).update(ground="kanari-mangler")
    world.things |= {"sent_back": sent_back, "sent_back_on": sent_back.candidacy}


def _certificate(world: World) -> None:
    found = Certificate.objects.get(person=world["other_coach"])
    found.withdrawn_reason, found.text = "kanari-tilbaketrukket", {**found.text, "counted": ["kanari-linje"]}
    found.save(update_fields=["withdrawn_reason", "text"])
    world.things["withdrawn"] = found


def _reach(world: World) -> None:
    leader, coach = world["leader"], world["coach"]
    User.objects.filter(pk=leader.pk).update(
        phone="+47 555 01 234", email="reach-ingrid@kanari.example", password="kanari-hash$1$salt$word"
    )
    User.objects.filter(pk=coach.pk).update(phone="+47 555 01 999")
    for person in (leader, coach):
        person.refresh_from_db()
    world.things["address"] = AddressChange.objects.create(
        person=leader,
        email="soon-ingrid@kanari.example",
        former="once-ingrid@kanari.example",
        code="kanariadresse",
        asked_at=timezone.now(),
        until=timezone.now() + dt.timedelta(days=1),
    )
    Absence.objects.filter(pk=world["absence"].pk).update(reason="kanari-fravær")
    Invitation.objects.filter(pk=world["invitation"].pk).update(code="kanarikode")
    MembershipRequest.objects.filter(pk=world["request"].pk).update(written_name="kanari-navn")
    Notice.objects.filter(pk=world["notice"].pk).update(
        arguments={"sequence": 0, "word": "kanari-argument"}, last_error="kanari-feil"
    )
    record(
        by=world["coordinator"],
        verb="organisation.renamed",
        programme_id=world["programme"].pk,
        organisation_path=world["organisation"].path,
        people=[leader],
        facts={"old": "kanari-før", "unsaid": "kanari-spor"},
    )


def _import(world: World) -> None:
    run = ImportRun.objects.filter(pk=world["import"].pk)
    run.update(
        filename="kanari-fil.csv",
        columns={"line_manager": "kanari-spalte"},
        unread=[["F", "kanari-kolonne"]],
        answers={"organisation": {"x": "kanari-valgt"}},
        organisations_made={"kanari-sted": 0},
    )
    finding = {
        "level": "stop",
        "code": "role_several",
        "cell": "role",
        "params": {"text": "kanari-funn", "roles": ["x"]},
    }
    ImportRow.objects.create(
        run=world["import"],
        number=2,
        cells={"name": "Rad To", "organisation": "kanari-celle"},
        state=ImportRow.State.REFUSED,
        findings=[finding],
        plan={"name": "kanari-plan"},
        made={"notes": ["kanari-gjort"]},
    )
    EarlierSession.objects.create(
        person=world["leader"],
        programme=world["programme"],
        held_at=timezone.now() - dt.timedelta(days=900),
        source="kanari-kilde",
        noted_at=timezone.now(),
        noted_by=world["coordinator"],
    )
