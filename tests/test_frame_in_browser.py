"""The frame in a real browser: keyboard, narrow screens, errors, and life without JavaScript."""

import pytest

from programmes.tests.factories import small_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MENU = "details.menu:last-of-type"
GALLERY = "/components/?errors&messages"
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture(autouse=True)
def _gallery_is_open(settings) -> None:
    settings.DEBUG = True


def is_open(page) -> bool:
    return page.locator(MENU).evaluate("menu => menu.open")


def test_menu_opens_by_key_and_closes_on_escape_or_a_press_outside(open_page) -> None:
    page = open_page()
    page.goto("/help/")
    page.locator(f"{MENU} summary").focus()
    page.keyboard.press("Enter")
    assert is_open(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.mouse.click(5, 600)
    assert not is_open(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_errors_take_the_focus_and_lead_to_their_field(open_page, scripts: bool) -> None:
    page = open_page(scripts=scripts, language="en")
    page.goto(GALLERY)
    page.locator(".error-summary:focus").wait_for()
    page.locator(".error-summary a").first.click()
    page.locator("#id_reference:focus, #id_reference:target").wait_for()


def test_colours_and_language_work_without_scripts(open_page) -> None:
    page = open_page(scripts=False, language="en")
    page.goto("/help/?from=test")
    page.locator(f"{MENU} summary").click()
    page.locator("button[value=dark]").click()
    page.locator("html[data-bs-theme=dark]").wait_for()
    page.locator(f"{MENU} summary").click()
    page.locator("button[value=da]").click()
    page.locator("html[lang=da]").wait_for()
    assert page.url.endswith("/help/?from=test")


def test_nothing_goes_sideways_at_320_pixels_nor_is_refused_by_the_policy(open_page) -> None:
    page = open_page(width=320)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for address in (GALLERY, "/help/", "/privacy/", "/accessibility/", "/accounts/login/"):
        page.goto(address, wait_until="networkidle")
        assert not page.evaluate(SIDEWAYS), address
        for menu in page.locator("details.menu").all():
            menu.locator("summary").click()
            assert not page.evaluate(SIDEWAYS), address
    assert complaints == []


def test_nothing_is_fetched_from_elsewhere_and_little_from_here(open_page, live_server) -> None:
    page = open_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto("/accounts/login/", wait_until="networkidle")
    assert [url for url in sizes if not url.startswith(live_server.url)] == []
    assert sum(size for url, size in sizes.items() if "/fonts/" not in url) < 150_000


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [320, 390])
def test_several_hats_take_two_lines_on_a_phone_and_are_changed_in_the_menu(
    open_page, width: int, scripts: bool
) -> None:
    cast = small_programme()
    person = cast.member("coordinator", language="en", email="hats@example.org", name="Wilhelmina Featherstonehaugh")
    for role in ("peer_coach", "group_leader"):
        cast.member(role, person=person)
    person.set_password("four-places-round-the-table")
    person.save()
    page = open_page(width=width, scripts=scripts, language="en")
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill("hats@example.org")
    page.get_by_label("Password").fill("four-places-round-the-table")
    page.get_by_role("button", name="Sign in").click()
    page.locator(".topnav").wait_for()
    assert page.locator(".topbar").bounding_box()["height"] <= 110
    page.locator(".menu-word").click()
    page.get_by_role("link", name="Peer coach").click()
    page.locator(".menu-word small", has_text="Peer coach").wait_for()
    assert page.locator(".topbar").bounding_box()["height"] <= 110
    more = page.locator(".topnav-more summary")
    more.click()
    assert page.locator(".topnav-more").get_by_role("link", name="Goals").is_visible()
    assert page.locator(".topnav").get_by_role("link", name="Goals").count() == 1
    assert not page.evaluate(SIDEWAYS)
