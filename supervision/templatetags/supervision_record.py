"""Fields of a record, drawn as the house draws fields; quick, since a record has a hundred of them."""

from typing import Any

from django import template
from django.forms import BoundField, RadioSelect
from django.forms.boundfield import BoundWidget
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from common.templatetags.ui import described_by

register = template.Library()


@register.simple_tag
def record_field(field: BoundField, shape: str = "") -> SafeString:
    """One field with label, need, help, error; ``shape="choices"`` sets radios in one row."""
    if field.is_hidden:
        return mark_safe(str(field))
    inline = shape or ("choices" if type(field.field.widget) is RadioSelect else "")
    return mark_safe(get_template("bootstrap5/field.html").render({"field": field, "inline_class": inline}))


@register.filter
def record_input(field: BoundField, css: str) -> SafeString:
    """The bare input of a row whose label stands elsewhere, or in words for screen readers."""
    attrs: dict[str, Any] = {"class": f"{css} is-invalid" if field.errors else css}
    if css != "form-select":
        attrs["aria-label"] = str(field.label)
    if ids := described_by(field):
        attrs["aria-describedby"] = ids
    return field.as_widget(attrs=attrs)


@register.filter
def record_radio(option: BoundWidget) -> SafeString:
    """One radio of a choice whose options stand in rows."""
    option.data["attrs"]["class"] = "form-check-input"
    option.data["wrap_label"] = False
    return option.tag(wrap_label=False)
