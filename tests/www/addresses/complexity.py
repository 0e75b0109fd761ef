"""Economic complexity: studies, one study, the rows behind it, files."""

from typing import TYPE_CHECKING

from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.chains.complexities import put_study

if TYPE_CHECKING:
    from tests.www.conftest import Zone

READ, WRITE, GONE = (200, 200, 403, 403), (200, 200, 403, 403), (404, 404, 403, 403)
DONE, WRONG = (302, 302, 403, 403), (400, 400, 403, 403)
OF = {"pk": "{x_study}"}
PLACE = "?place=%E7%A4%BA%E4%BE%8B%E7%94%B2%E5%B8%82"

ADDRESSES: tuple[Address, ...] = (
    get("chain_complexity", *READ),
    get("chain_study_new", *WRITE),
    post("chain_study_new", *WRONG, data={"title": "示例", "least_place": "-1"}),
    get("chain_study", *READ, **OF),
    get("chain_study", *READ, query=f"{PLACE}&least_place=1", **OF),
    get("chain_study", *WRONG, query="?place=nowhere", **OF),
    get("chain_study", *WRONG, query="?least_place=many", **OF),
    get("chain_study", *WRONG, query="?least_product=999999", **OF),
    get("chain_study", *GONE, pk=NOWHERE),
    post("chain_study", *READ, **OF),
    get("chain_study_flows", *READ, query=f"{PLACE}&special=1", **OF),
    get("chain_study_flows", *READ, query="?product=%E7%94%B5%E8%8A%AF", **OF),
    get("chain_study_flows", *GONE, query="?least_place=999999", **OF),
    post("chain_study_export", *READ, kind="places", **OF),
    post("chain_study_export", *GONE, kind="opportunities", **OF),
    post("chain_study_export", *GONE, kind="stone", **OF),
    post("chain_study_withdraw", *DONE, **OF),
    post("chain_study_withdraw", *GONE, pk=NOWHERE),
)


def numbers(zone: "Zone") -> dict[str, int]:
    """Add the study these addresses need."""
    return {"x_study": put_study(zone.clerk).pk}
