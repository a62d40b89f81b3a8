"""Filling in the pages of sessions as a person would, for tests."""

import datetime as dt
from typing import Any

import time_machine
from django.urls import reverse

from accounts.models import User
from supervision.models import SupervisionSession


def plan(app: Any, user: User, rule_id: int, day: str = "26.11.2026", **fields: Any) -> SupervisionSession:
    """Plan a session by its page, with what the page proposes and `fields` beside."""
    page = app.get(f"{reverse('supervision:plan')}?rule={rule_id}", user=user)
    form = page.forms[_form_with(page, "day")]
    form["day"], form["time"] = day, "13:00"
    _fill(form, fields)
    answer = form.submit()
    assert answer.status_code == 302, answer.html.find(class_="error-summary")
    return SupervisionSession.objects.latest("pk")


def record_form(app: Any, user: User, session: SupervisionSession) -> Any:
    """The form of the record's page."""
    page = app.get(reverse("supervision:record", args=[session.pk]), user=user)
    return page.forms[_form_with(page, "revision")]


def fill(form: Any, session: SupervisionSession, answers: dict[str, Any]) -> None:
    """Fill in every field whose name holds a key of `answers` as a part; ticks "done" on all steps."""
    for name in [name for name in form.fields if name]:
        if name.endswith("-done"):
            form[name] = True
    for part, value in answers.items():
        names = [name for name in form.fields if name and part in name]
        assert names, f"no field with {part} in {sorted(filter(None, form.fields))}"
        for name in names:
            form[name] = value


def hold(app: Any, user: User, session: SupervisionSession, answers: dict[str, Any]) -> SupervisionSession:
    """Two hours after it began: fill in the record, mark it as held."""
    with time_machine.travel(session.starts_at + dt.timedelta(hours=2), tick=False):
        form = record_form(app, user, session)
        fill(form, session, answers)
        answer = form.submit("do", value="finish")
        assert answer.status_code == 302, answer.html.find(class_="error-summary")
    session.refresh_from_db()
    return session


def _form_with(page: Any, field: str) -> Any:
    return next(key for key, form in page.forms.items() if field in form.fields)


def _fill(form: Any, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        if isinstance(value, list):  # tick boxes by value
            for box in form.fields[name]:
                box.checked = box._value in [str(one) for one in value]
        else:
            form[name] = value
