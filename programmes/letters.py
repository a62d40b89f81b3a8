"""The words of what people are told about joining a programme."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import Invitation
from common.dates import date_words
from common.texts import for_reader
from notices.letter import Letter, Link
from programmes.models import MembershipRequest, Organisation, Programme


def invitation_words(invitation: Invitation, programme: Programme, path: str) -> Letter:
    """That somebody invites to sign in, until when, and the link."""
    name = for_reader(programme.names, programme.language)
    return Letter(
        title=_("You are invited to %(programme)s") % {"programme": name},
        preheader=_("Choose a password, and you are in."),
        paragraphs=(
            _("%(inviter)s invites you to the supervision in %(programme)s.")
            % {"inviter": invitation.invited_by.name, "programme": name},
            _("Open the link and choose a password. It works until %(day)s.")
            % {"day": date_words(invitation.until, zone=invitation.person.time_zone)},
        ),
        action=Link(_("Choose a password"), path),
        why=_("Do you not know what this is about? Then do nothing: without the link nobody can sign in as you."),
        place_line=f"{for_reader(programme.short_names, programme.language)} · {programme.network.name}",
    )


def first_invitation_words(invitation: Invitation, network: Organisation, path: str) -> Letter:
    """That a network is there and waits for its first coordinator, until when, and the link."""
    return Letter(
        title=_("You are invited to %(network)s") % {"network": network.name},
        preheader=_("Choose a password, and you are in."),
        paragraphs=(
            _("%(network)s is ready, and you are its first coordinator.") % {"network": network.name},
            _("Open the link and choose a password. It works until %(day)s.")
            % {"day": date_words(invitation.until, zone=invitation.person.time_zone)},
        ),
        action=Link(_("Choose a password"), path),
        why=_("Do you not know what this is about? Then do nothing: without the link nobody can sign in as you."),
        place_line=network.name,
    )


def request_words(request: MembershipRequest, answer: Link) -> Letter:
    """That another network asks the person to join it."""
    programme = request.role.programme
    words = {
        "asker": request.requested_by.name,
        "role": for_reader(request.role.names, programme.language),
        "organisation": request.organisation.name,
        "programme": for_reader(programme.names, programme.language),
    }
    return Letter(
        title=_("%(organisation)s asks you to join") % words,
        paragraphs=(
            _("%(asker)s asks you to be %(role)s in %(programme)s at %(organisation)s.") % words,
            _("They see nothing of what you do elsewhere. You decide: say yes or no on the page."),
        ),
        action=answer,
        why=_("You get this because somebody wrote your e-mail address when adding a person."),
        place_line=f"{for_reader(programme.short_names, programme.language)} · {request.organisation.name}",
    )
