import pytest

from openzone.engines.identity.divisions import Divisions
from openzone.engines.identity.industries import Industries
from openzone.engines.identity.names import NameSplitter
from openzone.packs import tables


@pytest.fixture
def divisions() -> Divisions:
    return tables.load_divisions()


@pytest.fixture
def industries() -> Industries:
    return tables.load_industries()


@pytest.fixture
def splitter() -> NameSplitter:
    return tables.load_name_splitter()
