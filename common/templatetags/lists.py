"""A list's search, filters, orders and pages, drawn from what the reader asked."""

from typing import Any

from django import template

from common.list_query import ListQuery
from common.lists import KeysetPage

register = template.Library()


@register.simple_tag
def list_url(query: ListQuery, **changes: str) -> str:
    """The same list with changes: ``{% list_url list cursor=page.next %}``, ``sort="name"``, ``q=""``."""
    return f"?{query.query_string(**changes)}"


@register.inclusion_tag("components/filters.html")
def list_filters(query: ListQuery, label: str, anchor: str = "") -> dict[str, Any]:
    """Search, filters and order as one GET form; ``label`` says for screen readers what is looked through.

    ``anchor`` (``#list-h``) is where the reader comes to on a page that has more above its list.
    """
    found = {"filter_form": query.form, "label": label, "reset_url": query.reset_url, "keep": query.keep}
    return found | {"anchor": anchor}


@register.inclusion_tag("components/pager.html")
def list_pager(query: ListQuery, page: KeysetPage[Any], what: str = "", anchor: str = "") -> dict[str, Any]:
    """Next and previous of a page; ``what`` says what is listed, ``anchor`` where on the page the reader comes to."""
    return {
        "next_url": list_url(query, cursor=page.next) + anchor if page.next else "",
        "previous_url": list_url(query, cursor=page.previous) + anchor if page.previous else "",
        "what": what,
    }
