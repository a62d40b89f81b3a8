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

    `counts` names the count that stands beside it; `under_a_hat` says that the page is read under one named hat,
    `decides` that it opens only for those who hold the role, not for those in training for it; `needs` names a count
    without which the page would always be empty.
    """

    name: str
    label: str | StrPromise
    kinds: frozenset[str]
    counts: str = ""
    under_a_hat: bool = False
    decides: bool = False
    needs: str = ""


def _page(
    name: str,
    label: str | StrPromise,
    *kinds: str,
    counts: str = "",
    under_a_hat: bool = False,
    decides: bool = False,
    needs: str = "",
) -> Page:
    return Page(name, label, frozenset(kinds) or EVERYBODY, counts, under_a_hat, decides, needs)


MY_PLACES = pgettext_lazy("menu", "My four places")
MY_PEOPLE = pgettext_lazy("menu", "My people")
MY_PAIR = pgettext_lazy("menu", "My pair")

# In the order of the bar. The first five that the worn hat opens stand in it, the rest under “More”.
PAGES: Sequence[Page] = (
    _page("overview:home", _("Today")),
    _page("overview:workbench", _("Workbench"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:coverage", _("Coverage"), Kind.OBSERVER, under_a_hat=True),
    _page("people:list", _("People"), Kind.COORDINATOR, under_a_hat=True),
    _page("certification:candidates", _("Certification"), Kind.COORDINATOR, under_a_hat=True),
    _page("supervision:sessions", _("Sessions"), counts="records"),
    _page("coaches:my_places", MY_PLACES, Kind.PEER_COACH),
    _page("coaches:my_places", MY_PEOPLE, Kind.MENTOR),
    _page("supervision:goals", _("Goals"), Kind.GROUP_LEADER, Kind.PEER_COACH),
    _page("certification:decisions", _("Decisions"), Kind.MENTOR, Kind.OBSERVER, Kind.COORDINATOR, decides=True),
    _page("checklists:checklists", _("Checklists")),
    _page("practice:groups", _("Groups"), Kind.GROUP_LEADER, Kind.PEER_COACH, Kind.MENTOR, Kind.COORDINATOR),
    _page("supervision:feedback", _("Feedback"), Kind.GROUP_LEADER, Kind.PEER_COACH),
    _page("certification:mine", _("Certification"), Kind.GROUP_LEADER, Kind.PEER_COACH, Kind.MENTOR),
    # Peer coaches decide steps in some programmes only.
    _page("certification:decisions", _("Decisions"), Kind.PEER_COACH, decides=True, needs="decides_steps"),
    _page("supervision:shared", _("What is shared with me"), Kind.MENTOR),
    _page("certification:start", _("Begin a ladder"), Kind.MENTOR, decides=True),
    _page("certification:trainings", _("Trainings"), Kind.COORDINATOR, Kind.MENTOR, under_a_hat=True, decides=True),
    _page("overview:coverage", _("Coverage"), Kind.COORDINATOR, under_a_hat=True),
    _page("programmes:organisations", _("Organisations"), Kind.COORDINATOR, under_a_hat=True),
    _page("onboarding:imports", _("Import"), Kind.COORDINATOR, under_a_hat=True),
    _page("programmes:undelivered", _("Mail that did not arrive"), Kind.COORDINATOR, counts="failed"),
    _page("overview:trail", _("Trail"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:exports", _("Downloads"), Kind.COORDINATOR, under_a_hat=True),
    _page("overview:search", _("Search")),
)


def pages_for(worn: str, kinds: Iterable[str], deciding: Iterable[str] | None = None) -> tuple[list[Page], list[Page]]:
    """The pages in the bar for the worn hat's kind, and those under “More”: what is left of it and of other hats.

    `deciding` are the kinds that are held outright, not in training; all of them when left out. A page stands once,
    even where two hats open it under two names.
    """
    held = frozenset(kinds)
    outright = held if deciding is None else frozenset(deciding)
    open_pages = [page for page in PAGES if not page.decides or page.kinds & outright]
    own = [page for page in open_pages if worn in page.kinds]
    others = {page.name: page for page in reversed(open_pages) if worn not in page.kinds and page.kinds & held}
    seen = {page.name for page in own}
    return own[:IN_THE_BAR], own[IN_THE_BAR:] + [
        page for page in open_pages if others.get(page.name) is page and page.name not in seen
    ]
