"""Programme, role and organisation of a row, and whether the importer may give that role there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from common.errors import DomainError
from common.text import LINE_LENGTH, fold_for_search, identity_of
from onboarding.checked import NEW, Answers, Checked
from onboarding.findings import Choice
from onboarding.role_words import is_plainly, programmes_meant, roles_meant, squeezed
from onboarding.world import KnownOrganisation, KnownProgramme, World
from programmes.near_names import nearly_same

ASKS = "organisation"
# More different names than any network has: then the wrong column has the heading.
MOST_NAMES = 500


def check_role(one: Checked, world: World) -> None:
    """The programme (the only one, where the sheet names none) and the role in it."""
    programme = _programme(one, world)
    if programme is None:
        return
    one.programme = programme.id
    roles = [role for role in world.roles.values() if role.programme_id == programme.id]
    written, names = one.text("role")[:80], [role.names for role in roles]
    meant = roles_meant(written, roles)
    if not written:
        one.stop("role_missing", "role", roles=names)
    elif not meant:
        one.stop("role_unknown", "role", text=written, programme=programme.short_names, roles=names)
    elif len(meant) > 1:
        one.stop("role_several", "role", text=written, roles=[role.names for role in meant])
    else:
        one.role = meant[0].id
        if not is_plainly(written, meant[0]):
            one.note("role_read_as", "role", text=written, role=meant[0].names)
    _variant(one, world)


def _programme(one: Checked, world: World) -> KnownProgramme | None:
    every = list(world.programmes.values())
    written = one.text("programme")[:80]
    yours = [programme for programme in every if programme.branches]
    meant = programmes_meant(written, every) if written else yours
    if len(meant) == 1 and meant[0].branches:
        return meant[0]
    if len(meant) == 1:
        one.stop("programme_not_yours", "programme", programme=meant[0].short_names)
    elif written:
        names = [programme.short_names for programme in (meant or yours or every)]
        one.stop("programme_unknown", "programme", text=written, programmes=names)
    else:
        one.stop("programme_missing", "programme", programmes=[programme.short_names for programme in yours or every])
    return None


def _variant(one: Checked, world: World) -> None:
    written = one.text("certificate_variant")
    if not written or one.programme is None:
        return
    variants = world.variants.get(one.programme, {})
    for key, names in variants.items():
        if squeezed(written) in {squeezed(key), *(squeezed(name) for name in names.values())}:
            one.history["certificate_variant"] = key
            return
    one.stop("variant_unknown", "certificate_variant", text=written[:80], variants=list(variants.values()))


def check_organisations(rows: Iterable[Checked], world: World, answers: Answers) -> None:
    """Each name once: known, new, or asked about; then whether the importer may give the role there.

    Without such a column everybody comes to the importer's own organisation.
    Raises `DomainError` for more names than a network has.
    """
    by_name: dict[str, list[Checked]] = defaultdict(list)
    home = next((one.id for one in world.organisations.values() if one.path == world.home_path), None)
    for one in rows:
        if "organisation" not in one.sheet.columns:
            one.organisation = home
            _check_right(one, world)
            continue
        text = " ".join(one.text("organisation").split())
        if not fold_for_search(text):
            one.stop("organisation_missing", "organisation")
        elif text.startswith("="):
            one.stop("formula", "organisation")
        elif len(text) > LINE_LENGTH:
            excess = len(text) - LINE_LENGTH
            one.stop("long", "organisation", length=len(text), limit=LINE_LENGTH, excess=excess)
        else:
            by_name[identity_of(text)].append(one)
    if len(by_name) > MOST_NAMES:
        raise DomainError(
            _("The sheet names more than %(limit)d organisations. Check which column has the heading Organisation.")
            % {"limit": MOST_NAMES},
            field="file",
            code="organisations",
        )
    # The names most often written are right until somebody says otherwise.
    order = sorted(by_name, key=lambda name: (-len(by_name[name]), by_name[name][0].number))
    chosen = answers.get(ASKS, {})
    settled: list[str] = []
    for name in order:
        _settle(
            name, by_name[name], world, settled, {other: by_name[other] for other in settled}, chosen.get(name, "")
        )
    for group in by_name.values():
        for one in group:
            _check_right(one, world)


def _settle(
    key: str, group: list[Checked], world: World, new: list[str], written: dict[str, list[Checked]], answer: str
) -> None:
    name = " ".join(group[0].text("organisation").split())
    exact = [one for one in world.organisations.values() if one.key == key]
    if answer.startswith("id:") and int(answer[3:]) in world.organisations:
        _known(group, world.organisations[int(answer[3:])])
        return
    # The other name in the sheet that was meant may have become an organisation meanwhile.
    meant = [one for one in world.organisations.values() if answer == f"name:{one.key}"]
    if len(meant) == 1:
        _known(group, meant[0])
        return
    if answer.startswith("name:") and answer[5:] in written:
        _new(group, answer[5:], written[answer[5:]][0].new_organisation_name, world)
        return
    if len(exact) == 1:
        _known(group, exact[0])
        return
    near_known = exact or [one for one in world.organisations.values() if nearly_same(one.key, key)]
    near_new = [other for other in new if nearly_same(other, key)]
    if answer == NEW or (not near_known and not near_new):
        _new(group, key, name, world)
        new.append(key)
        return
    choices = [_choice(one, world) for one in near_known[:10]]
    choices += [
        Choice(f"name:{other}", "choose_organisation", {"name": written[other][0].new_organisation_name})
        for other in near_new
    ]
    names = [str(choice.params["name"]) for choice in choices]
    if not exact:
        choices.append(Choice(NEW, "choose_new_organisation", {"name": name}))
    code = "organisation_several" if exact else "organisation_near"
    for one in group:
        one.ask(code, "organisation", ASKS, key, choices, text=name, names=names)


def _known(group: list[Checked], organisation: KnownOrganisation) -> None:
    for one in group:
        one.organisation = organisation.id


def _new(group: list[Checked], key: str, name: str, world: World) -> None:
    for one in group:
        one.new_organisation, one.new_organisation_name = key, name
    # Said at the first row that brings it: one that cannot come in makes nothing.
    first = next((one for one in group if not one.stopped), None)
    if first is not None:
        first.note("organisation_new", "organisation", name=name, parent=world.home_name)


def _choice(organisation: KnownOrganisation, world: World) -> Choice:
    above = organisation.path.rstrip("/").rpartition("/")[0]
    parent = next((one.name for one in world.organisations.values() if one.path.rstrip("/") == above), "")
    code = "choose_organisation_in" if parent else "choose_organisation"
    return Choice(f"id:{organisation.id}", code, {"name": organisation.name, "parent": parent})


def _check_right(one: Checked, world: World) -> None:
    role = world.roles.get(one.role or 0)
    known = world.organisations.get(one.organisation or 0)
    path = known.path if known else f"{world.home_path}new/" if one.new_organisation else ""
    if role is None or not path or world.may(role, path):
        return
    if role.kind == "coordinator" and any(
        path.startswith(own) for own in world.programmes[role.programme_id].branches
    ):
        one.stop("coordinator_below", "role")
    else:
        one.stop("branch", "organisation", organisation=one.text("organisation")[:80])
