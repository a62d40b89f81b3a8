"""A network begins: its root, and the person who starts it."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.actions.audit import record
from accounts.actions.people import clean_email, create_person
from accounts.models import User
from common.errors import DomainError
from common.text import clean_line, fold_for_search, fold_for_sort, identity_of
from programmes.actions.invitations import invite_first_coordinator
from programmes.models import Organisation


@transaction.atomic
def create_network(
    *, name: str, coordinator_email: str, by: User, language: str = "", another: bool = False
) -> Organisation:
    """Make the root organisation and invite its first coordinator, who gets a role when a programme is installed.

    `language` (nb, da, en) is the one in which a new coordinator is invited, the installation's own unless said;
    `another` means a name that nearly equals that of a network which is there.
    Raises :class:`DomainError` when the name is empty, taken or (unless `another`) nearly taken, for an address that
    is none, and for an unknown language. Somebody whom another network knows keeps the name and language on file.
    """
    name = clean_line(name, field="name")
    if not name:
        raise DomainError(gettext("Give the network a name."), field="name")
    _check_name(name, another=another)
    coordinator = _person(coordinator_email, by=by, language=language or settings.LANGUAGE_CODE)
    network = Organisation(
        name=name,
        sort_name=fold_for_sort(name),
        search_name=fold_for_search(name),
        name_key=identity_of(name),
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


def _check_name(name: str, *, another: bool) -> None:
    networks = Organisation.objects.networks()
    if networks.filter(name_key=identity_of(name)).exists():
        raise DomainError(
            gettext("There is already a network with the name %(name)s. Choose another name.") % {"name": name},
            field="name",
            code="name_taken",
        )
    near = networks.filter(search_name=fold_for_search(name)).first()
    if near is not None and not another:
        raise DomainError(
            gettext("There is a network called %(near)s, which is nearly the same. Say so if you mean another one.")
            % {"near": near.name},
            field="name",
            code="name_near",
        )


def _person(email: str, *, by: User, language: str) -> User:
    """Whoever has the address, or a new person with it, who is called by the address until they write their name."""
    if language not in User.Language.values:
        raise DomainError(gettext("Choose one of the languages nb, da and en."), field="language", code="language")
    address = clean_email(email, field="coordinator")
    if address is None:
        raise DomainError(
            gettext("Give the e-mail address of the first coordinator."), field="coordinator", code="email"
        )
    known = User.objects.known().filter(email=address).first()
    return known or create_person(by=by, name=address, email=address, language=language)
