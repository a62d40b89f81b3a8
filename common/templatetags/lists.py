"""Addresses of a list's pages, orders and filters."""

from django import template

from common.list_query import ListQuery

register = template.Library()


@register.simple_tag
def list_url(query: ListQuery, **changes: str) -> str:
    """The same list with changes: ``{% list_url list cursor=page.next %}``, ``sort="name"``, ``q=""``."""
    return f"?{query.query_string(**changes)}"
