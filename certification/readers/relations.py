"""Who is to whom on the ladder: the relation that a step waiting for somebody's role gives them to the candidate."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from certification.models import Candidacy, Step
from certification.readers.climbs import climbs, waits_for, with_all
from programmes.models import Membership
from programmes.relations import About, Reads, Rows
from programmes.rights import Relation


def waiting_step_reads(viewer: User, about: About) -> Reads:
    """The open candidacies of the person on tracks with a step for one of the viewer's roles."""
    candidacies = Candidacy.objects.filter(
        person=about.person, track__programme=about.programme, state=Candidacy.State.OPEN
    )
    if about.candidacy_id is not None:
        candidacies = candidacies.filter(pk=about.candidacy_id)
    return {"candidacies": with_all(candidacies.filter(may_wait_for(viewer)))}


def waiting_step_relations(viewer: User, about: About, rows: Rows) -> set[Relation]:
    """DECIDES_STEP, while a step waits for the viewer's role and the viewer may decide it.

    One query more where there are such candidacies.
    """
    if any(waits_for(climb, viewer) for climb in climbs(rows["candidacies"], viewer).values()):
        return {Relation.DECIDES_STEP}
    return set()


def checklists_named_by_steps(viewer: User, about: About, rows: Rows) -> frozenset[str] | None:
    """The keys of the checklists that steps of this candidate name which wait for the viewer's decision; None where
    none waits. From the rows of `waiting_step_reads`; one query where there are any."""
    waiting = [
        climb.steps[rung.step.id]
        for climb in climbs(rows["candidacies"], viewer).values()
        for rung in waits_for(climb, viewer)
    ]
    return frozenset(step.checklist.key for step in waiting if step.checklist) if waiting else None


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
