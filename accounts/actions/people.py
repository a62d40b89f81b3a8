"""Making and changing people. Every name and address enters here, so that it is clean and found the same way."""

from __future__ import annotations

import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import audit
from accounts.models import User
from common.errors import DomainError
from common.text import clean_line, fold_for_search, fold_for_sort, normalise_email

EMAIL_LENGTH = 254
PHONE_LENGTH = 40


def clean_email(text: str, *, field: str = "email") -> str | None:
    """The address as it is kept, or None for none. Raises `DomainError` for what is no address."""
    address = normalise_email(text)
    if not address:
        return None
    try:
        EmailValidator()(address)
    except ValidationError:
        address = ""
    if not address or len(address) > EMAIL_LENGTH or not address.isascii():
        raise DomainError(
            _("This is not an e-mail address. Write it like this: name@example.org"), field=field, code="email"
        )
    return address


def clean_name(text: str, *, field: str = "name") -> str:
    """A name on one line. Raises `DomainError` when it is empty, too long or holds hidden characters."""
    name = clean_line(text, field=field)
    if not name or not fold_for_search(name):
        raise DomainError(_("Write the name, first name first."), field=field, code="name")
    return name


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be stored, as they were written."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "nb"


def create_person(*, by: User, name: str, email: str = "", phone: str = "", language: str = "nb") -> User:
    """Store somebody who may never sign in; they get a password by their invitation.

    Raises `DomainError` for a name or address that cannot be kept, and when the address is taken.
    """
    return create_people(by=by, people=[NewPerson(name, email, phone, language)])[0]


def create_people(*, by: User, people: Sequence[NewPerson]) -> list[User]:
    """Store several at once, all or none. Raises as `create_person`, for the first who cannot be kept."""
    built = [
        User.objects.build_user(
            clean_email(one.email),
            name=clean_name(one.name),
            phone=clean_line(one.phone, max_length=PHONE_LENGTH, field="phone"),
            language=one.language,
        )
        for one in people
    ]
    try:
        with transaction.atomic():
            stored = User.objects.bulk_create(built, batch_size=audit.AT_ONCE)
            entries = [audit.Entry("person.added", f"person:{person.pk}", people=[person]) for person in stored]
            audit.record_all(by=by, entries=entries)
    except IntegrityError as error:
        raise _address_taken() from error
    return stored


def change_contact(*, by: User, person: User, name: str, email: str, phone: str) -> User:
    """Correct name, address and phone. The trail says which of them changed, never what they were.

    Raises `DomainError` when the address belongs to somebody else.
    """
    new: dict[str, Any] = {
        "name": clean_name(name),
        "email": clean_email(email),
        "phone": clean_line(phone, max_length=PHONE_LENGTH, field="phone"),
    }
    changed = sorted(field for field, value in new.items() if getattr(person, field) != value)
    if not changed:
        return person
    for field, value in new.items():
        setattr(person, field, value)
    person.sort_name, person.search_name = fold_for_sort(person.name), fold_for_search(person.name)
    try:
        with transaction.atomic():
            person.save(update_fields=[*new, "sort_name", "search_name"])
            audit.record(
                by=by, verb="person.changed", subject=f"person:{person.pk}", people=[person], facts={"fields": changed}
            )
    except IntegrityError as error:
        raise _address_taken() from error
    return person


def change_settings(*, by: User, language: str, time_zone: str, supervises_in: list[str]) -> User:
    """Keep how somebody wants to be spoken to. Raises `DomainError` for a language or zone that does not exist."""
    if language not in User.Language.values:
        raise DomainError(_("Choose one of the languages offered."), field="language")
    if time_zone not in zoneinfo.available_timezones():
        raise DomainError(_("Choose one of the time zones offered."), field="time_zone")
    by.language, by.time_zone, by.supervises_in = language, time_zone, supervises_in
    with transaction.atomic():
        by.save(update_fields=["language", "time_zone", "supervises_in"])
        audit.record(by=by, verb="person.settings", subject=f"person:{by.pk}", people=[by])
    return by


def _address_taken() -> DomainError:
    return DomainError(
        _("Somebody else already has this e-mail address. Check it, or leave it empty for now."),
        field="email",
        code="email_taken",
    )


def forget_unused(*, by: User, person: User) -> None:
    """Empty somebody who came in by mistake and was never here: name, address and phone go, the row stays."""
    with transaction.atomic():
        person.name, person.sort_name, person.search_name = "–", "", ""
        person.email, person.phone, person.is_active = None, "", False
        person.erased_at, person.erased_by = timezone.now(), by
        person.save(
            update_fields=[
                "name",
                "sort_name",
                "search_name",
                "email",
                "phone",
                "is_active",
                "erased_at",
                "erased_by",
            ]
        )
        audit.record(by=by, verb="person.taken_back", subject=f"person:{person.pk}", people=[person])
