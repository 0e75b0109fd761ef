"""A zone that was set up a minute ago: every page opens and says what to do."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from django.test import Client

from openzone.zone.people.models import User

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/enterprises/",
    "/mine/",
    "/rules/",
    "/imports/",
    "/people/",
    "/audit/",
    "/calendar/",
)


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_zone_has_pages_whose_headings_skip_no_level(
    admin: User, visit: Callable[[User | None], Client], path: str
) -> None:
    answer = visit(admin).get(path)
    assert answer.status_code == 200
    page = answer.content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower <= upper + 1 for upper, lower in pairwise(levels))


@pytest.mark.parametrize(("path", "words"), [("/", "导入"), ("/enterprises/", "没有找到企业")])
def test_an_empty_page_says_so(
    admin: User, visit: Callable[[User | None], Client], path: str, words: str
) -> None:
    assert words in visit(admin).get(path).content.decode()
