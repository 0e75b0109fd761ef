"""Industrial chains: the board, one chain read, compared, varied; heads; other zones."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.services.peers import import_peer
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.chains.placed import CHAIN, name_leader, put_all

if TYPE_CHECKING:
    from tests.www.conftest import Zone

READ, CHOOSE, WRITE = (200, 200, 403, 403), (200, 403, 403, 403), (200, 200, 403, 403)
CHOSEN, DONE = (302, 403, 403, 403), (302, 302, 403, 403)
UNCHOSEN, WRONG, GONE = (400, 403, 403, 403), (400, 400, 403, 403), (404, 404, 403, 403)
OF = {"chain": CHAIN}
HEAD = {"head": "示例副市长", "unit": "office", "on": "2026-03-02", "seen": "0"}

ADDRESSES: tuple[Address, ...] = (
    get("chains", *READ),
    get("chains", *READ, query="?sort=coverage"),
    post("chains_export", *READ),
    get("chain_find", *READ, query="?q=磷酸铁锂"),
    get("chain_peers", *READ),
    get("chain_peer_new", *WRITE),
    post("chain_peer_new", *WRONG, data={"peer": "示例邻区", "chain": CHAIN}),
    post("chain_peer_export", *READ, pk="{c_list}"),
    post("chain_peer_export", *GONE, pk=NOWHERE),
    post("chain_peer_withdraw", *DONE, pk="{c_list}"),
    post("chain_peer_withdraw", *GONE, pk=NOWHERE),
    get("chain", *READ, **OF),
    get("chain", *READ, query="?show=fill&known=2026-03-01", **OF),
    get("chain", 400, 400, 403, 403, query="?known=yesterday", **OF),
    get("chain", *GONE, chain="no-such-chain"),
    post("chain", *READ, **OF),
    get("chain_picture", *READ, **OF),
    post("chain_picture", *READ, **OF),
    post("chain_file", *READ, kind="excel", **OF),
    post("chain_file", *GONE, kind="stone", **OF),
    get("chain_compare", *READ, **OF),
    get("chain_compare", *READ, query="?first=peer-{c_list}&second_on=2026-06-01", **OF),
    get("chain_compare", *WRONG, query="?first=peer-999999999999999999999", **OF),
    post("chain_compare_export", *READ, **OF),
    post("chain_compare_export", *GONE, data={"first": "moon"}, **OF),
    get("chain_whatif", *READ, **OF),
    get("chain_whatif", *READ, query="?add=示例新厂:cathode&lose={c_firm}", **OF),
    get("chain_whatif", *WRONG, query="?add=示例新厂:moon", **OF),
    get("chain_whatif", *WRONG, query="?what=move&firm=x&to=y", **OF),
    get("chain_whatif", *DONE, query="?what=add&firm=示例新厂&to=正极材料", **OF),
    get("chain_focus", *CHOOSE, **OF),
    post("chain_focus", *CHOSEN, data=HEAD, **OF),
    post("chain_focus", *UNCHOSEN, data={**HEAD, "on": "2099-01-01"}, **OF),
    get("chain_focus_end", 404, 403, 403, 403, **OF),
    post("chain_focus_end", 404, 403, 403, 403, **OF),
    get("chain_node", *READ, node="cathode", **OF),
    get("chain_node", *GONE, node="moon", **OF),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Add the records these addresses need."""
    actor = Actor.system("tests")
    firms = put_all(zone.clerk, place=zone.park)
    name_leader(zone.clerk, firms["示例电芯甲有限公司"])
    listing = import_peer(
        actor=actor, user=zone.clerk, now=timezone.now(), peer="示例邻区", chain=CHAIN,
        source="示例年鉴2025", as_of=timezone.localdate().replace(month=1, day=1),
        file_name="邻区.csv", synthetic=True,
        data="企业名称,链条环节\n邻区正极公司,正极材料\n邻区电芯公司,电芯\n".encode(),
    )  # fmt: skip
    return {"c_list": listing.pk, "c_firm": firms["示例前驱体有限公司"].pk}
