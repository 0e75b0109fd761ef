"""The town of these tests."""

import pytest

from tests.zone.community.town import Town, build


@pytest.fixture
def town(db: None) -> Town:
    return build()
