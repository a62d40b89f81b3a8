"""Objects for the addresses: taken from the demo, or made where the demo has none."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from accounts.models import Invitation
from certification.models import Candidacy, Certificate, StepRecord, TrainingEvent
from checklists.models import Checklist, Evaluation
from coaches.models import Absence, Placement
from notices.models import Notice
from onboarding.models import ImportRun
from practice.models import DeliveryGroup, GroupMeeting, Recording
from programmes.models import Membership, MembershipRequest, Organisation, Programme, ProgrammeRole
from supervision.models import Attendance, Feedback, Goal, SessionRecording, SupervisionSession
from tests.sweep.related import relate
from tests.sweep.world import World


def furnish(world: World) -> None:
    """Add every object that an address names: all of them in the network Solvik, about Ragnhild and Ingrid."""
    coach, leader = world["coach"], world["leader"]
    programme = Programme.objects.get(network__name="Familienettverket Solvik", key="dua")
    sessions = SupervisionSession.objects.filter(
        attendances__person=coach, attendances__seat=Attendance.Seat.LEAD, programme=programme
    ).order_by("-starts_at")
    things = world.things
    things["programme"] = programme
    things["finished"] = sessions.filter(state="finished")[0]
    things["planned"] = sessions.filter(state="planned")[0]
    things["held"] = sessions.filter(state="held")[0]
    things["clip"] = _clip(world, things["finished"])
    things["goal"] = Goal.objects.filter(person=leader, status__in=Goal.OPEN)[0]
    things["feedback"] = Feedback.objects.filter(receiver=leader)[0]
    things["placement"] = Placement.objects.open().get(coach=coach, supervisee=leader)
    things["membership"] = Membership.objects.open().get(person=leader, role__programme=programme)
    things["organisation"] = Organisation.objects.get(name="Solvik familiesenter")
    things["group"] = DeliveryGroup.objects.get(name="Foreldregruppe høst")
    things["meeting"] = GroupMeeting.objects.filter(group=things["group"])[0]
    things["group_leader"] = things["group"].leaders.get(person=leader)
    things["recording"] = _recording(world, programme)
    things["moment"] = things["recording"].moments.create(seconds=760, noted_at=timezone.now(), noted_by=coach)
    things["candidacy"] = Candidacy.objects.get(person=coach, track__key="peer_coach")
    things["step"] = things["candidacy"].track_version.steps.get(key="decision")
    things["record"] = StepRecord.objects.filter(candidacy=things["candidacy"], outcome="approved")[0]
    things["certificate"] = Certificate.objects.get(person__email="kjell@solvik.example")
    things["training"] = TrainingEvent.objects.get(kind="peer_coach_network", programme=programme)
    things["participant"] = things["training"].participants.get(person=coach)
    things["rated"] = Evaluation.objects.filter(person=leader, rater=coach, state="submitted")[0]
    things["draft"] = Evaluation.objects.get(rater=coach, state="draft")
    things["checklist"] = Checklist.objects.get(programme=programme, key="process")
    things["version"] = things["checklist"].versions.get(state="published")
    things["absence"] = Absence.objects.create(
        person=coach, starts_on=dt.date(2026, 12, 20), noted_at=timezone.now(), noted_by=coach
    )
    things["notice"] = _undelivered(world, programme)
    things["import"] = _import_run(world, programme)
    things["request"] = _request(world, programme)
    things["invitation"] = Invitation.objects.create(
        person=leader,
        code="sweep",
        until=timezone.now() + dt.timedelta(days=14),
        invited_at=timezone.now(),
        invited_by=world["coordinator"],
    )
    relate(world)


def _recording(world: World, programme: Programme) -> Recording:
    return Recording.objects.create(
        programme=programme,
        meeting=world["meeting"],
        location="kanari-opptak",
        purposes=["supervision"],
        delete_by=dt.date(2027, 3, 1),
        noted_at=timezone.now(),
        noted_by=world["leader"],
    )


def _clip(world: World, session: SupervisionSession) -> Recording:
    """A film of the group leader that was looked at in the session."""
    recording = Recording.objects.create(
        programme=session.programme,
        location="kanari-klipp",
        purposes=["supervision"],
        noted_at=timezone.now(),
        noted_by=world["coach"],
    )
    SessionRecording.objects.create(session=session, recording=recording, person=world["leader"])
    return recording


def _undelivered(world: World, programme: Programme) -> Notice:
    now = timezone.now()
    return Notice.objects.create(
        kind="session_planned",
        subject=f"session:{world['planned'].pk}",
        recipient=world["leader"],
        due_at=now,
        next_try_at=now,
        created_at=now,
        language="nb",
        programme_id=programme.pk,
        state=Notice.State.FAILED,
        message_id="<sweep@solvik.example>",
    )


def _request(world: World, programme: Programme) -> MembershipRequest:
    """The Danish coach has been asked to join the Norwegian network."""
    return MembershipRequest.objects.create(
        person=world["far_coach"],
        role=ProgrammeRole.objects.get(programme=programme, key="peer_coach"),
        organisation=world["organisation"],
        written_name="Anne B.",
        started_on=dt.date(2026, 11, 1),
        requested_at=timezone.now(),
        requested_by=world["coordinator"],
    )


def _import_run(world: World, programme: Programme) -> ImportRun:
    """A file that was read and waits for a yes."""
    return ImportRun.objects.create(
        organisation=programme.network,
        filename="nettverk.csv",
        programme_ids=[programme.pk],
        uploaded_at=timezone.now(),
        uploaded_by=world["coordinator"],
    )
