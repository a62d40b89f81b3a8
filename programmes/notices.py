"""What people are told about joining: an invitation, a request from another network; and what the clock does here."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation
from notices import clock, kinds
from notices.letter import Letter, Link
from notices.models import Notice
from programmes.actions.invitations import NOTICE_KIND, is_alive, link_token, note_bounced
from programmes.actions.memberships import end_memberships_due
from programmes.actions.people import REQUEST_KIND
from programmes.letters import first_invitation_words, invitation_words, request_words
from programmes.models import MembershipRequest, Organisation, Programme


def _invitation(notice: Notice) -> Invitation | None:
    key = notice.subject.partition(":")[2]
    return Invitation.objects.select_related("person", "invited_by").filter(pk=key).first()


def invitation_letter(notice: Notice) -> Letter:
    """With the link made now: no row and no queue ever holds it."""
    invitation = _invitation(notice)
    assert invitation is not None  # asked for just before, and invitations are never deleted
    link = reverse("programmes:accept_invitation", args=[link_token(invitation)])
    if "network" in notice.arguments:
        network = Organisation.objects.get(pk=notice.arguments["network"])
        return first_invitation_words(invitation, network, link)
    programme = Programme.objects.select_related("network").get(pk=notice.arguments["programme"])
    return invitation_words(invitation, programme, link)


def invitation_wanted(notice: Notice) -> bool | str:
    """Unless it was used, replaced or has run out meanwhile."""
    invitation = _invitation(notice)
    return (invitation is not None and is_alive(invitation)) or "answered"


def _request(notice: Notice) -> MembershipRequest | None:
    key = notice.subject.partition(":")[2]
    related = MembershipRequest.objects.select_related("role__programme", "organisation", "requested_by")
    return related.filter(pk=key).first()


def request_letter(notice: Notice) -> Letter:
    """That another network asks, and where to answer."""
    request = _request(notice)
    assert request is not None  # requests are never deleted
    return request_words(request, Link(str(_("Answer")), reverse("programmes:request", args=[request.pk])))


def request_wanted(notice: Notice) -> bool | str:
    """Unless it was answered meanwhile."""
    request = _request(notice)
    return (request is not None and request.state == MembershipRequest.State.WAITING) or "answered"


def end_due(now: datetime) -> int:
    """Roles whose planned end has come, by the calendar of the installation."""
    return end_memberships_due(day=timezone.localdate(now))


kinds.register(
    kinds.Kind(
        key=NOTICE_KIND, label=_("Invitation to sign in"), letter=invitation_letter, still_wanted=invitation_wanted
    )
)
kinds.register(
    kinds.Kind(
        key=REQUEST_KIND,
        label=_("Request from another network"),
        letter=request_letter,
        still_wanted=request_wanted,
    )
)
clock.register("programmes.memberships_end", end_due)
clock.register("programmes.invitations_bounced", note_bounced)
