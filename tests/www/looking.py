"""How journeys look at a page: at both widths, accessible, with a picture to look at."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

from openzone.zone.people.models import User

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}

Login = Callable[[Page, User], None]
Shot = Callable[[Page, str], Path]
Check = Callable[[Page], None]


def fits_width(page: Page, size: ViewportSize) -> None:
    """Nothing scrolls sideways, once the page has settled at the width."""
    page.set_viewport_size(size)
    fitting = "width => document.documentElement.scrollWidth <= width"
    page.wait_for_function(fitting, arg=size["width"])


def fits(page: Page, shot: Shot, name: str, check: Check) -> None:
    """Look at a page at both widths: accessible, and nothing scrolls sideways on a phone."""
    page.wait_for_load_state("load")
    page.evaluate("scrollTo(0, 0)")  # links under the fixed header would count as covered
    check(page)
    shot(page, name)
    fits_width(page, PHONE)
    shot(page, f"{name}-phone")
    page.set_viewport_size(DESK)
