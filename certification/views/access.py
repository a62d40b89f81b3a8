"""Loading for this person: outside one's world 404, seen but not one's own to change 403."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signed_in import user
from certification.models import Candidacy, Certificate, TrainingEvent
from certification.policies import acts
from certification.readers.climbs import Climb, climb_of, waits_for, with_all
from common.errors import NotAllowed
from programmes.models import Programme, ProgrammeRole
from programmes.policies import Hat
from programmes.rights import Relation, Sight
from programmes.views.access import hats as worn


@dataclass(frozen=True)
class Seen:
    """A candidacy, what the viewer is to it, and how much of it is open: all, the next step, or what they did."""

    climb: Climb
    relations: frozenset[Relation]
    whole: bool
    own_acts: bool = False

    @property
    def candidacy(self) -> Candidacy:
        """Whose it is."""
        return self.climb.candidacy


def candidacy_in_sight(viewer: User, pk: int) -> Seen:
    """A candidacy of which the viewer sees something; 404 for all others."""
    candidacy = get_object_or_404(with_all(Candidacy.objects.all()), pk=pk)
    climb = climb_of(candidacy)
    waits = candidacy.state == Candidacy.State.OPEN and bool(waits_for(climb, viewer))
    relations = acts.relations_of(viewer, candidacy, waits=waits)
    sights = acts.sight_of(viewer, candidacy, relations)
    if not sights:
        raise Http404
    return Seen(climb, relations, Sight.FULL in sights, Sight.GIVEN in sights)


def whole_candidacy(viewer: User, pk: int) -> Climb:
    """A candidacy whose whole ladder the viewer sees; 403 for who sees their own acts there, 404 for all others."""
    seen = candidacy_in_sight(viewer, pk)
    if seen.own_acts:
        raise NotAllowed(_("No step waits for you now, so you see your own decisions and not the rest."))
    if not seen.whole:
        raise Http404
    return seen.climb


def certificate_in_sight(viewer: User, pk: int) -> Certificate:
    """A certificate that the viewer may see, without its bytes; 404 for all others."""
    found = Certificate.objects.defer("pdf").select_related(
        "programme__network",
        "person",
        "organisation",
        "issued_by",
        "replaced_by",
        "candidacy__track__programme__network",
        "candidacy__track_version",
        "candidacy__person",
        "candidacy__organisation",
    )
    certificate = get_object_or_404(found, pk=pk)
    if not acts.may_see_certificate(viewer, certificate):
        raise Http404
    return certificate


def training_in_sight(viewer: User, pk: int) -> TrainingEvent:
    """A training whose list the viewer keeps; 404 for all others."""
    event = get_object_or_404(
        TrainingEvent.objects.select_related("programme__network", "leader", "organisation"), pk=pk
    )
    if not acts.may_hold(viewer, event):
        raise Http404
    return event


def starting_programme(request: HttpRequest, pk: int) -> Programme:
    """A programme in which the viewer may begin candidacies; 403 in one of theirs where they may not, else 404."""
    programme = acts.starting_programmes(user(request)).filter(pk=pk).first()
    if programme is not None:
        return programme
    if any(hat.programme.pk == pk for hat in worn(request)):
        raise NotAllowed(_("A coordinator or a mentor does this."))
    raise Http404


def hat_of(request: HttpRequest, *kinds: ProgrammeRole.Kind) -> Hat:
    """The hat of one of these kinds named in `hat`, else the first. Raises `NotAllowed` for people with none."""
    hats = [hat for hat in worn(request) if hat.role.kind in kinds and not hat.in_training]
    if not hats:
        raise NotAllowed(_("You cannot open this page. Ask the coordinator if you think you should have access."))
    named = request.GET.get("hat")
    return next((hat for hat in hats if hat.key == named), hats[0])
