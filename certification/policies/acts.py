"""Who may begin, see, close and withdraw on the ladder, and who may hold a training."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Certificate, TrainingEvent
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.policies import belongs, branch_paths, holds, is_coordinator_of, people_in_branch, under
from programmes.relations import About, relations
from programmes.rights import Relation, Sight, Thing, sights

Kind = ProgrammeRole.Kind


WAITING_STEPS = "waiting steps"
"""The name under which `readers.relations` is registered."""


def relations_of(viewer: User, candidacy: Candidacy, *, waits: bool | None = None) -> frozenset[Relation]:
    """What the viewer is to the candidate; for an organisation, a coordinator's or a decider's relation.

    `waits` says whether a step waits for the viewer, where the caller knows: it is dear to find out.
    """
    if candidacy.person_id == viewer.pk:
        return frozenset({Relation.SELF})
    if candidacy.person is not None:
        about = About(candidacy.person, candidacy.track.programme, candidacy_id=candidacy.pk)
        if waits is None:
            return relations(viewer, about)
        found = relations(viewer, about, leaving_out={WAITING_STEPS})
        return found | {Relation.DECIDES_STEP} if waits else found
    return frozenset({Relation.COORDINATOR}) if _sees_organisation(viewer, candidacy) else frozenset()


def sight_of(viewer: User, candidacy: Candidacy, found: frozenset[Relation] | None = None) -> frozenset[Sight]:
    """How much of the ladder the viewer sees; empty for nothing at all. `found` spares asking for the relations.

    Who has acted on it and is nothing else to the candidate keeps their own acts (GIVEN), not the ladder (ADR 11).
    """
    if found is None:
        found = relations_of(viewer, candidacy)
    seen = sights(Thing.LADDER, found) - {Sight.COUNTS}
    return seen or (frozenset({Sight.GIVEN}) if _has_acted(viewer, candidacy) else frozenset())


def _sees_organisation(viewer: User, candidacy: Candidacy) -> bool:
    """For an organisation on the way up: coordinators and observers of its branch, and mentors of the programme."""
    programme, organisation = candidacy.track.programme, candidacy.organisation
    if organisation is None:
        return False
    paths = [path for kind in (Kind.COORDINATOR, Kind.OBSERVER) for path in branch_paths(viewer, programme, kind)]
    return any(organisation.path.startswith(path) for path in paths) or holds(viewer, programme, Kind.MENTOR)


def _has_acted(viewer: User, candidacy: Candidacy) -> bool:
    """Whether the viewer began or closed it or decided a step, and still has a role in the programme."""
    if viewer.pk == candidacy.person_id:
        return False
    acted = viewer.pk in (candidacy.started_by_id, candidacy.closed_by_id)
    if not acted and not candidacy.records.filter(decided_by=viewer).exists():
        return False
    return belongs(viewer, candidacy.track.programme)


def may_see(viewer: User, candidacy: Candidacy) -> bool:
    """Whether the whole ladder is open to the viewer."""
    return Sight.FULL in sight_of(viewer, candidacy)


def starting_programmes(user: User) -> QuerySet[Programme]:
    """The programmes in which the person may begin candidacies: as coordinator or mentor, not in training."""
    held = Membership.objects.active(timezone.localdate()).filter(
        person=user, in_training=False, role__in_training=False, role__kind__in=(Kind.COORDINATOR, Kind.MENTOR)
    )
    return Programme.objects.filter(pk__in=held.values("role__programme_id")).select_related("network").order_by("id")


def reach(user: User, programme: Programme) -> list[str]:
    """The branches in which the person may begin candidacies and hold trainings: a mentor's is the whole network."""
    today = Membership.objects.active(timezone.localdate()).filter(
        person=user, in_training=False, role__programme=programme, role__in_training=False
    )
    kinds = today.filter(role__kind__in=(Kind.MENTOR, Kind.COORDINATOR))
    held = list(kinds.values_list("role__kind", "organisation__path"))
    if any(kind == Kind.MENTOR for kind, _path in held):
        return [programme.network.path]
    return sorted({path for _kind, path in held})


def people_in_reach(user: User, programme: Programme) -> QuerySet[User]:
    """Whom the person may begin a candidacy for, or put on the list of a training."""
    return people_in_branch(reach(user, programme), programme)


def organisations_in_reach(user: User, programme: Programme) -> QuerySet[Organisation]:
    """Which organisations the person may begin a candidacy for, or hold a training at."""
    return Organisation.objects.filter(under(reach(user, programme), "path")).order_by("path")


def may_manage(user: User, candidacy: Candidacy) -> bool:
    """Begin and close: a coordinator of the branch or a mentor of the programme, never about oneself."""
    programme = candidacy.track.programme
    if candidacy.person_id == user.pk:
        return False
    if candidacy.person is not None:
        return people_in_reach(user, programme).filter(pk=candidacy.person.pk).exists()
    organisation = candidacy.organisation
    return organisation is not None and organisations_in_reach(user, programme).filter(pk=organisation.pk).exists()


def may_hand_in(user: User, candidacy: Candidacy) -> bool:
    """Say where a paper is: the candidate, or who may manage an organisation's candidacy."""
    if candidacy.organisation is not None:
        return may_manage(user, candidacy)
    return candidacy.person_id == user.pk


def may_withdraw(user: User, certificate: Certificate) -> bool:
    """Withdraw a certificate: who decided it while they hold a role, and the coordinator of the branch."""
    if certificate.person_id == user.pk:
        return False
    programme = certificate.programme
    if certificate.issued_by_id == user.pk and holds(user, programme, Kind.MENTOR, Kind.COORDINATOR, Kind.OBSERVER):
        return True
    if certificate.person is not None:
        return is_coordinator_of(user, certificate.person, programme)
    paths = branch_paths(user, programme)
    return certificate.organisation is not None and any(certificate.organisation.path.startswith(p) for p in paths)


def may_see_certificate(user: User, certificate: Certificate) -> bool:
    """The holder, who may withdraw it, and who sees the ladder that led to it."""
    if certificate.person_id == user.pk or may_withdraw(user, certificate):
        return True
    return certificate.candidacy is not None and may_see(user, certificate.candidacy)


def may_hold(user: User, event: TrainingEvent) -> bool:
    """Note who took part: the leader, and coordinators and mentors in whose reach the training lies."""
    if event.leader_id == user.pk:
        return bool(reach(user, event.programme)) or holds(user, event.programme, *Kind)
    return any(event.organisation.path.startswith(path) for path in reach(user, event.programme))
