"""Parcels, deliveries of net land, standard land."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.land.services import checks, deliveries, sales, sheets, standards
from openzone.zone.land.services.parcels import create_parcel, link_project
from openzone.zone.land.services.states import enter_state
from openzone.zone.people.services import create_user
from openzone.zone.projects.services.projects import create_project
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# The parcels are of the handler's office. The administrator reads and brings in workbooks, the
# handler writes; the enterprise's own people (owner) and the stranger see nothing.
PARCEL, SOLD, TASK = {"pk": "{la_plain}"}, {"pk": "{la_sold}"}, {"pk": "{la_task}"}
DRAFT, SIGNED, PART = {"pk": "{la_draft}"}, {"pk": "{la_signed}"}, {"pk": "{la_part}"}
OPEN_ACTS = ("enter", "offer", "project", "standard", "void", "unlink")
DAY = "2026-11-01"


def _do(what: str, status: int, parcel: dict[str, str] = PARCEL, **data: str) -> Address:
    return post("parcel_act", 403, status, 403, 403, data=data, what=what, **parcel)


def _sd(what: str, status: int, standard: dict[str, str] = DRAFT, **data: str) -> Address:
    return post("standard_act", 403, status, 403, 403, data=data, what=what, **standard)


ADDRESSES: tuple[Address, ...] = (
    get("land", 200, 200, 403, 403),
    get("land", 200, 200, 403, 403, query="?state=sold&text=x&least=1&area_unit=ha&standard=on"),
    get("land", 400, 400, 403, 403, query="?state=nowhere"),
    get("land", 400, 400, 403, 403, query="?place=99999999999999999999"),
    post("land_export", 200, 200, 403, 403, data={"state": "sold"}),
    get("land_map", 200, 200, 403, 403),
    get("land_map", 400, 400, 403, 403, query="?use=none"),
    get("land_sheets", 200, 403, 403, 403),
    post("land_sheets", 400, 403, 403, 403, data={}),
    get("land_sheet", 200, 403, 403, 403, pk="{la_sheet}"),
    get("land_sheet", 404, 403, 403, 403, pk=NOWHERE),
    post("land_sheet_apply", 302, 403, 403, 403, pk="{la_sheet}"),
    post("land_sheet_discard", 302, 403, 403, 403, pk="{la_sheet}"),
    get("land_sheet_marked", 200, 403, 403, 403, pk="{la_sheet}"),
    get("parcel_new", 403, 200, 403, 403),
    post("parcel_new", 403, 302, 403, 403, data={
        "number": "示例新号", "name": "示例新地", "area": "10", "use": "industrial"}),
    post("parcel_new", 403, 400, 403, 403, data={
        "number": "示例新号", "name": "示例新地", "area": "0", "use": "industrial"}),
    post("parcel_new", 403, 400, 403, 403, data={
        "number": "示例新号", "name": "示例新地", "area": "1", "use": "industrial",
        "boundary": "here"}),
    get("parcel", 200, 200, 403, 403, **PARCEL),
    get("parcel", 200, 200, 403, 403, **SOLD),
    get("parcel", 200, 200, 403, 403, pk="{la_other}"),
    get("parcel", 404, 404, 404, 404, pk=NOWHERE),
    get("parcel_edit", 403, 200, 403, 403, **PARCEL),
    post("parcel_edit", 403, 302, 403, 403, **PARCEL, data={
        "name": "示例别名", "area": "20", "use": "research"}),
    post("parcel_edit", 403, 400, 403, 403, **SOLD, data={
        "name": "示例别名", "area": "20", "use": "research"}),
    *(get("parcel_act", 403, 200, 403, 403, what=what, **PARCEL) for what in OPEN_ACTS),
    *(get("parcel_act", 403, 200, 403, 403, what=what, **SOLD)
      for what in ("conclude", "contract", "end-contract", "site")),
    get("parcel_act", 403, 200, 403, 403, what="site", query="?contract=x", **SOLD),
    get("parcel_act", 404, 404, 404, 404, what="nothing", **PARCEL),
    *(_do(what, 400) for what in OPEN_ACTS),
    _do("enter", 302, state="cleared", on=DAY, seen="0"),
    _do("enter", 400, state="cleared", on=DAY, seen="7"),
    _do("offer", 302, kind="listing", announcement="示例告字", on=DAY, scale="10000"),
    _do("project", 302, project="{la_project}", area="5"),
    _do("project", 400, project="{la_project}", area="500"),
    _do("standard", 302, number="示例标准地9号", promiser="示例公司", completion_due="2027-06-30",
        full_output_due="2029-06-30", plot_ratio="1.2"),
    _do("standard", 400, number="示例标准地9号", promiser="示例公司", completion_due="2027-06-30",
        full_output_due="2029-06-30", control="longchang.food", tax_per_mu="7"),
    _do("void", 302, SOLD, reason="误录"),
    _do("contract", 400, SOLD, number="示例合9号", on=DAY, scale="10000"),
    _do("site", 302, SOLD, contract="{la_contract}", event="begun", on=DAY, scale="10000"),
    _do("site", 400, SOLD, contract="{la_contract}", event="stopped", on=DAY, scale="10000"),
    _do("end-contract", 302, SOLD, contract="{la_contract}", on=DAY, reason="退地"),
    _do("unlink", 302, SOLD, link="{la_link}"),
    get("deliveries", 200, 200, 403, 403),
    get("deliveries", 200, 200, 403, 403, query="?state=late&first=2026-01-01"),
    get("deliveries", 400, 400, 403, 403, query="?state=lost"),
    post("delivery_export", 200, 200, 403, 403, data={}),
    get("delivery_new", 403, 200, 403, 403),
    post("delivery_new", 403, 302, 403, 403, data={
        "title": "示例净地", "unit": "{la_unit}", "set_on": DAY, "due": "2026-12-31",
        "parts": "示例A01号 5"}),
    post("delivery_new", 403, 400, 403, 403, data={
        "title": "示例净地", "unit": "{la_unit}", "set_on": DAY, "due": "2026-12-31",
        "parts": "没有的地块"}),
    get("delivery", 200, 200, 403, 403, **TASK),
    get("delivery", 404, 404, 404, 404, pk=NOWHERE),
    *(get("delivery_act", 403, 200, 403, 403, what=what, **TASK) for what in ("move", "end")),
    get("delivery_act", 404, 404, 404, 404, what="nothing", **TASK),
    post("delivery_act", 403, 302, 403, 403, what="move", **TASK, data={
        "due": "2027-01-31", "reason": "汛期"}),
    post("delivery_act", 403, 400, 403, 403, what="move", **TASK, data={"due": "2027-01-31"}),
    post("delivery_act", 403, 302, 403, 403, what="end", **TASK, data={
        "on": DAY, "reason": "项目退出"}),
    get("delivery_hand_over", 403, 200, 403, 403, **PART),
    post("delivery_hand_over", 403, 400, 403, 403, **PART, data={"on": DAY}),
    get("delivery_hand_over", 404, 404, 404, 404, pk=NOWHERE),
    get("delivery_obstacle", 403, 200, 403, 403, **PART),
    post("delivery_obstacle", 403, 302, 403, 403, **PART, data={
        "topic": "demolition", "severity": "2", "title": "两户未迁", "text": "协商中"}),
    post("delivery_obstacle", 403, 400, 403, 403, **PART, data={"topic": "love"}),
    get("delivery_record", 200, 200, 403, 403, pk="{la_handover}"),
    get("delivery_record", 404, 404, 404, 404, pk=NOWHERE),
    get("standard_land", 200, 200, 403, 403),
    get("standard_land", 200, 200, 403, 403, query="?state=signed&check=overdue&light=red"),
    get("standard_land", 400, 400, 403, 403, query="?light=blue"),
    post("standard_export", 200, 200, 403, 403, data={"state": "signed"}),
    get("standard_agreement", 200, 200, 403, 403, **SIGNED),
    get("standard_agreement", 200, 200, 403, 403, **DRAFT),
    get("standard_agreement", 404, 404, 404, 404, pk=NOWHERE),
    *(get("standard_act", 403, 200, 403, 403, what=what, **DRAFT)
      for what in ("promise", "sign", "end", "discard")),
    get("standard_act", 404, 404, 404, 404, what="nothing", **DRAFT),
    _sd("promise", 302, plot_ratio="1.5"),
    _sd("promise", 400, plot_ratio="-1"),
    _sd("promise", 400, SIGNED, plot_ratio="1.5"),
    _sd("sign", 400, on=DAY),
    _sd("discard", 302),
    _sd("discard", 400, SIGNED),
    _sd("end", 302, SIGNED, on=DAY, reason="土地收回"),
    _sd("end", 400, on=DAY, reason="土地收回"),
    get("standard_check", 403, 200, 403, 403, stage="completion", **SIGNED),
    get("standard_check", 403, 403, 403, 403, stage="completion", **DRAFT),
    get("standard_check", 404, 404, 404, 404, stage="never", **SIGNED),
    post("standard_check", 403, 400, 403, 403, stage="completion", **SIGNED, data={"on": DAY}),
    get("standard_paper", 200, 200, 403, 403, **SIGNED),
    get("standard_paper", 404, 404, 403, 403, **DRAFT),
    get("standard_evidence", 200, 200, 403, 403, pk="{la_check}"),
    get("standard_evidence", 404, 404, 404, 404, pk=NOWHERE),
)  # fmt: skip

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
BOOK = "地块编号,面积(亩),土地用途\n示例B01号,10,工业用地\n示例B02号,很大,工业用地\n"


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    day, paper = dt.date(2026, 1, 10), {"file_name": "示例.pdf", "data": PDF}
    unit = zone.charge.unit
    signer, checker = (
        create_user(actor=actor, username=name) for name in ("example-signer", "example-checker")
    )
    hand: dict[str, Any] = {"actor": actor, "user": signer, "now": now, "today": today}
    project = create_project(
        actor=actor, now=now, name="示例压铸项目", pipeline="six_batches", on=day, synthetic=True,
        lead_unit=unit,
    )  # fmt: skip
    plain, sold, other = (
        create_parcel(
            actor=actor, number=f"示例A0{n}号", name="示例地块", area_m2=Decimal(66_666), now=now,
            use="industrial", unit=unit, synthetic=True,
            boundary=[[113.1, 30.1], [113.2, 30.1], [113.2, 30.2]] if n == 2 else [],
        )
        for n in (1, 2, 3)
    )  # fmt: skip
    enter_state(parcel=sold, state="delivered", on=day, **hand)
    sold.refresh_from_db()
    contract = sales.sign_contract(
        actor=actor, parcel=sold, number="示例合1号", on=day, today=today, buyer_name="示例公司",
        begin_due=dt.date(2025, 3, 1),
    )  # fmt: skip
    link = link_project(actor=actor, parcel=sold, project=project, area_m2=Decimal(60_000))
    task = deliveries.set_delivery(
        actor=actor, title="示例净地任务", unit=unit, set_on=day, due=dt.date(2026, 12, 31),
        parts={other: None}, now=now, synthetic=True,
    )  # fmt: skip
    part = task.parts.get()
    handover = deliveries.hand_over(**hand, **paper, part=part, on=day, area_m2=Decimal(6666))
    said: dict[str, Any] = {
        "actor": actor, "promises": {"plot_ratio": Decimal("1.2")}, "promiser": "示例公司",
        "completion_due": dt.date(2026, 6, 30), "full_output_due": dt.date(2028, 6, 30), "now": now,
    }  # fmt: skip
    signed = standards.sign_standard(
        actor=actor, user=signer, on=day, today=today, **paper,
        standard=standards.draft_standard(**said, parcel=sold, number="示例标准地1号"),
    )  # fmt: skip
    draft = standards.draft_standard(**said, parcel=other, number="示例标准地2号")
    check = checks.check_standard(
        **{**hand, "user": checker}, **paper, standard=signed, stage="completion", on=today,
        figures={"plot_ratio": Decimal("1.3")},
    )  # fmt: skip
    sheet = sheets.check_sheet(
        actor=actor, user=signer, file_name="示例.csv", data=BOOK.encode(), as_of=today, now=now
    )
    made = {
        "plain": plain, "sold": sold, "other": other, "contract": contract, "link": link,
        "task": task,
        "part": part, "handover": handover, "signed": signed, "draft": draft, "check": check,
        "sheet": sheet, "project": project,
    }  # fmt: skip
    return {f"la_{name}": row.pk for name, row in made.items()} | {"la_unit": unit.code}
