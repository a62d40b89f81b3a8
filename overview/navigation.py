"""The bar: which pages a hat opens, in which order, and what goes under “More”. Values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.models import ProgrammeRole

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Kind = ProgrammeRole.Kind
IN_THE_BAR = 5
EVERYBODY = frozenset(Kind)


@dataclass(frozen=True)
class Page:
    """A page of the bar: the name of its address, its label, and the hats that open it.

    `counts` names the count that stands beside it; `under_a_hat` says that the page is read under one named hat.
    """

    name: str
    label: str | StrPromise
    kinds: frozenset[str]
    counts: str = ""
    under_a_hat: bool = False


def _page(name: str, label: str | StrPromise, *kinds: str, counts: str = "", under_a_hat: bool = False) -> Page:
    return Page(name, label, frozenset(kinds) or EVERYBODY, counts, under_a_hat)


MY_PLACES = pgettext_lazy("menu", "My four places")
MY_PEOPLE = pgettext_lazy("menu", "My people")
MY_PAIR = pgettext_lazy("menu", "My pair")

# In the order of the bar. The first six that the worn hat opens stand in it, the rest under “More”.
PAGES: Sequence[Page] = (
    _page("overview:home", _("Today")),
    _page("overview:workbench", _("Workbench"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:coverage", _("Coverage"), Kind.OBSERVER, under_a_hat=True),
    _page("supervision:sessions", _("Sessions"), counts="records"),
    _page("coaches:my_places", MY_PLACES, Kind.PEER_COACH),
    _page("coaches:my_places", MY_PEOPLE, Kind.MENTOR),
    _page("people:list", _("People"), Kind.COORDINATOR, under_a_hat=True),
    _page("programmes:organisations", _("Organisations"), Kind.COORDINATOR, under_a_hat=True),
    _page("supervision:goals", _("Goals"), Kind.GROUP_LEADER, Kind.PEER_COACH),
    _page("certification:decisions", _("Decisions"), Kind.MENTOR, Kind.OBSERVER, Kind.COORDINATOR),
    _page("checklists:checklists", _("Checklists"), Kind.GROUP_LEADER, Kind.PEER_COACH, Kind.MENTOR),
    _page("practice:groups", _("Groups"), Kind.GROUP_LEADER, Kind.PEER_COACH),
    _page("certification:mine", _("Certification"), Kind.GROUP_LEADER, Kind.PEER_COACH, Kind.MENTOR),
    _page("certification:candidates", _("Certification"), Kind.COORDINATOR, under_a_hat=True),
    _page("certification:trainings", _("Trainings"), Kind.COORDINATOR, Kind.MENTOR, under_a_hat=True),
    _page("overview:coverage", _("Coverage"), Kind.COORDINATOR, under_a_hat=True),
    _page("programmes:undelivered", _("Mail that did not arrive"), Kind.COORDINATOR, counts="failed"),
    _page("onboarding:imports", _("Import"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:trail", _("Trail"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:exports", _("Downloads"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:search", _("Search")),
)


def pages_for(worn: str, kinds: Iterable[str]) -> tuple[list[Page], list[Page]]:
    """The pages in the bar for the worn hat's kind, and those under “More”: what is left of it and of other hats.

    A page stands once, even where two hats open it under two names.
    """
    held = frozenset(kinds)
    own = [page for page in PAGES if worn in page.kinds]
    others = [page for page in PAGES if worn not in page.kinds and page.kinds & held]
    seen = {page.name for page in own}
    return own[:IN_THE_BAR], own[IN_THE_BAR:] + [page for page in others if page.name not in seen]
