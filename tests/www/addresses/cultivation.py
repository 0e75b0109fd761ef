"""Pools, ladders, recognitions, trusted enterprises."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.cultivation.packs import pool_named
from openzone.zone.cultivation.services.books import check_book
from openzone.zone.cultivation.services.figures import state_month
from openzone.zone.cultivation.services.honours import enter_honour
from openzone.zone.cultivation.services.imports import check_recognitions
from openzone.zone.cultivation.services.pools import accept, decline, set_task
from openzone.zone.cultivation.services.recognitions import enter_recognition
from openzone.zone.cultivation.services.trusted import keep_incentive, list_enterprise
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

TODAY, SHEET = "2026-11-20", "企业名称,资质名称,认定年度\n合肥示例精密机械公司,瞪羚企业,2025\n"
MONTHS = "企业,月份,增值税申报销售额（元）,来源\n合肥示例精密机械公司,2025-12,1500000,示例申报表\n"

# ``near`` is in the pool and was recognised; ``other`` was declined.
ADDRESSES: tuple[Address, ...] = (
    get("cultivation", 200, 200, 403, 403),
    get("cultivation_mine", 200, 200, 302, 200),
    get("cultivation_pool", 200, 200, 403, 403, name="near_scale"),
    get("cultivation_pool", 200, 200, 403, 403, name="high_tech", query="?show=inside"),
    get("cultivation_pool", 200, 200, 403, 403, name="high_tech", query="?show=declined"),
    get("cultivation_pool", 200, 200, 403, 403, name="high_tech", query="?show=left"),
    get("cultivation_pool", 200, 200, 403, 403, name="near_scale", query="?show=watch"),
    get("cultivation_pool", 404, 404, 403, 403, name="no_such_pool"),
    post("cultivation_pool_export", 200, 200, 403, 403, name="near_scale"),
    post("cultivation_pool_export", 200, 200, 403, 403, name="high_tech", data={
        "show": "inside"}),
    get("cultivation_band", 200, 403, 403, 403, name="near_scale"),
    post("cultivation_band", 302, 403, 403, 403, name="near_scale", data={
        "within": "0.3", "reason": "扩大"}),
    post("cultivation_band", 400, 403, 403, 403, name="near_scale", data={
        "within": "3", "reason": "扩大"}),
    get("cultivation_decide", 200, 200, 403, 403, name="near_scale", pk="{near}"),
    get("cultivation_decide", 404, 404, 403, 403, name="near_scale", pk=NOWHERE),
    post("cultivation_decide", 302, 302, 403, 403, name="near_scale", pk="{other}", data={
        "choice": "accepted", "reason": "成长快"}),
    post("cultivation_decide", 302, 302, 403, 403, name="near_scale", pk="{near}", data={
        "choice": "declined", "reason": "拟迁出"}),
    post("cultivation_decide", 400, 400, 403, 403, name="high_tech", pk="{near}", data={
        "choice": "accepted", "reason": "重复"}),
    get("cultivation_entry", 200, 200, 200, 403, pk="{entry}"),
    get("cultivation_entry", 404, 404, 404, 404, pk=NOWHERE),
    get("cultivation_tutoring", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_tutoring", 302, 302, 403, 403, pk="{entry}", data={
        "on": TODAY, "what": "讲解流程"}),
    post("cultivation_tutoring", 400, 400, 403, 403, pk="{entry}", data={"on": TODAY}),
    get("cultivation_task", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_task", 302, 302, 403, 403, pk="{entry}", data={
        "what": "补齐报表", "due_on": "2026-12-01"}),
    post("cultivation_task_done", 302, 302, 403, 403, pk="{entry}", row="{task}"),
    post("cultivation_task_done", 404, 404, 403, 403, pk="{entry}", row=NOWHERE),
    get("cultivation_materials", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_materials", 302, 302, 403, 403, pk="{entry}", data={"collected": "ip"}),
    post("cultivation_materials", 400, 400, 403, 403, pk="{entry}", data={"collected": "gold"}),
    get("cultivation_tutor", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_tutor", 302, 302, 403, 403, pk="{entry}", data={
        "unit": "office", "tutor": "clerk"}),
    get("cultivation_leave", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_leave", 302, 302, 403, 403, pk="{entry}", data={
        "leaving": "reached", "on": "2026-11-21"}),
    post("cultivation_leave", 400, 400, 403, 403, pk="{entry}", data={
        "leaving": "reached", "on": "2001-01-01"}),
    get("cultivation_month", 200, 200, 200, 403, pk="{entry}"),
    post("cultivation_month", 302, 302, 302, 403, pk="{entry}", data={
        "month": "2026-01-15", "vat": "1500000", "source": "示例申报表"}),
    post("cultivation_month", 400, 400, 400, 403, pk="{entry}", data={
        "month": "2026-01-15", "source": "示例申报表"}),
    post("cultivation_month", 400, 400, 400, 403, pk="{entry}", data={
        "month": "2030-01-15", "vat": "1", "source": "示例申报表"}),
    get("cultivation_evidence", 200, 200, 403, 403, pk="{near_entry}"),
    post("cultivation_evidence", 302, 302, 403, 403, pk="{near_entry}", data={
        "route": "monthly_new", "filed_on": "2026-01-01", "new_building": "true"}),
    post("cultivation_evidence", 400, 400, 403, 403, pk="{near_entry}", data={
        "route": "magic"}),
    get("cultivation_entry", 200, 200, 200, 403, pk="{near_entry}"),
    get("cultivation_publicise", 200, 200, 403, 403, pk="{entry}"),
    post("cultivation_publicise", 302, 302, 403, 403, pk="{entry}", data={
        "first": TODAY, "last": "2026-12-01"}),
    post("cultivation_publicise", 400, 400, 403, 403, pk="{entry}", data={
        "first": TODAY, "last": "2026-01-01"}),
    get("cultivation_publicity", 200, 200, 200, 200),
    get("cultivation_calendar", 200, 200, 403, 403),
    get("cultivation_flows", 200, 200, 403, 403, name="quality_sme"),
    get("cultivation_flows", 404, 404, 403, 403, name="no_such_ladder"),
    get("cultivation_honours", 200, 200, 403, 403),
    get("cultivation_honours", 200, 200, 403, 403, query="?kind=studio&level=-"),
    get("cultivation_honours", 400, 400, 403, 403, query="?kind=magic"),
    post("cultivation_honours_export", 200, 200, 403, 403),
    get("cultivation_honour_new", 200, 403, 403, 403),
    post("cultivation_honour_new", 302, 403, 403, 403, data={
        "kind": "participation", "holder": "申报参选", "on": TODAY, "part": "6", "whole": "12",
        "source": "示例名单"}),
    post("cultivation_honour_new", 400, 403, 403, 403, data={
        "kind": "market_rank", "holder": "装机量", "on": TODAY, "place": "2",
        "source": "示例名单"}),
    get("cultivation_honour_withdraw", 200, 403, 403, 403, pk="{honour}"),
    get("cultivation_honour_withdraw", 404, 403, 403, 403, pk=NOWHERE),
    post("cultivation_honour_withdraw", 302, 403, 403, 403, pk="{honour}", data={
        "reason": "登记错误"}),
    get("cultivation_books", 200, 403, 403, 403, kind="months"),
    get("cultivation_books", 200, 403, 403, 403, kind="honours"),
    get("cultivation_books", 404, 403, 403, 403, kind="magic"),
    post("cultivation_books", 400, 403, 403, 403, kind="months"),
    get("cultivation_book_template", 200, 403, 403, 403, kind="honours"),
    get("cultivation_book_template", 404, 403, 403, 403, kind="magic"),
    get("cultivation_book", 200, 403, 403, 403, pk="{book}"),
    get("cultivation_book", 404, 403, 403, 403, pk=NOWHERE),
    post("cultivation_book_act", 302, 403, 403, 403, pk="{book}", step="apply"),
    post("cultivation_book_act", 302, 403, 403, 403, pk="{book}", step="discard"),
    post("cultivation_book_act", 404, 403, 403, 403, pk="{book}", step="burn"),
    get("cultivation_ladder", 200, 200, 403, 403, name="quality_sme"),
    get("cultivation_ladder", 200, 200, 403, 403, name="growth", query="?step=0"),
    get("cultivation_ladder", 200, 200, 403, 403, name="scale",
        query="?first=2026-01-01&last=2026-11-20&before=0&after=1"),
    get("cultivation_ladder", 400, 400, 403, 403, name="scale", query="?first=x&last=y"),
    get("cultivation_ladder", 404, 404, 403, 403, name="no_such_ladder"),
    post("cultivation_ladder_export", 200, 200, 403, 403, name="quality_sme"),
    get("cultivation_way", 200, 200, 200, 403, pk="{near}"),
    get("cultivation_way", 404, 404, 404, 404, pk=NOWHERE),
    get("cultivation_recognitions", 200, 200, 403, 403),
    get("cultivation_recognitions", 200, 200, 403, 403, query="?title=gazelle&year=2025"),
    get("cultivation_recognitions", 400, 400, 403, 403, query="?title=champion"),
    post("cultivation_recognitions_export", 200, 200, 403, 403),
    get("cultivation_coverage", 200, 200, 403, 403, name="digital"),
    get("cultivation_coverage", 404, 404, 403, 403, name="nothing"),
    post("cultivation_coverage_export", 200, 200, 403, 403, name="digital"),
    get("cultivation_recognition_new", 200, 403, 403, 403),
    post("cultivation_recognition_new", 302, 403, 403, 403, data={
        "enterprise": "合肥示例精密机械有限公司", "title": "gazelle", "year": "2026",
        "source": "示例名单"}),
    post("cultivation_recognition_new", 400, 403, 403, 403, data={
        "enterprise": "没有这家", "title": "gazelle", "year": "2026", "source": "示例名单"}),
    get("cultivation_recognition_withdraw", 200, 403, 403, 403, pk="{recognition}"),
    post("cultivation_recognition_withdraw", 302, 403, 403, 403, pk="{recognition}", data={
        "reason": "登记错误"}),
    get("cultivation_upload", 200, 403, 403, 403),
    post("cultivation_upload", 400, 403, 403, 403),
    get("cultivation_import", 200, 403, 403, 403, pk="{recognitions}"),
    post("cultivation_import_apply", 302, 403, 403, 403, pk="{recognitions}"),
    post("cultivation_import_discard", 302, 403, 403, 403, pk="{recognitions}"),
    get("cultivation_trusted", 200, 200, 403, 403),
    post("cultivation_trusted_export", 200, 200, 403, 403),
    get("cultivation_trusted_new", 200, 403, 403, 403),
    post("cultivation_trusted_new", 302, 403, 403, 403, data={
        "enterprise": "合肥示例精密机械公司", "document": "示例1号", "valid_from": TODAY,
        "valid_to": "2027-11-20"}),
    post("cultivation_trusted_new", 400, 403, 403, 403, data={
        "enterprise": "合肥示例精密机械公司", "document": "示例1号", "valid_from": TODAY,
        "valid_to": "2026-01-01"}),
    get("cultivation_trusted_end", 200, 403, 403, 403, pk="{place}"),
    post("cultivation_trusted_end", 302, 403, 403, 403, pk="{place}", data={
        "last_day": "2026-11-20", "reason": "失信"}),
    get("cultivation_incentive_new", 200, 403, 403, 403),
    post("cultivation_incentive_new", 302, 403, 403, 403, data={
        "title": "信易租", "what": "租金优惠", "unit": "office"}),
    get("cultivation_incentive", 200, 403, 403, 403, pk="{incentive}"),
    post("cultivation_incentive", 302, 403, 403, 403, pk="{incentive}", data={
        "title": "信易批", "what": "优先办理", "unit": "office", "trusted_only": "on"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, int]:
    """Make the records the addresses need in the example zone, and return their numbers."""
    actor, day = Actor.system("tests"), dt.date(2026, 11, 20)
    pool, office = pool_named("high_tech"), zone.charge.unit
    assert pool is not None
    decided = {"actor": actor, "pool": pool, "on": day}
    entry = accept(enterprise=zone.near, reason="研发强", unit=office, **decided)
    decline(enterprise=zone.other, reason="资料不全", **decided)
    scale = pool_named("near_scale")
    assert scale is not None
    near = accept(actor=actor, pool=scale, on=day, enterprise=zone.near, reason="成长快")
    for month in range(1, 11):
        state_month(
            actor=actor, enterprise=zone.near, basis="vat", month=dt.date(2026, month, 1),
            amount=Decimal(1_700_000 + month * 10_000), source="示例申报表", now=timezone.now(),
        )  # fmt: skip
    made = {
        "near_entry": near,
        "honour": enter_honour(
            actor=actor, kind="studio", holder="示例工作室", on=day, today=day, source="示例名单"
        ),
        "entry": entry,
        "task": set_task(actor=actor, entry=entry, what="补齐资料", due_on=day),
        "recognition": enter_recognition(
            actor=actor, enterprise=zone.near, title="gazelle", year=2025, source="示例名单"
        ),
        "recognitions": check_recognitions(
            actor=actor, file_name="资质.csv", data=SHEET.encode(), as_of=day
        ),
        "book": check_book(
            actor=actor,
            kind="months",
            file_name="月度.csv",
            data=MONTHS.encode(),
            now=timezone.now(),
        ),
        "place": list_enterprise(
            actor=actor,
            enterprise=zone.near,
            document="示例立信1号",
            valid_from=dt.date(2026, 1, 1),
            valid_to=dt.date(2030, 12, 31),
        ),
        "incentive": keep_incentive(actor=actor, title="信易贷", what="利率优惠", unit=office),
    }
    return {name: row.pk for name, row in made.items()}
