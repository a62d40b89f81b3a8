"""The coordinator's list of candidates: everybody on a ladder in the branch, and what is missing for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from certification.models import Candidacy, TrackVersion
from certification.readers.climbs import climbs, name_of, with_all
from common.list_query import Filter, Option, Order
from common.text import fold_for_search
from common.texts import for_reader
from programmes.models import Programme
from programmes.policies import people_in_branch, under

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ORDERS: Mapping[str, Order] = {
    "name": Order(_("Name"), ("candidate_order", "id")),
    "newest": Order(_("Newest first"), ("-started_at", "-id")),
    "oldest": Order(_("Longest on the way first"), ("started_at", "id")),
}
CHUNK = 100


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    candidacy: Candidacy
    name: str
    track: str
    variant: str
    done: int
    steps: int
    sentence: str
    url: str


def filters(programme: Programme) -> dict[str, Filter]:
    """What the list can be narrowed by: state, and the programme's ladders."""
    current = TrackVersion.objects.filter(track__programme=programme, is_current=True)
    ladders = {
        one.track.key: Option(for_reader(one.names, programme.language), Q(track=one.track_id))
        for one in current.select_related("track").order_by("track__order")
    }
    every: dict[str, Option] = {"all": Option(_("All ladders"))}
    return {
        "state": Filter(
            _("State"),
            {
                "open": Option(_("On the way"), Q(state=Candidacy.State.OPEN)),
                "certified": Option(_("Certified"), Q(state=Candidacy.State.CERTIFIED)),
                "closed": Option(_("Closed"), Q(state=Candidacy.State.CLOSED)),
                "all": Option(_("All")),
            },
        ),
        "track": Filter(_("Ladder"), every | ladders),
    }


def candidates(programme: Programme, paths: Sequence[str], q: str = "") -> QuerySet[Candidacy]:
    """The candidacies of people and organisations in the branches, with the key by which they are ordered."""
    people: QuerySet[User] = people_in_branch(list(paths), programme)
    found = Candidacy.objects.filter(
        Q(person__in=people) | under(list(paths), "organisation__path"), track__programme=programme
    )
    if folded := fold_for_search(q):
        found = found.filter(Q(person__search_name__contains=folded) | Q(organisation__search_name__contains=folded))
    return with_all(found).annotate(candidate_order=Coalesce("person__sort_name", "organisation__sort_name"))


def rows(page: Iterable[Candidacy], programme: Programme) -> list[Row]:
    """The lines of one page; the same number of queries for one line and for many."""
    found = list(page)
    standing = climbs(found)
    return [
        Row(
            candidacy=one,
            name=name_of(one),
            track=for_reader(one.track_version.names, programme.language),
            variant=for_reader(standing[one.pk].variants.get(one.variant), programme.language),
            done=standing[one.pk].done,
            steps=len(standing[one.pk].rungs),
            sentence=standing[one.pk].sentence(None) if one.state == Candidacy.State.OPEN else "",
            url=reverse("certification:candidacy", args=[one.pk]),
        )
        for one in found
    ]


def all_rows(found: QuerySet[Candidacy], programme: Programme) -> Iterator[Row]:
    """Every line, read in chunks, for a file."""
    candidacies = iter(found.iterator(chunk_size=CHUNK))
    while chunk := list(islice(candidacies, CHUNK)):
        yield from rows(chunk, programme)


COLUMNS: Sequence[StrPromise] = (
    _("Name"),
    _("Ladder"),
    _("Delivery model"),
    _("State"),
    _("Done"),
    _("Steps"),
    _("Begun"),
    _("What is missing"),
)
