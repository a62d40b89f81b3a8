"""A pack becomes a programme of a network: the programme itself and its roles."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from programmes.actions.memberships import add_membership
from programmes.models import Membership, Organisation, Programme, ProgrammeRole, StoredPack
from programmes.pack_rules import KINDS_WITHOUT_ROW
from programmes.pack_types import Pack
from programmes.shipped import content_hash


@transaction.atomic
def install_pack(
    *, network: Organisation, pack: Pack, by: User, language: str | None = None
) -> tuple[Programme, bool]:
    """Store the pack as a programme of the network, or renew the one that is there.

    ``language`` is the programme's own; without it a new programme speaks ``by``'s language and one that is there
    keeps its own. Returns the programme and whether anything had to be written: an unchanged pack writes nothing.
    The parts of the pack that are versioned have acts of their own in the apps that hold them.
    """
    content = content_hash(pack)
    programme = Programme.objects.filter(network=network, key=pack["key"]).first()
    if programme is None:
        programme = Programme(network=network, key=pack["key"], language=language or by.language)
    elif programme.pack_hash == content and programme.language == (language or programme.language):
        return programme, False
    programme.language = language or programme.language
    programme.names, programme.short_names, programme.terms = pack["names"], pack["short_names"], pack["terms"]
    programme.pack_version, programme.pack_hash = pack["version"], content
    programme.save()
    StoredPack.objects.update_or_create(programme=programme, defaults={"content": pack})
    _install_roles(programme, pack)
    return programme, True


def _install_roles(programme: Programme, pack: Pack) -> None:
    """Rows for the roles that people hold. A role that a changed pack leaves out stays: memberships hang on it."""
    there = {role.key: role for role in programme.roles.all()}
    for order, role in enumerate(pack["roles"], 1):
        if role["kind"] in KINDS_WITHOUT_ROW:
            continue
        values: dict[str, Any] = {
            "kind": role["kind"],
            "order": order,
            "names": role["names"],
            "description": role["description"],
            "in_training": role.get("in_training", False),
            "time_limited": role.get("time_limited", False),
        }
        row = there.get(role["key"]) or ProgrammeRole(programme=programme, key=role["key"])
        if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            row.save()


@transaction.atomic
def start_coordinator(*, programme: Programme, by: User) -> Membership | None:
    """Give the person who starts the network the pack's first coordinator role at its root.

    Done once, when the programme is new: whoever has ended that membership does not get it back.
    """
    network = programme.network
    role = programme.roles.filter(kind=ProgrammeRole.Kind.COORDINATOR).order_by("order").first()
    if network.first_coordinator is None or role is None:
        return None
    return add_membership(
        by=by, person=network.first_coordinator, role=role, organisation=network, started_on=timezone.localdate()
    )
