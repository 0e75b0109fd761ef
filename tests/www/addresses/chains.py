"""Industrial chains."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import Address, get

if TYPE_CHECKING:
    from tests.www.conftest import Zone

ADDRESSES: tuple[Address, ...] = (get("chains", 200, 200, 403, 403),)


def numbers(zone: "Zone") -> dict[str, int]:
    """Add the records these addresses need."""
    return {}
