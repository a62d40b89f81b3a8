"""The coordinator's list of people: page, file, addresses."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import User
from common.list_query import ListQuery, read_list_query
from common.texts import for_reader
from people.exports import people_csv
from people.readers import listing
from programmes.actions.exports import filters_of, note_export
from programmes.policies import Hat
from programmes.views import access

# As many addresses as a mail program takes at once.
MOST_ADDRESSES = 500


def _asked(request: HttpRequest) -> tuple[Hat, ListQuery, QuerySet[User]]:
    """The hat, what is asked of the list, and the people it finds under the hat."""
    hat = access.coordinator_hat(request)
    query = read_list_query(request.GET, orders=listing.ORDERS, filters=listing.list_filters(hat), keep=("hat",))
    return hat, query, listing.people_under(hat, query.q)


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """A page of people."""
    hat, query, found = _asked(request)
    page = query.page(found)
    context = {"worn": hat, "query": query, "page": page, "rows": listing.rows_of(page.rows, hat)}
    return render(request, "people/list.html", context)


@login_required
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """All that the list finds, as CSV."""
    hat, query, found = _asked(request)
    found = found.filter(query.condition)
    note_export(by=access.user(request), hat=hat, what="people", rows=found.count(), filters=filters_of(query))
    rows = listing.every_row(found, hat)
    return people_csv(rows, for_reader(hat.programme.short_names, hat.programme.language))


@login_required
@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """The addresses of all that the list finds, to copy into a mail; who lacks one is named."""
    hat, query, found = _asked(request)
    people = list(found.filter(query.condition).order_by("sort_name", "id")[: MOST_ADDRESSES + 1])
    number = min(len(people), MOST_ADDRESSES)
    note_export(by=access.user(request), hat=hat, what="people.addresses", rows=number, filters=filters_of(query))
    context = {
        "worn": hat,
        "query": query,
        "addresses": "; ".join(person.email for person in people[:MOST_ADDRESSES] if person.email),
        "without": [person for person in people if not person.email],
        "too_many": len(people) > MOST_ADDRESSES,
        "limit": MOST_ADDRESSES,
    }
    return render(request, "people/addresses.html", context)
