"""Who stands where in the chains: placements, the queue, readings, workbooks, roles, figures."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from openpyxl import Workbook

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import PlacementProposal
from openzone.zone.chains.services.figures import record_figure
from openzone.zone.chains.services.placing import place
from openzone.zone.chains.services.proposing import propose
from openzone.zone.chains.services.reviewing import reject
from openzone.zone.chains.services.roles import designate
from openzone.zone.chains.services.sheets import apply_sheet, check_sheet
from openzone.zone.people.services import create_user
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Source
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.facts import state_facts
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# Who works for the zone reads; administrators and handlers review. A firm's own people see where
# it stands, and nothing of how it came so.
READ, WRITE, DONE = (200, 200, 403, 403), (200, 200, 403, 403), (302, 302, 403, 403)
BAD, GONE, NONE = (400, 400, 403, 403), (404, 404, 403, 403), (404, 404, 404, 404)
BATTERY, FROM, TODAY = "lithium_battery", "2026-03-02", "2026-11-02"
FIRM, OPEN, PUT = {"pk": "{cp_firm}"}, {"pk": "{cp_open}"}, {"pk": "{cp_placed}"}
CELL = {"node_1": f"{BATTERY}/cell", "share_1": "100", "seen": ""}
FIGURE = {
    "node": f"{BATTERY}/cell", "kind": "capacity", "value": "60", "unit": "gwh_year",
    "period": "2025", "source": "示例年报", "published_on": FROM,
}  # fmt: skip
LEADER = {
    "chain": BATTERY, "enterprise": "示例链上甲有限公司", "document_no": "示例〔2026〕2号",
    "document": "示例名单", "issued_by": "示例局", "valid_from": FROM,
}  # fmt: skip

ADDRESSES: tuple[Address, ...] = (
    get("chain_placements", *READ),
    get("chain_placements", *READ, query=f"?node={BATTERY}/cell&method=by_hand&text=示例"),
    get("chain_placements", *BAD, query="?chain=no-such-chain"),
    post("chain_placement_export", *READ, data={"chain": BATTERY}),
    get("chain_queue", *WRITE),
    get("chain_queue", *WRITE, query="?after={cp_open}&band=auto&least=0.1"),
    get("chain_queue", *WRITE, query="?at={cp_shared}"),
    get("chain_queue", *BAD, query="?least=many"),
    post("chain_queue_act", *DONE, what="confirm", data={"pick": "1", "way": "whole"}, **OPEN),
    post("chain_queue_act", *BAD, what="confirm", data={"pick": "77"}, **OPEN),
    post("chain_queue_act", *BAD, what="confirm", data={"pick": "1"}, pk="{cp_shared}"),
    post("chain_queue_act", *DONE, what="confirm", data={"pick": "1", "way": "equal"},
         pk="{cp_shared}"),
    post("chain_queue_act", *DONE, what="reject", data={"reason": "只贸易"}, **OPEN),
    post("chain_queue_act", *DONE, what="undo", pk="{cp_rejected}"),
    post("chain_queue_act", *NONE, what="nothing", **OPEN),
    post("chain_queue_act", *GONE, what="confirm", pk=NOWHERE),
    get("chain_queue_clear", *WRITE),
    get("chain_queue_clear", *WRITE, query=f"?chain={BATTERY}&least=0.5"),
    get("chain_queue_clear", *BAD, query="?chain=x&least=9"),
    post("chain_queue_clear", *BAD,
         data={"chain": BATTERY, "least": "0.5", "upto": "1", "shown": "7"}),
    get("chain_runs", *READ),
    post("chain_runs", *DONE, data={"chain": BATTERY, "only_changed": "on"}),
    post("chain_runs", *BAD, data={"chain": "no-such-chain"}),
    get("chain_run", *READ, pk="{cp_run}"),
    get("chain_run", *GONE, pk=NOWHERE),
    get("chain_firm", 200, 200, 403, 403, **PUT),
    get("chain_firm", 200, 200, 200, 403, pk="{near}"),
    get("chain_firm", 404, 404, 404, 404, pk=NOWHERE),
    *(get("chain_firm_act", *WRITE, what=what, **PUT) for what in ("place", "correct", "end")),
    get("chain_firm_act", *NONE, what="nothing", **PUT),
    post("chain_firm_act", *DONE, what="place", data={**CELL, "valid_from": FROM}, **FIRM),
    post("chain_firm_act", *BAD, what="place", data={**CELL, "share_1": "50", "valid_from": FROM},
         **FIRM),
    post("chain_firm_act", *DONE, what="correct", **PUT,
         data={**CELL, "node_1": f"{BATTERY}/pack", "on": TODAY, "reason": "看错"}),
    post("chain_firm_act", *BAD, what="correct", **PUT, data={**CELL, "on": TODAY}),
    post("chain_firm_act", *DONE, what="end", data={"on": TODAY, "reason": "迁出"}, **PUT),
    post("chain_firm_act", *BAD, what="end", data={"on": "2099-01-01", "reason": "迁出"}, **PUT),
    get("chain_change_undo", *WRITE, pk="{cp_change}"),
    post("chain_change_undo", *DONE, pk="{cp_change}", data={"reason": "弄错"}),
    post("chain_change_undo", *BAD, pk="{cp_change}"),
    get("chain_sheets", *WRITE, kind="placements"),
    get("chain_sheets", *WRITE, kind="roles"),
    get("chain_sheets", *NONE, kind="nothing"),
    post("chain_sheets", *BAD, kind="figures"),
    get("chain_sheet_template", *WRITE, kind="figures"),
    get("chain_sheet", *WRITE, pk="{cp_sheet}"),
    post("chain_sheet_act", *DONE, what="apply", pk="{cp_sheet}"),
    post("chain_sheet_act", *DONE, what="discard", pk="{cp_sheet}"),
    post("chain_sheet_act", *WRITE, what="marked", pk="{cp_sheet}"),
    post("chain_sheet_act", *GONE, what="nothing", pk="{cp_sheet}"),
    get("chain_sheet_undo", *WRITE, pk="{cp_entered}"),
    post("chain_sheet_undo", *DONE, pk="{cp_entered}", data={"reason": "弄错"}),
    post("chain_sheet_undo", *BAD, pk="{cp_sheet}", data={"reason": "弄错"}),
    get("chain_roles", *READ),
    get("chain_roles", *BAD, query="?chain=no-such-chain"),
    post("chain_role_export", *READ),
    get("chain_role_new", *WRITE, kind="leader"),
    get("chain_role_new", *WRITE, kind="supporting"),
    get("chain_role_new", *NONE, kind="nothing"),
    post("chain_role_new", *DONE, kind="leader", data=LEADER),
    post("chain_role_new", *BAD, kind="leader", data={**LEADER, "document_no": ""}),
    post("chain_role_new", *DONE, kind="supporting",
         data={**LEADER, "leader": "示例链上丙有限公司", "valid_from": TODAY}),
    *(get("chain_role_act", *WRITE, what=what, pk="{cp_role}")
      for what in ("end", "withdraw", "brought")),
    get("chain_role_act", *GONE, what="nothing", pk="{cp_role}"),
    post("chain_role_act", *DONE, what="end", pk="{cp_role}",
         data={"on": TODAY, "reason": "调整"}),
    post("chain_role_act", *DONE, what="withdraw", pk="{cp_role}", data={"reason": "弄错"}),
    post("chain_role_act", *BAD, what="brought", pk="{cp_role}",
         data={"on": TODAY, "how": "推荐", "lead": "没有"}),
    get("chain_figures", *READ),
    get("chain_figures", *BAD, query="?chain=no-such-chain"),
    post("chain_figure_export", *READ),
    get("chain_figure_new", *WRITE),
    post("chain_figure_new", *DONE, data=FIGURE),
    post("chain_figure_new", *BAD, data={**FIGURE, "unit": "yi"}),
    get("chain_figure_act", *WRITE, what="supersede", pk="{cp_figure}"),
    get("chain_figure_act", *WRITE, what="withdraw", pk="{cp_figure}"),
    get("chain_figure_act", *GONE, what="nothing", pk="{cp_figure}"),
    post("chain_figure_act", *DONE, what="supersede", pk="{cp_figure}",
         data={**FIGURE, "value": "70", "reason": "年报更新"}),
    post("chain_figure_act", *BAD, what="withdraw", pk="{cp_figure}", data={"reason": ""}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    user = create_user(actor=actor, username="example-fuhe")
    who: dict[str, Any] = {"actor": actor, "user": user, "now": now}
    firms = {name: _firm(actor, name) for name in "甲乙丙丁戊"}
    run = propose(
        **who, chains=[BATTERY], as_of=dt.date(2026, 11, 2), enterprises=list(firms.values())
    )
    waiting = {one.enterprise_id: one for one in PlacementProposal.objects.filter(run=run)}
    cell, since = (BATTERY, "cell"), dt.date(2026, 3, 2)
    whole = {cell: Decimal(1)}
    change = place(**who, enterprise=firms["丙"], parts=whole, valid_from=since)
    elsewhere = {("energy_storage", "integration"): Decimal(1)}
    place(**who, enterprise=firms["丁"], parts=elsewhere, valid_from=since)
    rejected = reject(**who, proposal=waiting[firms["乙"].pk], reason="只贸易")
    role = designate(
        **who, enterprise=firms["丙"], chain=BATTERY, document_no="示例〔2026〕1号",
        document="示例名单", issued_by="示例局", valid_from=since,
    )  # fmt: skip
    figure = record_figure(
        **who, chain=BATTERY, node="cell", kind="capacity", value=Decimal(50), unit="gwh_year",
        period="2025", source="示例报道", published_on=since, synthetic=True,
    )  # fmt: skip
    day: dict[str, Any] = {**who, "kind": "placements", "as_of": since, "synthetic": True}
    sheet = check_sheet(**day, file_name="位置.xlsx", data=_book("示例链上甲有限公司", "没有这家"))
    entered = check_sheet(**day, file_name="另一份.xlsx", data=_book("示例链上戊有限公司"))
    apply_sheet(actor=actor, sheet=entered, now=now)
    made = {
        "firm": firms["甲"], "placed": firms["丙"], "open": waiting[firms["甲"].pk],
        "shared": waiting[firms["丁"].pk], "rejected": rejected, "run": run, "change": change,
        "role": role, "figure": figure, "sheet": sheet, "entered": entered,
    }  # fmt: skip
    return {f"cp_{name}": row.pk for name, row in made.items()}


def _firm(actor: Actor, name: str) -> Enterprise:
    firm = create_enterprise(actor=actor, name=f"示例链上{name}有限公司", synthetic=True)
    state_facts(
        actor=actor, subject=firm, as_of=dt.date(2026, 1, 1), known_on=dt.date(2026, 1, 1),
        facts={"products": "磷酸铁锂正极材料", "business_scope": "石墨负极销售"},
        source=Source(kind=SourceKind.SYNTHETIC, title="示例"),
    )  # fmt: skip
    return firm


def _book(*names: str) -> bytes:
    made, stream = Workbook(), BytesIO()
    made.active.append(["企业名称", "产业链", "链条环节", "份额"])
    for name in names:
        made.active.append([name, "锂离子电池产业链", "电芯", "100%"])
    made.save(stream)
    return stream.getvalue()
