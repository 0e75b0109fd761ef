from collections.abc import Callable

import pytest

from openzone.zone.cases.services.types import publish
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.zone.cases.kinds import definition
from tests.zone.cases.people import NOW, People, populate


@pytest.fixture
def people(make_user: Callable[..., User], committee: Unit) -> People:
    """The people of a small zone, with a case type published."""
    publish(actor=TESTS, mapping=definition(), now=NOW)
    return populate(make_user, committee)
