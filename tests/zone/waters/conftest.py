import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import Unit
from tests.zone.waters.river import River, river


@pytest.fixture
def at(actor: Actor, office: Unit) -> River:
    return river(actor, office)
