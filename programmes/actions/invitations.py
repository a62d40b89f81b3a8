"""Invitations to sign in: send, send again, see that they came back, accept."""

from __future__ import annotations

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.people import change_contact
from accounts.models import Invitation, User
from common.errors import Conflict, DomainError, NotAllowed
from notices.actions.write import write_notice
from notices.models import Notice
from programmes import policies
from programmes.models import Organisation, Programme

LASTS = dt.timedelta(days=14)
ONE_PRESS = dt.timedelta(seconds=10)
"""Within so long a second press of the button means the first."""
NOTICE_KIND = "invitation"
_SALT = "programmes.invitation"


def invite(*, by: User, person: User, programme: Programme) -> Invitation:
    """Send somebody a link by which they set a password. Sending again replaces the link sent before.

    Raises `NotAllowed` outside one's branch; `DomainError` for somebody without an address, or who signs in already.
    """
    if not by.is_system and not policies.is_coordinator_of(by, person, programme):
        raise NotAllowed(_("You can invite people only in your own part of the network."), code="branch")
    if not person.email:
        raise DomainError(
            _("%(person)s has no e-mail address, so no invitation can be sent. Add the address first.")
            % {"person": person.name},
            field="email",
            code="no_address",
        )
    if policies.signs_in(person):
        raise DomainError(
            _("%(person)s has chosen a password already and can sign in.") % {"person": person.name}, code="signs_in"
        )
    just_now = Invitation.objects.filter(
        person=person, invited_by=by, state=Invitation.State.SENT, invited_at__gt=timezone.now() - ONE_PRESS
    )
    if there := just_now.first():  # the same form sent twice
        return there
    try:
        with transaction.atomic():
            return _replace(by=by, person=person, network=programme.network, programme=programme)
    except IntegrityError as error:  # two people press the button at once
        raise Conflict(
            _("An invitation was sent to %(person)s a moment ago.") % {"person": person.name}, code="sent_just_now"
        ) from error


def invite_first_coordinator(*, by: User, network: Organisation) -> Invitation | None:
    """Send the person who starts a network their link, before there is any programme; the operator's act.

    None when they can sign in already.
    """
    person = network.first_coordinator
    if person is None or policies.signs_in(person):
        return None
    with transaction.atomic():
        return _replace(by=by, person=person, network=network)


def link_token(invitation: Invitation) -> str:
    """What the link carries: the code, signed, so that a copy of the database alone opens nothing."""
    return signing.Signer(salt=_SALT).sign(invitation.code)


def invitation_of(token: str) -> Invitation | None:
    """The invitation of a link, whatever its state; None for a link that is not ours."""
    try:
        code = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return Invitation.objects.select_related("person", "invited_by").filter(code=code).first()


def is_alive(invitation: Invitation) -> bool:
    """Whether the link still works: not used, not replaced, not run out, and no password chosen in another way."""
    return (
        invitation.state in Invitation.LIVE
        and invitation.until > timezone.now()
        and invitation.person.is_active
        and invitation.person.erased_at is None
        and not policies.signs_in(invitation.person)
    )


def note_opened(*, invitation: Invitation) -> None:
    """Note that somebody tried the link. Written when the form is sent, not when the page is looked at: mail programs
    look at links too."""
    Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.SENT).update(
        state=Invitation.State.OPENED, opened_at=timezone.now()
    )


def accept_invitation(*, invitation: Invitation, password: str, name: str = "") -> User:
    """Keep the password that the person chose, and the name where one is given; the link works no more.

    Raises `DomainError` when the link was used, replaced or has run out meanwhile, and `ValidationError` of the
    password rules.
    """
    with transaction.atomic():
        current = Invitation.objects.select_for_update(of=("self",)).select_related("person").get(pk=invitation.pk)
        if not is_alive(current):
            raise DomainError(_("This link does not work any more."), code="not_alive")
        person = current.person
        validate_password(password, person)
        now = timezone.now()
        current.state, current.accepted_at, current.opened_at = (
            Invitation.State.ACCEPTED,
            now,
            current.opened_at or now,
        )
        current.save(update_fields=["state", "accepted_at", "opened_at"])
        if name:
            change_contact(by=person, person=person, name=name, email=person.email or "", phone=person.phone)
        person.set_password(password)
        person.save(update_fields=["password"])
        audit.record(by=person, verb="invitation.accepted", subject=f"invitation:{current.pk}", people=[person])
    return person


def note_bounced(now: dt.datetime) -> int:
    """Mark invitations whose mail could not be delivered; the clock's act. Returns how many."""
    failed = Notice.objects.filter(
        kind=NOTICE_KIND, state=Notice.State.FAILED, created_at__gt=now - 2 * LASTS
    ).values_list("subject", flat=True)
    ids = [int(subject.partition(":")[2]) for subject in failed]
    if not ids:
        return 0
    live = Invitation.objects.filter(pk__in=ids, state__in=Invitation.LIVE)
    return live.update(state=Invitation.State.BOUNCED, bounced_at=now)


def _replace(*, by: User, person: User, network: Organisation, programme: Programme | None = None) -> Invitation:
    """A new link in place of the one before; the mail speaks of the programme, or of the network without one."""
    Invitation.objects.filter(person=person, state__in=Invitation.LIVE).update(state=Invitation.State.REPLACED)
    now = timezone.now()
    invitation = Invitation.objects.create(
        person=person, code=secrets.token_urlsafe(24), until=now + LASTS, invited_at=now, invited_by=by
    )
    write_notice(
        kind=NOTICE_KIND,
        subject=f"invitation:{invitation.pk}",
        recipient=person,
        programme_id=programme.pk if programme else None,
        arguments={"programme": programme.pk} if programme else {"network": network.pk},
    )
    path = (
        person.memberships.filter(role__programme=programme, ended_on__isnull=True)
        .order_by("pk")
        .values_list("organisation__path", flat=True)
        .first()
    )
    audit.record(
        by=by,
        verb="invitation.sent",
        subject=f"invitation:{invitation.pk}",
        programme_id=programme.pk if programme else None,
        organisation_path=path or network.path,
        people=[person],
    )
    return invitation
