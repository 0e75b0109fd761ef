"""Review meetings in three cadences, decisions, task forces."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import Address

if TYPE_CHECKING:
    from tests.www.conftest import Zone

ADDRESSES: tuple[Address, ...] = ()


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    return {}
