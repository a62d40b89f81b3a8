"""The tree of a network: whole branches in the order in which they are drawn, and names that nearly match."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from common.at_once import read_at_once
from common.text import fold_for_search
from programmes.models import Membership, Organisation, Programme
from programmes.near_names import nearly_same
from programmes.policies import under


@dataclass(frozen=True)
class TreeRow:
    """One organisation in a drawn tree: `level` is 0 for the top of the branch, `people` have an open role there."""

    organisation: Organisation
    level: int
    people: int


def branch_rows(paths: tuple[str, ...], programme: Programme) -> list[TreeRow]:
    """Every organisation of these branches, each parent before its children, these by name. Two queries."""
    organisations = list(Organisation.objects.filter(under(paths, "path")).order_by("sort_name", "pk"))
    open_here = Count("memberships", filter=Q(memberships__ended_on=None, memberships__role__programme=programme))
    people = dict(Organisation.objects.filter(under(paths, "path")).annotate(n=open_here).values_list("pk", "n"))
    known = {organisation.pk for organisation in organisations}
    children: dict[int | None, list[Organisation]] = defaultdict(list)
    for organisation in organisations:
        children[organisation.parent_id if organisation.parent_id in known else None].append(organisation)
    rows: list[TreeRow] = []
    waiting = [(top, 0) for top in reversed(children[None])]
    while waiting:
        organisation, level = waiting.pop()
        rows.append(TreeRow(organisation, level, people.get(organisation.pk, 0)))
        waiting += [(child, level + 1) for child in reversed(children[organisation.pk])]
    return rows


def organisation_page(organisation: Organisation, programme: Programme) -> dict[str, list[Any]]:
    """`above`, from the network down to the parent; `children`; and `memberships`: who has an open role right there in
    the programme, by name, at most 500. One query."""
    ids = [int(part) for part in organisation.path.strip("/").split("/")[:-1]]
    held = Membership.objects.open().filter(organisation=organisation, role__programme=programme)
    related = held.select_related("person", "role__programme")
    return read_at_once(
        above=Organisation.objects.filter(pk__in=ids).order_by("path"),
        children=organisation.children.all(),
        memberships=related.order_by("role__order", "person__sort_name", "pk")[:500],
    )


def near_organisations(name: str, network: Organisation) -> list[Organisation]:
    """Organisations of the network whose name nearly equals `name`: a letter apart, a word more, other accents."""
    wanted = fold_for_search(name)
    if not wanted:
        return []
    everyone = Organisation.objects.filter(path__startswith=network.network_path).order_by("sort_name", "pk")
    return [one for one in everyone if _a_word_more(wanted, one.search_name) or nearly_same(name, one.name)]


def _a_word_more(one: str, other: str) -> bool:
    """The same letters, or one with a word before or after it."""
    if one == other or one.replace(" ", "") == other.replace(" ", ""):
        return True
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) >= 4 and (longer.startswith(f"{shorter} ") or longer.endswith(f" {shorter}"))
