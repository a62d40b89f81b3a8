"""Loading placements and people for the one who is signed in."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signed_in import user
from coaches import policies
from coaches.models import Placement
from common.errors import NotAllowed
from programmes.models import Programme, ProgrammeRole
from programmes.policies import Hat, people_in_branch
from programmes.relations import About, relations
from programmes.rights import Relation
from programmes.views.access import coordinator_hat, hats


def placement_to_change(request: HttpRequest, pk: int) -> Placement:
    """A placement that the coordinator may end or move; 403 for its own two people, 404 for strangers."""
    related = Placement.objects.select_related("coach", "supervisee", "rule", "programme__network")
    placement = get_object_or_404(related, pk=pk)
    me = user(request)
    if policies.may_end(me, placement):
        return placement
    seen = relations(me, About(placement.supervisee, placement.programme)) - {Relation.OBSERVER}
    if seen or me.pk in (placement.coach_id, placement.supervisee_id):
        raise NotAllowed(_("Only the coordinator changes placements. Write to them if something should change."))
    raise Http404


def number(request: HttpRequest, name: str) -> int:
    """A number that a form of ours sends along; 404 when it is none."""
    text = request.POST.get(name, "")
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return int(text)


def supervisee_in_branch(hat: Hat, text: str) -> User:
    """The person named in the query string, if the hat's branch has them; else 404."""
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return get_object_or_404(people_in_branch(hat.paths, hat.programme), pk=int(text))


def hat_with(request: HttpRequest, text: str) -> Hat:
    """The coordinator's hat named in the address; where none is, the first whose branch has the person of `text`."""
    worn = coordinator_hat(request)
    if "hat" in request.GET or "hat" in request.POST or not (text.isdecimal() and len(text) <= 18):
        return worn
    held = [one for one in hats(request) if one.role.kind == ProgrammeRole.Kind.COORDINATOR]
    with_person = (one for one in held if people_in_branch(one.paths, one.programme).filter(pk=int(text)).exists())
    return next(with_person, worn)


def coach_to_change(request: HttpRequest, pk: int) -> User:
    """Oneself or somebody one coordinates; 403 for a coach one knows, 404 for strangers."""
    coach, me = get_object_or_404(User.objects.known(), pk=pk), user(request)
    if me.pk == coach.pk or policies.coordinates(me, coach):
        return coach
    programmes = Programme.objects.filter(roles__memberships__person=coach).distinct()
    known = any(relations(me, About(coach, one)) - {Relation.OBSERVER} for one in programmes)
    if known or policies.is_coached_by(me, coach):
        raise NotAllowed(_("Only the coach and the coordinator can change this."))
    raise Http404


def hat_for(request: HttpRequest, programme: Programme) -> Hat:
    """The coordinator's hat in this programme, whichever is named in the address."""
    hat = coordinator_hat(request)
    if hat.programme == programme:
        return hat
    kinds = (one for one in hats(request) if one.programme == programme)
    return next((one for one in kinds if one.role.kind == ProgrammeRole.Kind.COORDINATOR), hat)
