"""Figures over time: series, batches, workbooks, the dictionary, subjects."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.services.entities import add_entity, attribute
from openzone.zone.indicators.services.figures import submit_batch
from openzone.zone.indicators.services.sheets import check_sheet
from openzone.zone.registry.models import Enterprise
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.indicators import figures_world

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# An administrator, a handler, a firm's own person, a stranger. People of the zone and of firms
# look; handlers enter; who approves is no visitor here; what a firm reported is for itself.
ALL, ZONE = (200, 200, 200, 403), (200, 200, 403, 403)
HANDS = (403, 200, 403, 403)
DONE, WRONG = (403, 302, 403, 403), (403, 400, 403, 403)
OWN, NONE = (403, 403, 200, 403), (403, 403, 403, 403)
GONE = (404, 404, 404, 403)
SERIES = {"pk": "{fig_zone}", "indicator": "industrial_output"}
ROWS = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-series": "industrial_output",
        "form-0-period": "2026-06", "form-0-value": "20亿元"}  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    get("figure_lines", *ALL),
    get("figure_lines", *ALL, query="?kind=zone&indicator=industrial_output&known=2026-01-01"),
    get("figure_lines", 400, 400, 400, 403, query="?kind=planet&known=sometime"),
    post("figure_lines_export", 403, 200, 403, 403, data={"entity": "{fig_zone}"}),
    post("figure_lines_sdmx", 403, 200, 403, 403),
    get("figure_series", *ALL, **SERIES),
    get("figure_series", *ALL, query="?known=2020-01-01", **SERIES),
    get("figure_series", 400, 400, 400, 403, query="?known=x", **SERIES),
    get("figure_series", *GONE, pk="{fig_zone}", indicator="luck"),
    get("figure_series", *OWN, pk="{fig_firm}", indicator="revenue"),
    get("figure_series", *GONE, pk=NOWHERE, indicator="revenue"),
    get("figure_one", *ALL, pk="{fig_figure}"),
    get("figure_one", *OWN, pk="{fig_firm_figure}"),
    get("figure_one", *GONE, pk=NOWHERE),
    get("figure_withdraw", 403, 403, 403, 403, pk="{fig_figure}"),
    post("figure_withdraw", 403, 403, 403, 403, pk="{fig_figure}", data={"reason": "录错"}),
        get("figure_dictionary", *ALL),
    get("figure_indicator", *ALL, indicator="industrial_output"),
    get("figure_indicator", *GONE, indicator="luck"),
    get("figure_batches", *HANDS),
    get("figure_batches", *HANDS, query="?state=submitted"),
    get("figure_batch_new", *HANDS),
    post("figure_batch_new", *DONE, data={
        **ROWS, "title": "月报", "entity": "{fig_zone}", "document": "月报"}),
    post("figure_batch_new", *WRONG, data={
        **ROWS, "title": "月报", "entity": "{fig_zone}", "document": "月报",
        "form-0-value": "20亩"}),
    post("figure_batch_new", *WRONG),
    get("figure_batch", *HANDS, pk="{fig_batch}"),
    get("figure_batch", *NONE, pk="{fig_firm_batch}"),
    get("figure_batch", 404, 404, 404, 403, pk=NOWHERE),
    get("figure_batch_change", *HANDS, pk="{fig_batch}"),
    get("figure_batch_change", 403, 404, 403, 403, pk="{fig_sent}"),
    post("figure_batch_change", *WRONG, pk="{fig_batch}"),
    post("figure_batch_submit", *DONE, pk="{fig_batch}"),
    get("figure_batch_act", *NONE, pk="{fig_sent}", what="return"),
    post("figure_batch_act", *NONE, pk="{fig_sent}", what="approve"),
    get("figure_batch_act", *HANDS, pk="{fig_batch}", what="discard"),
    get("figure_batch_act", 403, 404, 403, 403, pk="{fig_batch}", what="burn"),
    get("figure_books", *HANDS),
    post("figure_books", *WRONG),
    get("figure_book", 403, 403, 403, 403, pk="{fig_book}"),
    get("figure_book", 403, 404, 403, 403, pk=NOWHERE),
    post("figure_book_act", 403, 403, 403, 403, pk="{fig_book}", step="apply"),
    post("figure_book_act", *GONE, pk="{fig_book}", step="burn"),
    get("figure_entities", *ZONE),
    get("figure_entities", *ZONE, query="?kind=park"),
    get("figure_entity", *ALL, pk="{fig_zone}"),
    get("figure_entity", *OWN, pk="{fig_firm}"),
    get("figure_entity", *GONE, pk=NOWHERE),
    get("figure_entity_new", *NONE),
    post("figure_entity_new", *NONE),
    get("figure_entity_change", *NONE, pk="{fig_zone}"),
    get("figure_attribution_new", *NONE, pk="{fig_zone}"),
    get("figure_attribution_end", *NONE, pk="{fig_share}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    here = add_entity(actor=actor, kind="zone", name="示例园区（指标）", code="demo-zone")
    park = add_entity(actor=actor, kind="park", name="示例南园", parent=here)
    own = Enterprise.objects.get(pk=zone.near.pk)
    firm = add_entity(actor=actor, kind="enterprise", name=own.name, enterprise=own)
    share = attribute(actor=actor, entity=firm, to=park, key="economic", share=1,
                      valid_from=timezone.localdate(), document="示例文件")  # fmt: skip
    approver = zone.clerk
    rows = [figures_world.row(here, "2025-01/2025-05", "60亿元"),
            figures_world.row(here, "2025-01/2025-06", "77亿元", growth="28.5%")]  # fmt: skip
    *_rest, figure = figures_world.recorded(actor, rows, approver)
    [firms] = figures_world.recorded(
        actor, [figures_world.row(firm, "2025", "3亿元", "营业收入")], approver
    )
    batch = figures_world.batch(actor, [figures_world.row(here, "2025-01/2025-07", "90亿元")])
    sent = figures_world.batch(actor, [figures_world.row(here, "2025-01/2025-08", "99亿元")])
    submit_batch(actor=actor, batch=sent, now=now)
    text = "指标,对象,期间,数值\n规上工业总产值,示例南园,2025,3亿元\n"
    book = check_sheet(actor=actor, now=now, file_name="指标.csv", data=text.encode())
    made = {"zone": here, "firm": firm, "share": share, "figure": figure, "firm_figure": firms,
            "batch": batch, "sent": sent, "firm_batch": firms.batch, "book": book}  # fmt: skip
    return {f"fig_{name}": row.pk for name, row in made.items()}
