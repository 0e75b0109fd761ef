"""A town with papers and promises, for the desks of its people."""

import pytest

from tests.zone.community.town import Town, build


@pytest.fixture
def town(db: None) -> Town:
    return build()
