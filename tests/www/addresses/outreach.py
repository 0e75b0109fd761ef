"""Consent, pushes, funnel, coverage, live sessions."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import Address

if TYPE_CHECKING:
    from tests.www.conftest import Zone

ADDRESSES: tuple[Address, ...] = ()


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    return {}
