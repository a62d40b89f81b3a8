"""The hat under which a list, a search or a file is read: named in the address, one at a time."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from common.errors import NotAllowed
from overview.context import frame_of
from programmes.models import ProgrammeRole
from programmes.models.programme import ProgrammeRoleKind
from programmes.policies import Hat

Kind = ProgrammeRole.Kind


def worn_hat(request: HttpRequest, *kinds: ProgrammeRoleKind) -> Hat:
    """The hat of one of `kinds` that the address names, else the first of them.

    Raises `Http404` for a hat that the reader does not have, `NotAllowed` for readers with no hat of the kinds.
    """
    fitting = [hat for hat in frame_of(request).all_hats if hat.role.kind in kinds]
    if not fitting:
        raise NotAllowed(_("This page is for coordinators. Ask the coordinator if you think you should have access."))
    named = request.GET.get("hat") or request.POST.get("hat", "")
    if not named:
        return fitting[0]
    found = next((hat for hat in fitting if hat.key == named), None)
    if found is None:
        raise Http404
    return found
