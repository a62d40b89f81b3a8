"""Another address to sign in with: asked for with the password, in force once the link sent there is used."""

from __future__ import annotations

import datetime as dt
import secrets

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.actions.people import change_contact, clean_email
from accounts.models import AddressChange, User
from common.errors import Conflict, DomainError
from notices.actions.write import write_notice

LASTS = dt.timedelta(hours=24)
ASKED, TOLD = "address_confirm", "address_changed"
_SALT = "people:address"


def ask_for_address(*, by: User, email: str) -> AddressChange:
    """Send a link to the new address; until it is used nothing changes. Asking again replaces the link sent before.

    Raises `DomainError` for an address that is none, one's own already, or somebody else's.
    """
    address = clean_email(email)
    if address is None or address == by.email:
        raise DomainError(_("This is your address already. Write the new one."), field="email", code="same")
    if User.objects.filter(email=address).exists():
        raise _taken()
    now = timezone.now()
    try:
        with transaction.atomic():
            waiting = AddressChange.objects.filter(person=by, state=AddressChange.State.WAITING)
            waiting.update(state=AddressChange.State.REPLACED)
            change = AddressChange.objects.create(
                person=by,
                email=address,
                former=by.email or "",
                code=secrets.token_urlsafe(24),
                asked_at=now,
                until=now + LASTS,
            )
            write_notice(kind=ASKED, subject=f"address:{change.pk}", recipient=by)
            audit.record(by=by, verb="person.address_asked", subject=f"person:{by.pk}", people=[by])
    except IntegrityError as error:  # the button pressed twice at once
        raise Conflict(_("A link was sent a moment ago."), code="sent_just_now") from error
    return change


def change_of(token: str) -> AddressChange | None:
    """What a link stands for, whatever its state; None for a link that is not ours, or after a new password."""
    code = token.partition(":")[0]
    change = AddressChange.objects.select_related("person").filter(code=code).first()
    if change is None:
        return None
    try:
        _signer(change.person).unsign(token)
    except signing.BadSignature:
        return None
    return change


def token_of(change: AddressChange) -> str:
    """What the link carries. It dies with the password: who chooses a new one shuts out whoever asked before."""
    return _signer(change.person).sign(change.code)


def is_waiting(change: AddressChange) -> bool:
    """Whether the link still works: not used, not replaced, not run out, and the address not changed meanwhile."""
    return (
        change.state == AddressChange.State.WAITING
        and change.until > timezone.now()
        and change.person.is_active
        and (change.person.email or "") == change.former
    )


def confirm_address(*, change: AddressChange) -> User:
    """The link was used: from now on the person signs in with the new address, and the old one is told.

    Raises `Conflict` when the link was used, replaced or has run out meanwhile, `DomainError` when somebody else has
    got the address.
    """
    with transaction.atomic():
        locked = AddressChange.objects.select_for_update(of=("self",)).select_related("person").get(pk=change.pk)
        if not is_waiting(locked):
            raise Conflict(_("This link does not work any more."), code="not_alive")
        person = locked.person
        change_contact(by=person, person=person, name=person.name, email=locked.email, phone=person.phone)
        locked.state, locked.confirmed_at = AddressChange.State.CONFIRMED, timezone.now()
        locked.save(update_fields=["state", "confirmed_at"])
        if locked.former:
            write_notice(kind=TOLD, subject=f"address:{locked.pk}", recipient=person)
    return person


def _signer(person: User) -> signing.Signer:
    return signing.Signer(salt=f"{_SALT}:{person.pk}:{person.password}")


def _taken() -> DomainError:
    return DomainError(
        _("Somebody else already has this e-mail address. Check it."), field="email", code="email_taken"
    )
