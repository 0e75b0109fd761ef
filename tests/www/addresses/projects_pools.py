"""Pools, lead times, workbooks and merges of projects, and the projects of one investor."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.projects.services import merging, pools, projects, sheets
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A project of the handler's office in both pools, with an application of every kind; one merged
# into it; a workbook that was checked and one that was entered. Tidying is for administrators
# and the service centre; leaders decide about funds, and none of the four visitors is one.
P: dict[str, Any] = {"pk": "{q_project}"}
DAY = "2026-05-01"
BOOK = "项目名称,总投资(亿元)\n示例台账项目{n},9.2\n"
HERE = "?pipeline=six_batches&start=reserve&end=signed"


def _do(what: str, status: int, **data: str) -> Address:
    return post("project_act", 403, status, 403, 403, data=data, what=what, **P)


ADDRESSES: tuple[Address, ...] = (
    get("project_pools", 200, 200, 403, 403),
    get("project_pools", 200, 200, 403, 403, query="?grade=d&channel=special_bond&text=示例"),
    get("project_pools", 400, 400, 403, 403, query="?grade=z"),
    post("project_pools_export", 200, 200, 403, 403, data={"pool": "reserve"}),
    post("project_pools_export", 200, 200, 403, 403, data={"pool": "funding"}),
    get("project_leadtimes", 200, 200, 403, 403),
    get("project_leadtimes", 200, 200, 403, 403, query=f"{HERE}&months=1"),
    get("project_leadtimes", 200, 200, 403, 403, query=HERE + "&project={q_project}"),
    get("project_leadtimes", 400, 400, 403, 403, query="?start=reserve"),
    get("project_leadtimes", 400, 400, 403, 403, query="?start=reserve&end=reserve"),
    get("project_leadtimes", 400, 400, 403, 403, query="?start=nowhere&end=signed"),
    get("project_leadtimes", 400, 400, 403, 403, query="?project=99999999999999999999"),
    get("project_family", 200, 200, 403, 403, **P),
    get("project_family", 404, 404, 404, 404, pk=NOWHERE),
    get("project_alike", 200, 403, 403, 403),
    get("project_merge", 200, 403, 403, 403, **P),
    get("project_merge", 200, 403, 403, 403, query="?q=示例", **P),
    get("project_merge", 200, 403, 403, 403, query="?other={q_other}", **P),
    get("project_merge", 404, 403, 403, 403, query="?other=nobody", **P),
    post("project_merge", 302, 403, 403, 403, **P, data={"other": "{q_other}", "reason": "重复"}),
    post("project_merge", 400, 403, 403, 403, **P, data={"other": "{q_other}"}),
    post("project_unmerge", 302, 403, 403, 403, pk="{q_merge}", data={"reason": "并错了"}),
    post("project_unmerge", 409, 403, 403, 403, pk="{q_merge}"),
    get("project_sheets", 200, 403, 403, 403),
    post("project_sheets", 400, 403, 403, 403, data={"pipeline": "six_batches", "as_of": DAY}),
    get("project_sheet_template", 200, 403, 403, 403, flow="six_batches"),
    get("project_sheet_template", 409, 403, 403, 403, flow="nothing"),
    get("project_sheet", 200, 403, 403, 403, pk="{q_checked}"),
    get("project_sheet", 200, 403, 403, 403, pk="{q_applied}"),
    get("project_sheet", 404, 403, 403, 403, pk=NOWHERE),
    *(post("project_sheet_act", 302, 403, 403, 403, pk="{q_checked}", step=step)
      for step in ("check", "enter", "discard")),
    post("project_sheet_act", 404, 403, 403, 403, pk="{q_checked}", step="eat"),
    post("project_sheet_workbook", 200, 403, 403, 403, pk="{q_checked}"),
    post("project_sheet_undo", 302, 403, 403, 403, pk="{q_applied}", data={"reason": "导错了"}),
    post("project_sheet_undo", 400, 403, 403, 403, pk="{q_applied}"),
    post("project_sheet_undo", 400, 403, 403, 403, pk="{q_checked}", data={"reason": "导错了"}),
    *(get("project_act", 403, 200, 403, 403, what=what, **P) for what in (
        "assess", "pool-in", "pool-out", "fund", "fund-submit", "fund-withdraw")),
    get("project_act", 403, 403, 403, 403, what="fund-decide", **P),
    post("project_act", 403, 403, 403, 403, what="fund-decide", **P),
    _do("assess", 302, on=DAY, q_owner="yes", q_content="no"),
    _do("assess", 400, on="2030-01-01", q_owner="yes"),
    _do("assess", 400, on=DAY, q_owner="maybe"),
    _do("pool-in", 400, on=DAY, pool="reserve"),
    _do("pool-out", 302, on=DAY, pool="reserve", reason="已开工"),
    _do("pool-out", 400, on=DAY, pool="reserve"),
    _do("fund", 302, channel="ultra_long_bond", amount="100", scale="10000", currency="CNY"),
    _do("fund", 400, channel="ultra_long_bond", amount="-1", scale="10000", currency="CNY"),
    _do("fund", 400, channel="none", amount="1", scale="10000", currency="CNY"),
    _do("fund-submit", 302, application="{q_prepared}", on=DAY, document_no="示例1号"),
    _do("fund-submit", 400, application="{q_submitted}", on=DAY),
    _do("fund-withdraw", 302, application="{q_submitted}", reason="资金另有来源"),
    _do("fund-withdraw", 400, application="{q_prepared}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    made: dict[str, Any] = {"project": None, "other": None, "gone": None}
    for name in made:
        made[name] = projects.create_project(
            actor=actor, now=now, name=f"示例储备项目{name}", pipeline="six_batches",
            on=dt.date(2026, 2, 1), synthetic=True, summary="示例", investor_name="示例投资方甲",
            lead_unit=zone.charge.unit, place=zone.park,
        )  # fmt: skip
    project = made["project"]
    for pool in ("reserve", "funding"):
        pools.enter_pool(actor=actor, project=project, pool=pool, on=dt.date(2026, 3, 1))
    asked = {"actor": actor, "project": project, "amount": Decimal(5_000_000), "now": now}
    prepared = pools.prepare_application(**asked, channel="special_bond")
    submitted = pools.submit_application(
        actor=actor, application=pools.prepare_application(**asked, channel="central_budget"),
        on=dt.date(2026, 4, 1), today=today, proof=pools.Proof(now, "示例申1号"),
    )  # fmt: skip
    merge = merging.merge_projects(
        actor=actor, survivor=project, absorbed=made["gone"], reason="重复", now=now
    )
    checked, applied = (_book(actor, n, now, today) for n in (1, 2))
    sheets.apply_sheet(actor=actor, sheet=applied, now=now)
    rows = {"prepared": prepared, "submitted": submitted, "merge": merge, "checked": checked,
            "applied": applied, "project": project, "other": made["other"]}  # fmt: skip
    return {f"q_{name}": row.pk for name, row in rows.items()}


def _book(actor: Actor, n: int, now: dt.datetime, today: dt.date) -> Any:
    return sheets.check_sheet(
        actor=actor, user=None, file_name="示例台账.csv", data=BOOK.format(n=n).encode(),
        as_of=today, now=now, synthetic=True,
    )  # fmt: skip
