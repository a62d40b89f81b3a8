"""Finding the guest whom somebody means: within the programme, and one person only."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import DomainError
from common.text import fold_for_search, normalise_email
from programmes.models import Membership, Programme


def find_guest(*, programme: Programme, words: str) -> User | None:
    """The person of the programme with this address or full name; None for no words.

    Raises `DomainError` on the field `guest` when nobody or more than one is meant.
    """
    if not words:
        return None
    members = Membership.objects.active(timezone.localdate()).filter(role__programme=programme)
    people = User.objects.known().filter(pk__in=members.values("person_id"))
    if "@" in words:
        found = list(people.filter(email=normalise_email(words))[:2])
    else:
        found = list(people.filter(search_name=fold_for_search(words))[:2])
    if not found:
        raise DomainError(
            _("Nobody in this programme has that address or full name. Look at the spelling, or ask the coordinator."),
            field="guest",
            code="no_guest",
        )
    if len(found) > 1:
        raise DomainError(
            _("More than one person has that name. Write the e-mail address."), field="guest", code="many_guests"
        )
    return found[0]
