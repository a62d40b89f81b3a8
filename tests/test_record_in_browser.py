"""Recording a session in a real browser: typing is kept, a dead line is said, no script needed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import PASSWORD
from supervision.models import AgendaNote, RecordDraft
from supervision.tests.factories import stage_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def recording():
    """(session begun three hours ago, coach, group leader)"""
    stage = stage_of("dua")
    coach = stage.member("peer_coach", name="Ragnhild Sæther")
    ingrid = stage.member("group_leader", name="Ingrid Moen")
    stage.place(coach, ingrid, rule="peer_coach_group")
    at = timezone.now() - dt.timedelta(hours=3)
    return stage.session("peer_coach_group", coach, [ingrid], at=at), coach, ingrid


def signed_in(open_page, person, path, **options):
    page = open_page(language="en", **options)
    page.goto(f"{reverse('account_login')}?next={path}")
    page.fill("[name=login]", person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"**{path}")
    return page


def test_typing_is_kept_while_it_is_typed(open_page, recording) -> None:
    session, coach, ingrid = recording
    path = reverse("supervision:record", args=[session.pk])
    page = signed_in(open_page, coach, path)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    field = page.locator(f"[name=reflection-reflection_note-1-{ingrid.pk}]")
    field.fill("He counts to two, not to five.")
    page.locator("[data-saved]", has_text="Draft saved at").wait_for()
    draft = RecordDraft.objects.get()
    assert draft.fields[f"reflection-reflection_note-1-{ingrid.pk}"] == ["He counts to two, not to five."]
    assert not AgendaNote.objects.exists()
    page.reload()
    assert field.input_value() == "He counts to two, not to five."
    assert complaints == []


def test_a_dead_line_is_said_and_the_text_stays(open_page, recording) -> None:
    session, coach, ingrid = recording
    page = signed_in(open_page, coach, reverse("supervision:record", args=[session.pk]))
    page.route("**/record/draft/", lambda route: route.abort())
    page.locator(f"[name=reflection-reflection_note-1-{ingrid.pk}]").fill("Half a sentence")
    page.locator("[data-saved]", has_text="Nothing was saved").wait_for()


def test_without_scripts_it_is_saved_by_its_button_and_rows_are_added(open_page, recording) -> None:
    session, coach, ingrid = recording
    path = reverse("supervision:record", args=[session.pk])
    page = signed_in(open_page, coach, path, scripts=False)
    name = f"problem_solving-options-1-{ingrid.pk}"
    page.fill(f"[name={name}-0]", "Count slowly to five")
    page.locator(f"button[value='add:{name}']").click()
    page.locator(f"[name={name}-3]").wait_for()
    assert page.input_value(f"[name={name}-0]") == "Count slowly to five"
    page.fill(f"[name={name}-3]", "Talk in pairs first")
    page.locator(".savebar button[value=draft]").click()
    page.wait_for_url(f"**{path}")
    note = AgendaNote.objects.get(field="options")
    assert note.value["items"] == ["Count slowly to five", "Talk in pairs first"]


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_goes_sideways(open_page, recording, width: int) -> None:
    session, coach, _ingrid = recording
    page = signed_in(open_page, coach, reverse("supervision:record", args=[session.pk]), width=width)
    for name in ("record", "session", "print", "change", "cancel", "own"):
        page.goto(reverse(f"supervision:{name}", args=[session.pk]))
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
        assert not wide, name
