"""Service items, the item × region matrix, commitments and credit records."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.catalogue.services.regions import offer_region
from openzone.zone.commitments.services.offers import Applicant, Notice, Owed, offer
from openzone.zone.commitments.services.records import enter_record
from openzone.zone.commitments.services.steps import sign
from tests.www.addresses.address import Address, get, post
from tests.zone.community.town import ACTOR, LONG_AGO, Town, build

if TYPE_CHECKING:
    from tests.www.conftest import Zone

STATE: dict[str, Town] = {}
REGION = {"division": "500152", "region": "重庆潼南", "mode": "collect", "valid_from": "2026-01-01"}

# ``offered`` waits for a signature, ``waiting`` for papers; both belong to a bureau where none of
# the visitors works. ``licence`` accepts three kinds of commitments.
ADDRESSES: tuple[Address, ...] = (
    Address("commitments_published", (200,) * 4, anonymous=200),
    Address("commitments_published", (200,) * 4, query="?kind=nothing&q=%25", anonymous=200),
    get("my_commitments", 200, 200, 200, 200),
    get("service_items", 200, 200, 403, 403),
    get("service_items", 200, 200, 403, 403, query="?kind=missing_materials&q=a&unit=office"),
    get("service_items", 400, 400, 403, 403, query="?kind=nothing"),
    post("service_items_export", 200, 200, 403, 403),
    get("service_items_import", 200, 403, 403, 403),
    post("service_items_import", 400, 403, 403, 403),
    get("service_item_new", 200, 403, 403, 403),
    post("service_item_new", 302, 403, 403, 403, data={
        "code": "made", "name": "示例事项", "deciding_unit": "office", "main": "申请书（原件）"}),
    post("service_item_new", 400, 403, 403, 403, data={
        "code": "town-licence", "name": "示例事项", "deciding_unit": "office"}),
    get("service_item", 200, 200, 403, 403, pk="{com_licence}"),
    get("service_item", 404, 404, 403, 403, pk=999),
    get("service_item_edit", 200, 403, 403, 403, pk="{com_licence}"),
    post("service_item_edit", 302, 403, 403, 403, pk="{com_licence}", data={
        "name": "示例改名", "deciding_unit": "office", "legal_limit": "20个工作日"}),
    post("service_item_edit", 400, 403, 403, 403, pk="{com_licence}", data={
        "name": "示例改名", "deciding_unit": "office", "legal_limit": "很久"}),
    get("region_matrix", 200, 200, 403, 403),
    get("region_offer_new", 200, 403, 403, 403, pk="{com_licence}"),
    post("region_offer_new", 302, 403, 403, 403, pk="{com_licence}", data={
        **REGION, "authority": "示例局", "mode": "joint"}),
    post("region_offer_new", 400, 403, 403, 403, pk="{com_licence}", data=REGION),
    get("region_offer_end", 200, 403, 403, 403, pk="{com_region}"),
    post("region_offer_end", 302, 403, 403, 403, pk="{com_region}", data={
        "last_day": "2026-12-31"}),
    post("region_offer_end", 400, 403, 403, 403, pk="{com_region}", data={
        "last_day": "2001-01-01"}),
    get("commitments", 200, 200, 403, 403),
    get("commitments", 200, 200, 403, 403, query="?state=all&kind=missing_materials&q=x"),
    get("commitments", 400, 400, 403, 403, query="?state=lost"),
    get("commitment_new", 200, 200, 403, 403),
    post("commitment_new", 302, 302, 403, 403, data={
        "item": "town-licence", "kind": "missing_materials"}),
    get("commitment_offer", 200, 200, 403, 403, pk="{com_licence}", kind="missing_materials"),
    get("commitment_offer", 404, 404, 403, 403, pk="{com_licence}", kind="nothing"),
    post("commitment_offer", 302, 302, 403, 403, pk="{com_licence}",
         kind="approval_substitute", data={
        "person": "示例人", "identity": "350213199001010036", "conditions": "符合",
        "check_by": "2099-01-01"}),
    post("commitment_offer", 400, 400, 403, 403, pk="{com_licence}",
         kind="missing_materials", data={
        "person": "示例人", "identity": "350213199001010036"}),
    get("commitment_templates", 200, 200, 403, 403),
    get("commitment", 200, 200, 403, 403, pk="{com_waiting}"),
    get("commitment", 404, 404, 403, 403, pk=999),
    post("commitment_reveal", 200, 200, 403, 403, pk="{com_waiting}", data={"reason": "电话核实"}),
    post("commitment_reveal", 400, 400, 403, 403, pk="{com_waiting}"),
    *(get("commitment_step", 200, 200, 403, 403, pk="{com_offered}", name=name) for name in (
        "sign", "decline", "withdraw", "supply", "check", "decide", "revoke")),
    get("commitment_step", 404, 404, 403, 403, pk="{com_offered}", name="nothing"),
    post("commitment_step", 302, 302, 403, 403, pk="{com_offered}", name="sign", data={
        "name": "示例人"}),
    post("commitment_step", 302, 302, 403, 403, pk="{com_offered}", name="decline", data={
        "why": "按一般程序"}),
    post("commitment_step", 302, 302, 403, 403, pk="{com_waiting}", name="supply", data={
        "papers": "{com_owed}"}),
    post("commitment_step", 302, 302, 403, 403, pk="{com_waiting}", name="withdraw", data={
        "why": "不办了"}),
    post("commitment_step", 400, 400, 403, 403, pk="{com_waiting}", name="decide", data={
        "granted": "yes", "number": "1号"}),
    post("commitment_step", 400, 400, 403, 403, pk="{com_waiting}", name="check", data={
        "kept": "yes", "basis": "site", "note": "现场核查"}),
    get("credit_records", 200, 200, 403, 403),
    get("credit_record_new", 200, 403, 403, 403),
    post("credit_record_new", 302, 403, 403, 403, data={
        "identity": "350213199001010044", "document": "1号", "happened_on": "2026-01-05"}),
    post("credit_record_new", 400, 403, 403, 403, data={
        "document": "1号", "happened_on": "2026-01-05"}),
    get("credit_record_repair", 200, 403, 403, 403, pk="{com_record}"),
    post("credit_record_repair", 302, 403, 403, 403, pk="{com_record}", data={
        "document": "修复1号", "repaired_on": "2026-10-01"}),
    post("credit_record_repair", 400, 403, 403, 403, pk="{com_record}", data={
        "document": "修复1号", "repaired_on": "2001-10-01"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    now, town = timezone.now(), build("town-")
    STATE["town"] = town
    person = Applicant(person="示例人", identity="35021319900101001X", phone="13700001111")
    notice = Notice(
        owed=[Owed("场地证明", "复印件")],
        supply_by=now + dt.timedelta(hours=1),
        consequence="终止办理",
        main_complete=True,
    )
    made = [
        offer(
            actor=ACTOR,
            item=town.licence,
            kind="missing_materials",
            applicant=person,
            handler=town.clerk,
            now=now,
            notice=notice,
        ).commitment
        for _ in range(2)
    ]
    waiting = sign(actor=ACTOR, commitment=made[1], name="示例人", now=now)
    region = offer_region(
        actor=ACTOR,
        item=town.licence,
        division="500152",
        region="重庆潼南",
        mode="collect",
        authority="潼南区示例局",
        valid_from=LONG_AGO,
    )
    record = enter_record(
        actor=ACTOR,
        enterprise=zone.other,
        document="示例处罚书1号",
        happened_on=dt.date(2026, 3, 1),
        on=dt.date(2026, 3, 2),
    )
    rows = {
        "com_licence": town.licence,
        "com_offered": made[0],
        "com_waiting": waiting,
        "com_owed": waiting.owed.get(),
        "com_region": region,
        "com_record": record,
    }
    return {name: row.pk for name, row in rows.items()}
