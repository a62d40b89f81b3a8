"""What a reader asks of a list (search, order, filters, page), all of it among what the page itself offers.

A view declares orders and filters as values and reads ``request.GET`` with :func:`read_list_query`. What the query
string names is looked up among the declared names; nothing in it ever reaches the ORM as a lookup.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from common.lists import PAGE_SIZE, KeysetPage, keyset_page

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

M = TypeVar("M", bound=Model)
T = TypeVar("T")

PAGE_SIZES = (25, 50, 100)
SEARCH_LENGTH = 100


@dataclass(frozen=True)
class Order:
    """One way to order a list: what the reader is offered, and the keys (last one unique) behind it."""

    label: "str | StrPromise"
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """One choice of a filter. An empty condition leaves the list as it is; one that is dear to make is a function,
    called for what is chosen."""

    label: "str | StrPromise"
    condition: Q | Callable[[], Q] = field(default_factory=Q)


@dataclass(frozen=True)
class Filter:
    """A filter of a list: its label and its options by value; the first option is what holds when none is chosen."""

    label: "str | StrPromise"
    options: Mapping[str, Option]


@dataclass(frozen=True)
class ListQuery:
    """What the reader asked of a list, all of it among what the page offers."""

    orders: Mapping[str, Order]
    filters: Mapping[str, Filter]
    q: str
    sort: str
    chosen: Mapping[str, str]
    size: int
    cursor: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the chosen order, for :func:`keyset_page`."""
        return self.orders[self.sort].keys

    @property
    def condition(self) -> Q:
        """All chosen filters as one condition; the search in ``q`` is the reader's own affair."""
        condition = Q()
        for name, value in self.chosen.items():
            chosen = self.filters[name].options[value].condition
            condition &= chosen if isinstance(chosen, Q) else chosen()
        return condition

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a filter holds: an empty list then says so, and how to see all."""
        return bool(self.q) or any(value != self._default(name) for name, value in self.chosen.items())

    def query_string(self, **changes: str) -> str:
        """This list's address with ``changes`` (``cursor=…``, ``sort=…``, a filter's name), defaults left out.

        Any change but ``cursor`` begins the list anew.
        """
        values = dict(self.kept) | {"q": self.q} | self._not_default() | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def form(self) -> forms.Form:
        """Search, filters and order as a form to draw with components/filters.html; no more is offered by it."""
        form = forms.Form(initial={"q": self.q, "sort": self.sort, **self.chosen}, auto_id="list_%s")
        form.fields["q"] = forms.CharField(label=_("Search"), required=False, max_length=SEARCH_LENGTH)
        for name, one in self.filters.items():
            form.fields[name] = _choice(one.label, [(value, option.label) for value, option in one.options.items()])
        if len(self.orders) > 1:
            form.fields["sort"] = _choice(_("Order"), [(value, order.label) for value, order in self.orders.items()])
        return form

    @property
    def keep(self) -> list[dict[str, str]]:
        """What the form carries along unseen: the hat, the size of the page."""
        size = [("size", str(self.size))] if self.size != PAGE_SIZE else []
        return [{"name": name, "value": value} for name, value in (*self.kept, *size)]

    @property
    def reset_url(self) -> str:
        """The address of the whole list; empty when nothing narrows it."""
        return f"?{urlencode(self.kept)}" if self.is_narrowed else ""

    def page(self, queryset: QuerySet[M, T]) -> KeysetPage[T]:
        """The page asked for, of ``queryset`` narrowed by the filters."""
        return keyset_page(queryset.filter(self.condition), keys=self.keys, cursor=self.cursor, size=self.size)

    def without(self, name: str) -> "ListQuery":
        """The same list with one filter back at its first option."""
        return replace(self, chosen=dict(self.chosen) | {name: self._default(name)}, cursor="")

    def _default(self, name: str) -> str:
        return next(iter(self.filters[name].options))

    def _not_default(self) -> dict[str, str]:
        values = {name: value for name, value in self.chosen.items() if value != self._default(name)}
        if self.sort != next(iter(self.orders)):
            values["sort"] = self.sort
        if self.size != PAGE_SIZE:
            values["size"] = str(self.size)
        return values


def read_list_query(
    data: QueryDict,
    *,
    orders: Mapping[str, Order],
    filters: Mapping[str, Filter] | None = None,
    keep: Sequence[str] = (),
) -> ListQuery:
    """What ``data`` (request.GET) asks for; anything not offered is passed over, never an error.

    The first order and each filter's first option are the defaults. Names in ``keep`` (such as ``hat``) travel
    along unread.
    """
    filters = filters or {}
    size = data.get("size", "")
    return ListQuery(
        orders=orders,
        filters=filters,
        q=_search_words(data.get("q", "")),
        sort=_offered(data.get("sort"), orders),
        chosen={name: _offered(data.get(name), one.options) for name, one in filters.items()},
        size=int(size) if size in map(str, PAGE_SIZES) else PAGE_SIZE,
        cursor=data.get("cursor", ""),
        kept=tuple((name, data.get(name, "")) for name in keep if data.get(name)),
    )


def _choice(label: "str | StrPromise", choices: list[tuple[str, "str | StrPromise"]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False)


def _offered(value: str | None, offered: Mapping[str, Any]) -> str:
    return value if value is not None and value in offered else next(iter(offered))


def _search_words(text: str) -> str:
    """The search without control characters, which PostgreSQL refuses, and no longer than anyone types."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:SEARCH_LENGTH]
