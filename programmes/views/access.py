"""Loading for this person: outside one's world 404, seen but not one's own to change 403."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.signed_in import user
from common.errors import NotAllowed
from programmes import policies
from programmes.models import Membership, Organisation, Programme, ProgrammeRole
from programmes.policies import Hat

COORDINATOR = ProgrammeRole.Kind.COORDINATOR


def hats(request: HttpRequest) -> list[Hat]:
    """The hats of the one who is signed in, read once a request: the frame asks too."""
    known = vars(request)
    if "_hats" not in known:
        known["_hats"] = policies.hats_of(user(request))
    return cast(list[Hat], known["_hats"])


def coordinator_hat(request: HttpRequest) -> Hat:
    """The coordinator's hat that the page is worn under: the one named in `hat`, else the first.

    Raises `NotAllowed` for people who coordinate nothing.
    """
    held = [hat for hat in hats(request) if hat.role.kind == COORDINATOR]
    if not held:
        raise NotAllowed(_("This page is for coordinators. Ask the coordinator if you think you should have access."))
    named = request.GET.get("hat") or request.POST.get("hat")
    return next((hat for hat in held if hat.key == named), held[0])


def person_in_own_branch(viewer: object, programme_pk: int, person_pk: int) -> tuple[Programme, User]:
    """A programme and a person whom the viewer coordinates there; 404 for everybody else's."""
    programme = get_object_or_404(Programme.objects.select_related("network"), pk=programme_pk)
    person = get_object_or_404(User.objects.known(), pk=person_pk)
    if not policies.is_coordinator_of(cast(User, viewer), person, programme):
        raise Http404
    return programme, person


def membership_in_own_branch(viewer: object, pk: int) -> Membership:
    """A membership, open or ended, that the viewer may correct; 404 outside the branch, 403 where it is too high."""
    found = Membership.objects.select_related("person", "organisation", "role__programme__network", "reports_to")
    membership = get_object_or_404(found, pk=pk)
    person = cast(User, viewer)
    paths = policies.branch_paths(person, membership.role.programme)
    if not any(membership.organisation.path.startswith(path) for path in paths):
        raise Http404
    if not policies.may_give_role(person, membership.role, membership.organisation):
        raise NotAllowed(_("A coordinator's own role is changed by the coordinator above."))
    return membership


def organisation_in_sight(viewer: object, pk: int) -> Organisation:
    """An organisation that the viewer may change; 403 elsewhere in a network of theirs, 404 outside."""
    organisation = get_object_or_404(Organisation, pk=pk)
    person = cast(User, viewer)
    if policies.may_change_organisation(person, organisation):
        return organisation
    hats = policies.hats_of(person)
    if any(hat.programme.network.path == organisation.network_path for hat in hats):
        raise NotAllowed(_("You can change organisations only in your own part of the network."))
    raise Http404
