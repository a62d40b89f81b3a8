"""What every test may rely on: rows of migrations come back, limits start afresh, services where there are any."""

import gc
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM += ["--disable-component-update", "--disable-sync"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that commits empties all tables: give back the rows that migrations made, before each such test.

    Raises UsageError for a file that has such a test beside rows that its tests share.
    """
    sharing = {item.path for item in items if "shared" in getattr(item, "fixturenames", ())}
    for item in items:
        mark = item.get_closest_marker("django_db")
        fixtures = getattr(item, "fixturenames", ())
        commits = {"transactional_db", "live_server"}.intersection(fixtures)
        if commits or (mark and mark.kwargs.get("transaction")):
            if item.path in sharing:
                raise pytest.UsageError(f"{item.nodeid} commits, and its file shares rows: move it to another file")
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: Python need not look through it again and again for rubbish, a tenth of
    the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


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


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Any]]:
    """Makes rows that all tests of a file find: `shared(network, "Fjordnett")` in a fixture of the file's own scope.

    They lie in a transaction around those of the tests, so that each test finds them as they were made, and are rolled
    back after the last. Not for tests that commit.
    """
    from django.db import transaction
    from django.utils import translation

    def make(act: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        with django_db_blocker.unblock(), translation.override("en"):
            return act(*arguments, **options)

    around = transaction.atomic()
    make(around.__enter__)
    yield make
    make(transaction.set_rollback, True)
    make(around.__exit__, None, None, None)


@pytest.fixture
def redis_url() -> str:
    """The server that `script/test` found; the test keeps to keys of its own."""
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        pytest.skip("no Redis: run script/test, or set TEST_REDIS_URL")
    return url


@pytest.fixture(scope="session", autouse=True)
def _browser_before_all(request: pytest.FixtureRequest) -> None:
    """Where a browser will be driven it is started before the first test: from then on an event loop runs in this
    thread, and Django keeps other connections there than where none runs."""
    if browser_path() and any(item.get_closest_marker("browser") for item in request.session.items):
        request.getfixturevalue("chromium")


def browser_path() -> str | None:
    """Where Chromium is."""
    return os.environ.get("TEST_BROWSER") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One headless Chromium for the whole run."""
    path = browser_path()
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
def django_app(django_app: Any) -> Any:
    """Pages are read by the parser in C: theirs in Python takes a tenth of the time of tests with forms."""
    django_app.set_parser_features("lxml")
    return django_app


@pytest.fixture
def own_redis(redis_url: str) -> Iterator[str]:
    """The server's address with a prefix of this test's own; its keys are gone afterwards, nothing is flushed."""
    import redis

    prefix = f"test-{os.getpid()}-{secrets.token_hex(4)}-"
    yield f"{redis_url}?prefix={prefix}"
    with redis.Redis.from_url(redis_url) as server:
        for key in server.scan_iter(f"{prefix}*"):
            server.delete(key)
