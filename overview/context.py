"""What the frame shows on every page: the bar, the hats, the menu. Read only when a page draws them."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.texts import for_reader
from overview.navigation import MY_PAIR, MY_PEOPLE, MY_PLACES, Page, pages_for
from overview.readers.frame import Counts, counts_for
from programmes.models import ProgrammeRole
from programmes.policies import Hat
from programmes.views.access import hats

Kind = ProgrammeRole.Kind
# Whoever has several hats sees first what they answer for.
FIRST = (Kind.COORDINATOR, Kind.MENTOR, Kind.PEER_COACH, Kind.GROUP_LEADER, Kind.OBSERVER)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: nav, more, hats, worn_role and the rest. Nothing, and no query, for strangers.

    Two queries at most, and none on a page that does not draw the frame.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    parts = frame_of(request)
    names = ("nav", "more", "more_current", "hats", "hat", "worn_role", "place_line", "menu_links")
    return {name: SimpleLazyObject(partial(getattr, parts, name)) for name in names}


def frame_of(request: HttpRequest) -> Frame:
    """The frame of this request, made once: pages that need the hats read them here."""
    found = getattr(request, "_frame", None)
    if found is None:
        found = request._frame = Frame(request)  # type: ignore[attr-defined]
    return found


def hat_label(hat: Hat) -> str:
    """“Peer coach, De Utrolige Årene”: the role, and the programme that tells two networks apart."""
    role = capfirst(for_reader(hat.role.names, hat.programme.language))
    return f"{role}, {for_reader(hat.programme.short_names, hat.programme.language)}"


class Frame:
    """The parts of the frame for one request."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def all_hats(self) -> list[Hat]:
        """The hats of the one who is signed in, those that answer for most first. One query."""
        held = hats(self._request)
        return sorted(held, key=lambda hat: FIRST.index(Kind(hat.role.kind)))

    @cached_property
    def counts(self) -> Counts:
        """What waits. One query."""
        return counts_for(self._request.user, self.all_hats)  # type: ignore[arg-type]

    @cached_property
    def worn(self) -> Hat | None:
        """The hat named in the address, else the first; None for somebody without a role."""
        named = self._request.GET.get("hat") or self._request.POST.get("hat", "")
        return next((hat for hat in self.all_hats if hat.key == named), next(iter(self.all_hats), None))

    @cached_property
    def _pages(self) -> tuple[list[Page], list[Page]]:
        kinds = {hat.role.kind for hat in self.all_hats}
        deciding = {hat.role.kind for hat in self.all_hats if not hat.in_training}
        return pages_for(self.worn.role.kind if self.worn else "", kinds, deciding)

    @property
    def nav(self) -> list[dict[str, Any]]:
        """The pages in the bar."""
        return self._drawn(self._pages[0])

    @property
    def more(self) -> list[dict[str, Any]]:
        """The pages under “More”."""
        return self._drawn(self._pages[1])

    @property
    def more_current(self) -> bool:
        """Whether the page that is open stands under “More”."""
        return any(item["current"] for item in self.more)

    @property
    def hats(self) -> list[dict[str, Any]]:
        """The hats to choose from."""
        return [
            {"url": self._url_for(hat), "label": hat_label(hat), "current": hat is self.worn} for hat in self.all_hats
        ]

    @property
    def hat(self) -> dict[str, str]:
        """The worn hat."""
        return {"label": hat_label(self.worn) if self.worn else "", "key": self.worn.key if self.worn else ""}

    @property
    def worn_role(self) -> str:
        """“Peer coach”: the worn hat in the bar, where the line under the word mark says which programme."""
        return capfirst(for_reader(self.worn.role.names, self.worn.programme.language)) if self.worn else ""

    @property
    def place_line(self) -> str:
        """“De Utrolige Årene · Solvik”: under the word mark."""
        if self.worn is None:
            return ""
        programme = self.worn.programme
        return f"{for_reader(programme.short_names, programme.language)} · {self.worn.organisations[0].name}"

    @property
    def menu_links(self) -> list[dict[str, str]]:
        """The reader's own pages, and what another network asks."""
        links = [
            ("people:mine", _("My page")),
            ("people:settings", _("My details and reminders")),
            ("people:known", _("What is known about me")),
            ("account_change_password", _("Change the password")),
        ]
        found = [{"url": url, "label": label} for name, label in links if (url := address(name))]
        if self.counts.requests:
            label = ngettext(
                "%(count)d request waits for your answer",
                "%(count)d requests wait for your answer",
                self.counts.requests,
            ) % {"count": self.counts.requests}
            found.insert(0, {"url": reverse("programmes:request", args=[self.counts.request_id]), "label": label})
        return found

    def _drawn(self, pages: list[Page]) -> list[dict[str, Any]]:
        found = []
        for page in pages:
            if page.needs and not getattr(self.counts, page.needs):
                continue
            if path := address(page.name):
                hat = self._hat_of(page)
                query = f"?{urlencode({'hat': hat.key})}" if hat and len(self.all_hats) > 1 else ""
                found.append(
                    {
                        "url": path + query,
                        "label": self._places_label() if page.label is MY_PLACES else page.label,
                        "current": self._request.path == path or (path != "/" and self._request.path.startswith(path)),
                        "count": getattr(self.counts, page.counts) if page.counts else 0,
                        "count_label": self._count_label(page.counts),
                    }
                )
        return found

    def _places_label(self) -> str:
        """What a coach leads: a pair, four places, or people who come in turns."""
        if self.counts.has_pairs:
            return str(MY_PAIR)
        return str(MY_PLACES if self.counts.has_places else MY_PEOPLE)

    def _hat_of(self, page: Page) -> Hat | None:
        """The hat under which the page is opened: the worn one where it opens the page, else the first that does."""
        fitting = [
            hat for hat in self.all_hats if hat.role.kind in page.kinds and not (page.decides and hat.in_training)
        ]
        return self.worn if self.worn in fitting else next(iter(fitting), None)

    def _count_label(self, name: str) -> str:
        count = getattr(self.counts, name) if name else 0
        if name == "records":
            return ngettext("session to record", "sessions to record", count)
        return ngettext("mail did not arrive", "mails did not arrive", count) if name == "failed" else ""

    def _url_for(self, hat: Hat) -> str:
        """The same page under another hat of the kind; else the home page."""
        same = self.worn is not None and hat.role.kind == self.worn.role.kind and "hat" in self._request.GET
        return f"{self._request.path if same else '/'}?{urlencode({'hat': hat.key})}"


def address(name: str) -> str:
    """The path of a named page; empty while there is none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
