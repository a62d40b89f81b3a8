"""Who is to whom on the ladder: the relation that a step waiting for somebody's role gives them to the candidate."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Step
from certification.readers.climbs import climbs, waits_for, with_all
from checklists.models import Checklist
from programmes.models import Membership, Programme
from programmes.relations import About
from programmes.rights import Relation


def waiting_step_relations(viewer: User, about: About) -> set[Relation]:
    """DECIDES_STEP, while a step of an open candidacy waits for the viewer's role and the viewer may decide it."""
    candidacies = Candidacy.objects.filter(
        person=about.person, track__programme=about.programme, state=Candidacy.State.OPEN
    )
    if about.candidacy_id is not None:
        candidacies = candidacies.filter(pk=about.candidacy_id)
    found = list(with_all(candidacies.filter(may_wait_for(viewer))))
    if any(waits_for(climb, viewer) for climb in climbs(found, viewer).values()):
        return {Relation.DECIDES_STEP}
    return set()


def checklists_named_by_steps(viewer: User, candidate: User, programme: Programme) -> frozenset[str]:
    """The keys of the checklists that steps of this candidate name which wait for the viewer's decision."""
    open_here = Candidacy.objects.filter(person=candidate, track__programme=programme, state=Candidacy.State.OPEN)
    found = list(with_all(open_here.filter(may_wait_for(viewer))))
    ids = [
        pk
        for climb in climbs(found, viewer).values()
        for rung in waits_for(climb, viewer)
        if (pk := climb.steps[rung.step.id].checklist_id)
    ]
    return frozenset(Checklist.objects.filter(pk__in=ids).values_list("key", flat=True))


def may_wait_for(viewer: User) -> Q:
    """Candidacies on tracks with a step that one of the viewer's roles decides or records."""
    held = Membership.objects.active(timezone.localdate()).filter(
        person=viewer, in_training=False, role__in_training=False
    )
    roles = held.values("role_id")
    outside = Step.objects.filter(
        approver_role__isnull=True,
        version__recorded_by__in=held.values("role__key"),
        version__track__programme__in=held.values("role__programme_id"),
    )
    named = Step.objects.filter(approver_role__in=roles)
    versions = Q(track_version__in=named.values("version_id")) | Q(track_version__in=outside.values("version_id"))
    return versions & (Q(person__isnull=True) | ~Q(person=viewer))
