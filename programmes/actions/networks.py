"""A network begins: its root, and the person who starts it."""

import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.actions.audit import record
from accounts.actions.people import clean_email, create_person
from accounts.models import User
from common.errors import DomainError
from common.text import clean_line, fold_for_search, fold_for_sort
from programmes.actions.invitations import invite_first_coordinator
from programmes.models import Organisation


@transaction.atomic
def create_network(*, name: str, coordinator_email: str, by: User) -> Organisation:
    """Make the root organisation and invite its first coordinator, who gets a role when a programme is installed.

    Raises :class:`DomainError` when the name is empty or taken, or the address is none. Somebody whom another network
    knows already keeps the name on file.
    """
    name = clean_line(name, field="name")
    if not name:
        raise DomainError(gettext("Give the network a name."), field="name")
    if Organisation.objects.networks().filter(search_name=fold_for_search(name)).exists():
        raise DomainError(
            gettext("There is already a network with the name %(name)s. Choose another name.") % {"name": name},
            field="name",
            code="name_taken",
        )
    coordinator = _person(coordinator_email, by=by)
    network = Organisation(
        name=name,
        sort_name=fold_for_sort(name),
        search_name=fold_for_search(name),
        path=f"new-{uuid.uuid4()}",  # the path holds the row's own number, which is not known yet
        first_coordinator=coordinator,
        created_at=timezone.now(),
        created_by=by,
    )
    network.save()
    network.path = f"{network.pk:06d}/"
    network.save(update_fields=["path"])
    record(
        by=by,
        verb="network.created",
        subject=f"organisation:{network.pk}",
        organisation_path=network.path,
        people=[coordinator],
    )
    invite_first_coordinator(by=by, network=network)
    return network


def _person(email: str, *, by: User) -> User:
    """Whoever has the address, or a new person with it, who is called by the address until they write their name."""
    address = clean_email(email, field="coordinator")
    if address is None:
        raise DomainError(
            gettext("Give the e-mail address of the first coordinator."), field="coordinator", code="email"
        )
    known = User.objects.known().filter(email=address).first()
    return known or create_person(by=by, name=address, email=address, language=by.language)
