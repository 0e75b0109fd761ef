"""A real Chromium against a live server, with nothing allowed to go wrong in its console."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error, Page, expect

from openzone.zone.people.models import User

CHROMIUM = Path("/usr/bin/chromium")
SHOTS = Path("test-results")
BROWSER_FIXTURES = {"page", "browser", "context", "browser_page"}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
ACCESSIBILITY = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
}
# At the top: a link halfway under the bar that stays there is small only until one scrolls.
MENU = """() => {
    scrollTo(0, 0);
    return innerWidth + (document.querySelector("#side")?.innerText ?? "");
}"""
BESIDE_MENU = {"exclude": [["#side"]]}
Asked = TypeVar("Asked")
NO_CHROMIUM = "CHROMIUM IS NOT INSTALLED: browser tests are SKIPPED (tests/install-system.sh)"

# Playwright keeps an event loop in the main thread; Django would refuse to query beside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=15_000)


def once_there(page: Page, ask: Callable[[], Asked]) -> Asked:
    """What ``ask`` finds on the page one is going to, once that page is there whole.

    A click returns when the next page has begun, which may have no document yet; and a busy
    machine now and then captures nothing the first time.
    """
    page.wait_for_load_state("load")
    try:
        return ask()
    except Error:
        page.wait_for_load_state("load")
        return ask()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark browser tests, and run them last: their event loop would stay under the others."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": str(CHROMIUM), "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {
        "locale": "zh-CN",
        "timezone_id": "Asia/Shanghai",
        "viewport": {"width": 1440, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def console_errors() -> list[str]:
    """What the browser complained about; a test that provokes an error clears it."""
    return []


@pytest.fixture
def browser_page(page: Page, live_server: Any, console_errors: list[str]) -> Iterator[Page]:
    """A page that fails its test on console errors, CSP violations and requests to elsewhere.

    ``page.goto("/path")`` needs the whole address: ``live_server.url + "/path"``.
    """

    def console(message: Any) -> None:
        if message.type == "error":
            console_errors.append(f"{page.url}: {message.text}")

    def request(sent: Any) -> None:
        if not sent.url.startswith((live_server.url, "data:", "blob:")):
            console_errors.append(f"{page.url}: asked {sent.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: console_errors.append(f"{page.url}: {error}"))
    page.on("request", request)
    yield page
    assert console_errors == []


@pytest.fixture
def login_as(live_server: Any) -> Callable[[Page, User], None]:
    """``login_as(page, user)``: give the browser that user's session."""

    def login(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )

    return login


@pytest.fixture
def assert_accessible() -> Callable[[Page], None]:
    """``assert_accessible(page)``: no violation of WCAG 2.2 A or AA that axe can find.

    The main menu is half of many pages: a test looks at it once for each way it stands there.
    """
    seen: set[str] = set()

    def check(page: Page) -> None:
        menu = once_there(page, lambda: page.evaluate(MENU))
        context = BESIDE_MENU if menu in seen else None
        results = once_there(page, lambda: Axe().run(page, context, options=ACCESSIBILITY))
        assert results.violations_count == 0, results.generate_report()
        seen.add(menu)

    return check


@pytest.fixture
def shot() -> Callable[[Page, str], Path]:
    """``shot(page, name)``: keep a picture of the whole page in ``test-results/``."""

    def take(page: Page, name: str) -> Path:
        path = SHOTS / f"{name}.png"
        once_there(page, lambda: page.screenshot(path=path, full_page=True))
        return path

    return take
