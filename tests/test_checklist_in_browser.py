"""Filling in a checklist in a real browser: digits, drafts while answering, two windows, no script needed."""

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.tests.factories import PASSWORD
from checklists.models import Answer, Evaluation
from checklists.tests.factories import EvaluationFactory, published
from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft():
    translation.activate("en")
    cast = small_programme()
    leader = cast.member("group_leader", language="en")
    return EvaluationFactory(version=published(cast.programme, words=("proud",)), person=leader, state="draft")


def signed_in(open_page, draft, **options):
    page = open_page(language="en", **options)
    path = reverse("checklists:fill", args=[draft.pk])
    page.goto(f"{reverse('account_login')}?next={path}")
    page.fill("[name=login]", draft.person.email)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"**{path}")
    return page


def test_digits_answer_and_go_on_and_the_count_follows(open_page, draft) -> None:
    page = signed_in(open_page, draft)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.locator(".item input").first.focus()
    for digit in "120":
        page.keyboard.press(digit)
    assert page.locator("[data-answered]").text_content() == "3"
    page.locator("[data-saved]", has_text="Draft saved at").wait_for()
    given = Answer.objects.order_by("item__section__order", "item__order").values_list("value", "not_applicable")
    assert list(given) == [(1, False), (0, False), (None, True)]
    page.locator("button[value=finish]").click()
    page.locator("h2", has_text="By section").wait_for()
    assert Evaluation.objects.get().state == "submitted"
    assert complaints == []


def test_a_digit_in_a_comment_is_a_digit(open_page, draft) -> None:
    page = signed_in(open_page, draft)
    page.locator(".item summary").first.click()
    page.locator(".item textarea").first.press_sequentially("At 12")
    assert page.locator(".item textarea").first.input_value() == "At 12"
    assert page.locator(".item input:checked").count() == 0


def test_a_press_right_after_an_answer_is_no_conflict_with_oneself(open_page, draft) -> None:
    page = signed_in(open_page, draft)
    page.locator(".item label").first.click()
    page.locator("[data-saved]", has_text="Draft saved at").wait_for()
    page.locator(".item label").nth(1).click()
    page.locator("button[value=draft]").click()
    page.locator(".alert-success").wait_for()
    assert Answer.objects.get().value == 0


def test_two_windows_are_told_and_lose_nothing(open_page, draft) -> None:
    one, two = signed_in(open_page, draft), signed_in(open_page, draft)
    one.locator(".item label").first.click()
    one.locator("[data-saved]", has_text="Draft saved at").wait_for()
    two.locator(".item label").nth(1).click()
    two.locator("[data-saved]", has_text="Another window has saved this").wait_for()
    two.locator("button[value=draft]").click()
    two.locator("h2", has_text="Two windows, two versions").wait_for()
    assert two.locator(".item input").nth(1).is_checked()
    assert Answer.objects.get().value == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_without_scripts_radios_and_buttons_do_it(open_page, draft, width: int) -> None:
    page = signed_in(open_page, draft, scripts=False, width=width)
    for item in page.locator(".item").all():
        item.locator("label").first.click()
    page.locator("button[value=finish]").click()
    page.locator("h2", has_text="By section").wait_for()
    assert list(Answer.objects.values_list("value", flat=True)) == [1, 1, 1]


def test_it_fits_a_narrow_screen(open_page, draft) -> None:
    page = signed_in(open_page, draft, width=320)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_on_a_phone_the_way_to_the_first_open_item_follows_and_stays_in_sight(open_page, draft) -> None:
    page = signed_in(open_page, draft, width=390)
    items, leads = page.locator(".item"), page.locator("[data-first-open]")
    assert leads.get_attribute("href") == "#" + items.nth(0).get_attribute("id")
    label = items.nth(0).locator("label").first
    assert label.bounding_box()["height"] >= 44
    label.click()
    page.locator("[data-saved]", has_text="Draft saved at").wait_for()
    leads.click()
    assert page.url.endswith("#" + items.nth(1).get_attribute("id"))
    page.mouse.wheel(0, 10_000)
    assert leads.bounding_box()["y"] >= 0
    for place in (1, 2):
        items.nth(place).locator("label").first.click()
    assert leads.is_hidden()
    assert page.locator("[data-answered]").text_content() == "3"
