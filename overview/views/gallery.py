"""The components in one place, for those who build pages. Only in development."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from common.fields import read_by
from common.templatetags.ui import undo_tag


class SampleForm(forms.Form):
    """One field of each sort, to look at."""

    reference = forms.CharField(label=_("Where it lies"), help_text=_("Name of the store, group and meeting."))
    made = forms.DateField(label=_("Recorded on"), help_text=_("Day, month, year"))
    kind = forms.ChoiceField(label=_("What it shows"), choices=[("", "–"), ("group", _("A group meeting"))])
    length = forms.ChoiceField(
        label=_("Length"), choices=[("90", "90"), ("120", "120")], widget=forms.RadioSelect, required=False
    )
    purposes = forms.MultipleChoiceField(
        label=_("May be used for"),
        choices=[("supervision", _("Supervision")), ("review", _("Certification review"))],
        widget=forms.CheckboxSelectMultiple,
    )
    remark = forms.CharField(label=_("Remark"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    told = forms.BooleanField(label=_("Everybody in the picture has been asked"))
    paper = forms.FileField(label=_("The signed paper"), required=False)
    read_by(remark, _("Read by you and Ingrid Moen"))


class AnswerForm(forms.Form):
    """One question with few answers of equal rank."""

    answer = forms.ChoiceField(
        label=_("The leader let the parents speak first"),
        choices=[("1", _("Seldom")), ("2", _("Sometimes")), ("3", _("Mostly"))],
        widget=forms.RadioSelect,
    )


class FilterForm(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label=_("Name of a coach or a group leader"), required=False)
    order = forms.ChoiceField(label=_("Order"), choices=[("name", _("Name"))], required=False)


PLACES = [
    {"number": 1, "state": "filled", "name": "Ingrid Moen", "url": "#", "since": _("Filled since August 2025")},
    {"number": 2, "state": "away", "name": "Jonas Haugland", "url": "#", "since": _("You are away until 15 January")},
    {"number": 3, "state": "cover", "name": "Máret Utsi", "url": "#", "since": _("Cover for Kjell Bråten")},
    {"number": 4, "state": "empty", "name": "", "since": _("The coordinator sees that you have room.")},
]


FRAME = {
    "place_line": "De Utrolige Årene · Solvik",
    "nav": [
        {"url": "#", "label": _("Today"), "current": True, "count": 3, "count_label": _("things wait for you")},
        {"url": "#", "label": _("Sessions")},
        {"url": "#", "label": _("My four places")},
        {"url": "#", "label": _("Checklists")},
        {"url": "#", "label": _("My certification")},
    ],
    "hats": [
        {"url": "#", "label": _("Peer coach"), "current": True},
        {"url": "#", "label": _("Coordinator"), "current": False},
    ],
    "worn_role": _("Peer coach"),
}


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component with sample values; 404 outside development."""
    if not settings.DEBUG:
        raise Http404
    if "messages" in request.GET:
        messages.success(request, _("The session is moved to Thursday."), extra_tags=undo_tag("/components/"))
        messages.warning(request, _("Nobody has confirmed yet."))
    bound = SampleForm({"made": "24.13.2026"}) if "errors" in request.GET else SampleForm()
    context = FRAME | {
        "sample_form": bound,
        "places": PLACES,
        "closed": [*PLACES[:3], {"number": 4, "state": "closed", "name": "", "since": ""}],
        "pair": [{"name": "Ada", "url": "#", "note": _("You")}, {"name": "Bo", "url": "#", "note": _("Your partner")}],
        "statuses": ["done", "yours", "wait", "late", "shut", "none"],
        "answer_form": AnswerForm(initial={"answer": "2"}),
        "filter_form": FilterForm(),
    }
    return render(request, "components/gallery.html", context)
