"""What every test may rely on: rows of migrations come back, limits start afresh, services where there are any."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM += ["--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits empties all tables: give back the rows that migrations made, before each such test."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        commits = {"transactional_db", "live_server"}.intersection(fixtures)
        if commits or (mark and mark.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.fixture(autouse=True)
def _limits_start_afresh() -> None:
    """Sign-in limits of one test do not count in the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _tests_speak_english() -> Iterator[None]:
    """A page that one test opened leaves its language behind; the next test begins in English again."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def redis_url() -> str:
    """The server that `script/test` found; the test keeps to keys of its own."""
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        pytest.skip("no Redis: run script/test, or set TEST_REDIS_URL")
    return url


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    path = os.environ.get("TEST_BROWSER") or shutil.which("chromium")
    if not path:
        pytest.skip("no browser: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; the tests' own queries beside it are meant.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """A function that opens a page of a new visitor on the test's own server: width in pixels, scheme, language."""
    contexts = []

    def new(*, width: int = 1280, dark: bool = False, language: str = "nb", scripts: bool = True) -> Any:
        context = chromium.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=language,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield new
    for context in contexts:
        context.close()


@pytest.fixture
def own_redis(redis_url: str) -> Iterator[str]:
    """The server's address with a prefix of this test's own; its keys are gone afterwards, nothing is flushed."""
    import redis

    prefix = f"test-{os.getpid()}-{secrets.token_hex(4)}-"
    yield f"{redis_url}?prefix={prefix}"
    with redis.Redis.from_url(redis_url) as server:
        for key in server.scan_iter(f"{prefix}*"):
            server.delete(key)
