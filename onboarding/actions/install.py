"""A whole pack comes in: each app installs its own part, all in one transaction."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import User
from certification.actions.install import install_tracks
from checklists.actions.install import install_checklists
from programmes.actions.install import install_pack, start_coordinator
from programmes.actions.install_rules import install_rules
from programmes.models import Organisation, Programme
from programmes.pack_types import Pack
from supervision.actions.install import install_agendas


@dataclass(frozen=True)
class Installation:
    """What installing did: ``versions`` counts the new versions of rules, agendas, checklists and tracks."""

    programme: Programme
    is_new: bool
    changed: bool
    versions: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def install_programme(*, network: Organisation, pack: Pack, by: User, language: str | None = None) -> Installation:
    """Make the checked pack a programme of the network, or renew it: what has changed gets a new version, what is in
    use keeps its own, and an unchanged pack writes nothing.

    A new programme gets the network's first coordinator. ``language`` is the programme's own (nb, da, en).
    """
    network = Organisation.objects.select_for_update().get(pk=network.pk)
    is_new = not Programme.objects.filter(network=network, key=pack["key"]).exists()
    programme, changed = install_pack(network=network, pack=pack, by=by, language=language)
    if not changed:
        return Installation(programme, is_new=False, changed=False)
    versions = {
        "rules": install_rules(programme=programme, pack=pack, by=by),
        "agendas": install_agendas(programme=programme, pack=pack, by=by),
        "checklists": install_checklists(programme=programme, pack=pack, by=by),
        "tracks": install_tracks(programme=programme, pack=pack, by=by),
    }
    record(
        by=by,
        verb="programme.installed" if is_new else "programme.renewed",
        subject=f"programme:{programme.pk}",
        programme_id=programme.pk,
        organisation_path=network.path,
        facts={"key": programme.key, "pack_version": programme.pack_version, "new_versions": versions},
    )
    if is_new:
        start_coordinator(programme=programme, by=by)
    return Installation(programme, is_new=is_new, changed=True, versions=versions)
