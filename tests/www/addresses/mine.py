"""What an enterprise is entitled to; the calculator for everybody."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import NOWHERE, Address, get

if TYPE_CHECKING:
    from tests.www.conftest import Zone


def calculator(status: int, **answers: str) -> Address:
    return Address("calculator", (status,) * 4, {}, "", "POST", answers, anonymous=status)


ADDRESSES: tuple[Address, ...] = (
    get("my_policies", 200, 200, 302, 200),
    get("enterprise_policies", 200, 200, 200, 403, pk="{near}"),
    get("enterprise_policies", 404, 404, 404, 404, pk=NOWHERE),
    Address("calculator", (200,) * 4, anonymous=200),
    calculator(200, industry="C3841", employees="120", revenue_y1="2000万"),
    calculator(400, revenue_y1="许多"),
)


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    return {}
