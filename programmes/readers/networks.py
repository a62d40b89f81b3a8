"""Finding the network that a command means."""

from django.utils.translation import gettext

from common.errors import DomainError
from common.text import identity_of
from programmes.models import Organisation


def network_named(name: str | None) -> Organisation:
    """The network of that name (or id); without a name, the only one there is.

    Raises :class:`DomainError` that says which networks there are, or how to make the first.
    """
    networks = list(Organisation.objects.networks().select_related("first_coordinator"))
    if not networks:
        raise DomainError(
            gettext("There is no network yet. Make one first: manage.py create_network NAME --coordinator EMAIL"),
            code="no_network",
        )
    if name is None and len(networks) == 1:
        return networks[0]
    names = ", ".join(network.name for network in networks)
    if name is None:
        raise DomainError(
            gettext("There are several networks: %(names)s. Say which with --organisation.") % {"names": names},
            field="organisation",
            code="which_network",
        )
    wanted = identity_of(name)
    for network in networks:
        if network.name_key == wanted or str(network.pk) == name:
            return network
    raise DomainError(
        gettext("There is no network “%(name)s”. There is: %(names)s.") % {"name": name, "names": names},
        field="organisation",
        code="unknown_network",
    )
