"""Forms of the house: one crispy helper, and the version that a page was opened with.

::

    class GoalForm(VersionedForm):
        text = WordsField(label=_("Goal"))

        @property
        def helper(self) -> FormHelper:
            return house_helper("text", submit=_("Save the goal"), cancel=reverse("goals"))
"""

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from crispy_forms.bootstrap import FormActions
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject, Submit
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from common.errors import Conflict

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    Words = str | StrPromise


def house_helper(
    *layout: Any,
    submit: "Words" = "",
    others: Mapping[str, "Words"] | None = None,
    cancel: str = "",
    action: str = "",
    method: str = "post",
    form_id: str = "",
    attrs: Mapping[str, Any] | None = None,
) -> FormHelper:
    """The crispy helper of every form: fields in ``layout`` (all, in their order, when it is empty), then buttons.

    ``submit`` is a verb with its object ("Save draft"); without it the template writes ``<form>`` and buttons
    itself. ``others`` are further buttons by name (``{"finish": _("Mark as held")}``), ``cancel`` the address to
    go back to. Hidden fields come along unasked.
    """
    helper = FormHelper()
    helper.form_tag = bool(submit)
    helper.form_method = method
    helper.form_action = action
    helper.form_id = form_id
    helper.attrs = {"novalidate": "", **(attrs or {})}
    helper.disable_csrf = not submit
    helper.include_media = False
    helper.render_hidden_fields = True
    parts = list(layout) or [AllFields()]
    if submit:
        parts.append(FormActions(*_buttons(submit, others or {}), *([Link(cancel)] if cancel else [])))
    helper.layout = Layout(*parts)
    return helper


def _buttons(submit: "Words", others: Mapping[str, "Words"]) -> list[Submit]:
    buttons = [Submit("save", submit)]
    for name, words in others.items():
        button = Submit(name, words)
        button.field_classes = "btn btn-secondary"
        buttons.append(button)
    return buttons


class AllFields(LayoutObject):
    """Every visible field of the form, in the form's order."""

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The fields' HTML."""
        visible = [field.name for field in form.visible_fields()]
        return SafeString("".join(render_field(name, form, context, template_pack=template_pack) for name in visible))


class Link(LayoutObject):
    """A way out beside the buttons."""

    def __init__(self, url: str, words: "Words" = "", **attrs: str) -> None:
        self.url = url
        self.words = words or _("Cancel")
        self.attrs = {"class": "btn btn-secondary", **attrs}

    def render(
        self, form: forms.BaseForm, context: Any, template_pack: Any = TEMPLATE_PACK, **kwargs: Any
    ) -> SafeString:
        """The link's HTML."""
        return format_html('<a href="{}"{}>{}</a>', self.url, flatatt(self.attrs), self.words)


class VersionField(forms.IntegerField):
    """The version of a row that a page was opened with, sent back with the form."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "required": True, **kwargs})


class VersionedForm(forms.Form):
    """A form that knows which version of its row it was opened with; the action compares, under its lock.

    ``version`` is the row's version now. A bound form keeps the version that came back with it, in
    ``seen_version``; to save over a newer text on purpose, :meth:`accept_version` renews it for the next try.
    """

    def __init__(self, *args: Any, version: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"] = VersionField(initial=version)

    @property
    def seen_version(self) -> int:
        """The version that the page showed; only after the form was found valid."""
        return int(self.cleaned_data["version"])

    def accept_version(self, version: int) -> None:
        """Let the next press of the button save over ``version``, which the reader now sees."""
        data: Any = copy(self.data)  # a QueryDict's copy can be written to
        data[self.add_prefix("version")] = str(version)
        self.data = data


def require_version(*, seen: int, now: int) -> None:
    """Raise :class:`Conflict` (code ``stale``) when the row has moved on since the page was opened."""
    if seen != now:
        raise Conflict(_("The text was saved in another window in the meantime. Choose what to keep."), code="stale")
