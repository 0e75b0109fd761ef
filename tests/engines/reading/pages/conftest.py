"""The national lexicon, and a page read to facts."""

from collections.abc import Callable

import pytest

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.reading.pages.records import Fact
from openzone.packs.reading import reading

Read = Callable[[str], list[Fact]]


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return reading()


@pytest.fixture(scope="session")
def read(lexicon: Lexicon) -> Read:
    """Read a page that appeared in July 2023 and return its facts, names left out."""

    def facts(page: str) -> list[Fact]:
        found = read_page(page, lexicon, PageDate(2023, 7)).facts
        return [fact for fact in found if fact.source == "fact"]

    return facts
