"""The counts of the bar: one query, whoever asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.db.models import Exists, F, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from certification.models import Step
from checklists.models import Evaluation
from coaches.models import Absence
from notices.models import Notice
from overview.readers.counting import counted
from programmes.models import Membership, MembershipRequest, ProgrammeRole, SupervisionRuleVersion
from programmes.policies import Hat, under
from supervision.models import Attendance, SupervisionSession

Kind = ProgrammeRole.Kind
LEADING = (Attendance.Seat.LEAD, Attendance.Seat.CO_LEAD)


@dataclass(frozen=True)
class Counts:
    """What waits, in numbers: sessions to record, mail that did not arrive, requests of other networks, checklists
    begun; and of a coach whether places or pairs are led, whether the role decides steps of a ladder, the places
    offered and the absence, so that no page asks once more."""

    records: int = 0
    failed: int = 0
    requests: int = 0
    request_id: int | None = None
    drafts: int = 0
    has_places: bool = False
    has_pairs: bool = False
    decides_steps: bool = False
    offered: int = 4
    away: bool = False
    away_until: dt.date | None = None


def counts_for(user: User, hats: Sequence[Hat]) -> Counts:
    """Everything that the bar counts for `user`, in one query."""
    waiting = MembershipRequest.objects.filter(person=user, state=MembershipRequest.State.WAITING)
    today = timezone.localdate()
    away = Absence.objects.filter(person=user, starts_on__lte=today).exclude(ends_on__lte=today)
    coaching = [hat.role.pk for hat in hats if hat.role.kind == Kind.PEER_COACH]
    deciding = [hat.role.pk for hat in hats if hat.role.kind == Kind.PEER_COACH and not hat.in_training]
    led = SupervisionRuleVersion.objects.filter(supervisor_role__in=coaching, is_current=True)
    row = (
        User.objects.filter(pk=user.pk)
        .annotate(
            records=counted(records_to_finish(user)),
            failed=counted(undelivered(hats)),
            requests=counted(waiting),
            request_id=Subquery(waiting.order_by("pk").values("pk")[:1]),
            drafts=counted(Evaluation.objects.filter(rater=user, state=Evaluation.State.DRAFT)),
            has_places=Exists(led.filter(reciprocal=False, caseload_max__gt=1)),
            has_pairs=Exists(led.filter(reciprocal=True)),
            decides_steps=Exists(Step.objects.filter(approver_role__in=deciding)),
            offered=Coalesce(F("coach_profile__capacity"), 4),
            away=Exists(away),
            away_until=Subquery(away.order_by("-starts_on").values("ends_on")[:1]),
        )
        .values_list(*(one.name for one in fields(Counts)))
        .first()
    )
    return Counts(*row) if row else Counts()


def records_to_finish(user: User) -> QuerySet[SupervisionSession]:
    """Sessions that `user` led and that are over, not recorded to the end."""
    return SupervisionSession.objects.filter(
        programme__in=programmes_of(user),
        state__in=(SupervisionSession.State.PLANNED, SupervisionSession.State.HELD),
        starts_at__lte=timezone.now(),
        pk__in=Attendance.objects.filter(person=user, seat__in=LEADING).values("session_id"),
    )


def programmes_of(user: User) -> QuerySet[Membership, int]:
    """The ids of the programmes in which `user` has a role now: elsewhere nothing is met or recorded any more."""
    held = Membership.objects.active(timezone.localdate()).filter(person=user)
    return held.values_list("role__programme_id", flat=True)


def undelivered(hats: Sequence[Hat]) -> QuerySet[Notice] | None:
    """Mail to people of the coordinated branches that could not be delivered; None where nothing is coordinated."""
    own = [hat for hat in hats if hat.role.kind == Kind.COORDINATOR]
    if not own:
        return None
    condition = Q(pk__in=[])
    for hat in own:
        people = Membership.objects.open().filter(under(hat.paths), role__programme=hat.programme)
        condition |= Q(programme_id=hat.programme.pk, recipient__in=people.values("person_id"))
    return Notice.objects.filter(condition, state=Notice.State.FAILED)
