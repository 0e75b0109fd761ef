"""From a policy to the unit that answers for it. What leads nowhere goes to the service centre."""

from typing import NamedTuple

from openzone.zone.people.models import Unit
from openzone.zone.policies.models import Document, Item


class Route(NamedTuple):
    """The unit that answers and those that add their part; without a unit, the service centre."""

    lead: Unit | None
    others: tuple[Unit, ...] = ()


def route(document: Document | None, item: Item | None) -> Route:
    """Return who answers for an item (its responsible unit) or a document (its lead unit).

    The other units that issued a joint document get a part each (多部门制定的由牵头部门组织).
    """
    if item is not None:
        document = item.document
    issuers = _issuers(document) if document is not None else []
    owner = item.owner if item is not None else None
    lead = owner or next(iter(issuers), None)
    return Route(lead, tuple(unit for unit in issuers if unit != lead))


def _issuers(document: Document) -> list[Unit]:
    """Return the issuers that are units of this zone, the lead unit first."""
    issuers = document.issuers.select_related("unit").order_by("-leads", "id")
    return [issuer.unit for issuer in issuers if issuer.unit is not None]
