"""The coordinator's list of certificates: what holds, what ends soon, what has ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from certification import keeping_words
from certification.keeping import Activity
from certification.models import Certificate, TrackVersion
from certification.readers.keeping import active_by_certificate, current_tracks, ending, standing_certificates
from certification.readers.variants import variants_of
from common.list_query import Filter, Option, Order
from common.text import fold_for_search
from common.texts import for_reader
from programmes.models import Programme
from programmes.policies import people_in_branch, under

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ORDERS: Mapping[str, Order] = {
    "name": Order(_("Name"), ("holder_order", "id")),
    "ends": Order(_("Ends first"), ("ends", "id")),
    "newest": Order(_("Newest first"), ("-issued_on", "-id")),
}
NEVER = dt.date(9999, 12, 31)
MOST = 6


@dataclass(frozen=True)
class Row:
    """One line: `words` say how long it holds or what ended; `status` is the kind of the mark."""

    certificate: Certificate
    variant: str
    status: str
    words: Sequence[str]


def filters(programme: Programme, tracks: Sequence[TrackVersion], today: dt.date) -> dict[str, Filter]:
    """By state; `tracks` are the programme's ladders as they are now."""
    valid = Q(withdrawn_at=None) & (Q(valid_until=None) | Q(valid_until__gte=today))
    return {
        "state": Filter(
            _("State"),
            {
                "all": Option(_("All")),
                "ending": Option(_("Ends soon or has just ended"), ending(programme, tracks, today)),
                "valid": Option(_("Valid"), valid),
                "expired": Option(_("Expired"), Q(withdrawn_at=None, valid_until__lt=today)),
                "withdrawn": Option(_("Withdrawn"), Q(withdrawn_at__isnull=False)),
            },
        )
    }


def certificates(programme: Programme, paths: Sequence[str], q: str = "") -> QuerySet[Any]:
    """Certificates of people and organisations of the branches; one that a newer has followed counts no more."""
    branch = Q(person__in=people_in_branch(list(paths), programme)) | under(list(paths), "organisation__path")
    standing = standing_certificates(programme).values("pk")
    found = Certificate.objects.filter(branch, programme=programme).exclude(holder_name="")
    found = found.filter(Q(pk__in=standing) | Q(withdrawn_at__isnull=False)).defer("pdf")
    if folded := fold_for_search(q):
        found = found.filter(
            Q(person__search_name__contains=folded)
            | Q(organisation__search_name__contains=folded)
            | Q(number__icontains=q.strip())
        )
    return found.select_related("person", "organisation", "candidacy").annotate(
        holder_order=Coalesce("person__sort_name", "organisation__sort_name"),
        ends=Coalesce("valid_until", NEVER),
    )


def running_out(programme: Programme, paths: Sequence[str], today: dt.date) -> list[Row]:
    """The six that end first, for the workbench."""
    tracks = current_tracks(programme)
    soon = certificates(programme, paths).filter(ending(programme, tracks, today), withdrawn_at=None)
    return rows(soon.order_by("ends", "issued_on", "id")[:MOST], programme, tracks, today)


def rows(
    page: Iterable[Certificate], programme: Programme, tracks: Sequence[TrackVersion], today: dt.date
) -> list[Row]:
    """The lines of one page; the same number of queries for one line and for many."""
    found = list(page)
    active = active_by_certificate(found, programme, tracks)
    variants = variants_of(programme) if any(one.variant for one in found) else {}
    made = []
    for one in found:
        words, status = [], "done"
        if one.withdrawn_at:
            words, status = [str(_("Withdrawn"))], "late"
        elif one.valid_until:
            words, status = [keeping_words.expiry_label(one.valid_until, today)], _mark(one.valid_until, today)
        elif one.pk not in active:
            words = [str(_("Without end date"))]
        if standing := active.get(one.pk):
            words.append(keeping_words.status_label(standing))
            status = {Activity.LAPSED: "late", Activity.SOON: "wait"}.get(standing.state, status)
        made.append(Row(one, for_reader(variants.get(one.variant), programme.language), status, words))
    return made


def _mark(valid_until: dt.date, today: dt.date) -> str:
    if valid_until < today:
        return "late"
    return "wait" if (valid_until - today).days <= 90 else "done"


COLUMNS: Sequence[StrPromise] = (
    _("Name"),
    _("Certificate"),
    _("Delivery model"),
    _("Number"),
    _("Decided"),
    _("Valid until"),
    _("State"),
)
