"""What is offered where a certificate was issued: the role that goes with it and, near its end, a renewal."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from certification.keeping import ends_soon
from certification.models import Candidacy, Certificate
from certification.policies.acts import may_manage
from common.texts import for_reader
from programmes.models import Membership
from programmes.policies import is_coordinator_of


@dataclass(frozen=True)
class RoleOffer:
    """The role that the title fits; `held`: the holder has it already, `learning`: in training for it."""

    role: str
    held: bool
    learning: bool
    url: str


def role_offer(certificate: Certificate, viewer: User) -> RoleOffer | None:
    """What the coordinator of the holder can give; None for everybody else, for a certificate that no longer holds,
    and for a title that is no role (a status, a badge, an organisation's)."""
    person, candidacy, programme = certificate.person, certificate.candidacy, certificate.programme
    if person is None or candidacy is None or certificate.withdrawn_at or person.pk == viewer.pk:
        return None
    role = programme.roles.filter(key=candidacy.track_version.awards).first()
    if role is None or not is_coordinator_of(viewer, person, programme):
        return None
    held = list(Membership.objects.open().filter(person=person, role=role).values_list("in_training", flat=True))
    return RoleOffer(
        role=for_reader(role.names, programme.language),
        held=bool(held),
        learning=bool(held) and all(held),
        url=f"{reverse('programmes:give_role', args=[programme.pk, person.pk])}?role={role.key}",
    )


def renew_url(certificate: Certificate, viewer: User) -> str:
    """Where the ladder is begun anew, for who may begin it, once the end is near; empty for everybody else."""
    candidacy = certificate.candidacy
    if candidacy is None or certificate.withdrawn_at or not ends_soon(certificate.valid_until, timezone.localdate()):
        return ""
    if not may_manage(viewer, candidacy) or _on_the_way(candidacy):
        return ""
    programme_pk = certificate.programme_id
    if candidacy.person_id is None:
        return reverse("certification:start_organisation", args=[programme_pk])
    return reverse("certification:start_person", args=[programme_pk, candidacy.person_id])


def _on_the_way(candidacy: Candidacy) -> bool:
    again = Candidacy.objects.filter(
        person=candidacy.person, organisation=candidacy.organisation, track=candidacy.track, state=Candidacy.State.OPEN
    )
    return again.exists()
