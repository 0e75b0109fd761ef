"""Numbers with the rows behind them."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode


class Cell(NamedTuple):
    """A number and its rows; ``of`` is what it is a part of, ``shown`` the share."""

    number: int
    href: str
    of: int | None = None
    shown: str = ""


def address(name: str, *args: object, **asked: str) -> str:
    """Return an address with what is asked of it; empty values are left out."""
    given = {key: value for key, value in asked.items() if value}
    page = reverse(name, args=list(args))
    return f"{page}?{urlencode(given)}" if given else page
