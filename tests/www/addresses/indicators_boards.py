"""Boards of figures: today, targets, peers, chains, parks, papers of meetings."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.indicators import boards_world

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# People of the zone look; statisticians and the centre set targets, and none of them visits here;
# handlers make papers.
ZONE, NONE = (200, 200, 403, 403), (403, 403, 403, 403)
GONE, WRONG = (404, 404, 403, 403), (400, 400, 403, 403)
HANDS = (403, 200, 403, 403)
HERE = "zone={brd_zone}"
CHOSEN = "period=2026-01/2026-05&indicators=industrial_output&indicators=credit_index"

ADDRESSES: tuple[Address, ...] = (
    get("figure_board", *ZONE, query=f"?{HERE}"),
    get("figure_board", *ZONE, query=f"?{HERE}&as_of=2026-06-30&known=2026-06-30"),
    get("figure_board", *WRONG, query="?known=someday"),
    post("figure_board_export", 200, 200, 403, 403, data={"zone": "{brd_zone}"}),
    get("figure_board_cell", *ZONE,
        query="?entity={brd_zone}&indicator=funds_in_place&what=gap&as_of=2026-06-30"),
    get("figure_board_cell", *ZONE,
        query="?entity={brd_zone}&indicator=industrial_output&what=forecast_year&as_of=2026-06-30"),
    get("figure_board_cell", *ZONE,
        query="?entity={brd_zone}&indicator=industrial_output&what=month&as_of=2026-06-30"),
    get("figure_board_cell", *GONE, query="?entity={brd_zone}&indicator=luck&what=gap"),
    get("figure_board_targets", *ZONE, query=f"?{HERE}&as_of=2026-06-30"),
    get("figure_board_targets", *ZONE,
        query=f"?{HERE}&as_of=2026-06-30&line={{brd_zone}}-funds_in_place&pace=20亿元"),
    get("figure_board_targets", *WRONG, query="?line=nobody"),
    post("figure_board_targets_export", 200, 200, 403, 403),
    get("figure_board_target_new", *NONE),
    post("figure_board_target_new", *NONE),
    get("figure_board_target", *ZONE, pk="{brd_target}"),
    get("figure_board_target", *GONE, pk=NOWHERE),
    get("figure_board_target_withdraw", *NONE, pk="{brd_target}"),
    get("figure_board_peers", *ZONE, query=f"?{HERE}&indicator=industrial_output"),
    get("figure_board_peers", *GONE, query="?indicator=luck"),
    post("figure_board_peers_export", 200, 200, 403, 403, data={"zone": "{brd_zone}"}),
    get("figure_board_chains", *ZONE, query="?chain=lithium_battery"),
    post("figure_board_chains_export", 200, 200, 403, 403),
    get("figure_board_parks", *ZONE, query=f"?{HERE}&period=2026-01/2026-05"),
    post("figure_board_parks_export", 200, 200, 403, 403, data={"zone": "{brd_zone}"}),
    get("figure_board_packs", *ZONE),
    get("figure_board_pack_new", *HANDS),
    get("figure_board_pack_new", *HANDS, query=f"?{HERE}&{CHOSEN}"),
    get("figure_board_pack_new", 403, 400, 403, 403, query="?period=soon"),
    post("figure_board_pack_new", 403, 302, 403, 403, data={
        "zone": "{brd_zone}", "period": "2026-01/2026-05", "indicators": "industrial_output"}),
    post("figure_board_pack_new", 403, 400, 403, 403, data={
        "zone": "{brd_zone}", "period": "2020-01/2020-05", "indicators": "gdp"}),
    get("figure_board_pack", *ZONE, pk="{brd_pack}"),
    get("figure_board_pack", *GONE, pk=NOWHERE),
    get("figure_board_pack_compare", *ZONE, pk="{brd_pack}"),
    get("figure_board_pack_compare", *ZONE, pk="{brd_pack}", query="?with={brd_pack}"),
    post("figure_board_pack_file", 200, 200, 403, 403, pk="{brd_pack}", kind="word"),
    post("figure_board_pack_file", 200, 200, 403, 403, pk="{brd_pack}", kind="pdf"),
    post("figure_board_pack_file", 200, 200, 403, 403, pk="{brd_pack}", kind="excel"),
    post("figure_board_pack_file", *GONE, pk="{brd_pack}", kind="poem"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    made = boards_world.world(Actor.system("tests"), zone.clerk, timezone.localdate())
    return {f"brd_{name}": row.pk for name, row in made._asdict().items()}
