"""What pages need to show a recording: whether its place is a link."""

from django import template

from practice.locations import is_link

register = template.Library()

register.filter("is_link", is_link)
