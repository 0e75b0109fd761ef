"""The investment pipeline: projects, their stages, money, milestones and lights."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.projects.services import amounts, months, projects, stages, works
from tests.files import PNG
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A project of the handler's office (``project``), under way, with everything a page can show. The
# administrator reads it; only the lead unit's people write into it; leaders decide, and none of the
# four visitors is one.
P: dict[str, Any] = {"pk": "{p_project}"}
DO = (
    "enter", "back", "leave", "amount", "paper", "arrival", "correct-arrival", "month", "pause",
    "milestone", "item", "work", "site", "photo", "phase", "shares", "join", "part",
)  # fmt: skip
DECIDE = ("rule-pause", "light", "release-light")
DAY = "2026-05-01"


def _do(what: str, status: int, **data: str) -> Address:
    return post("project_act", 403, status, 403, 403, data=data, what=what, **P)


ADDRESSES: tuple[Address, ...] = (
    *(get(name, 200, 200, 403, 403) for name in (
        "projects", "project_list", "project_timeline", "project_map", "pipeline_figures")),
    get("projects", 200, 200, 403, 403, query="?pipeline=six_batches&text=示例&sector=2"),
    get("projects", 400, 400, 403, 403, query="?sector=9"),
    get("project_list", 200, 200, 403, 403,
        query="?stage=reserve&size=unknown&sort=total&rule=wuhan.progress_ratio&light=green"),
    get("project_list", 200, 200, 403, 403, query="?after=nothing_7"),
    get("project_list", 400, 400, 403, 403, query="?light=red"),
    get("project_list", 400, 400, 403, 403, query="?place=99999999999999999999"),
    get("project_list", 400, 400, 403, 403, query="?stage=nowhere"),
    get("project_timeline", 200, 200, 403, 403, query="?sort=since"),
    get("project_map", 400, 400, 403, 403, query="?size=huge"),
    post("project_export", 200, 200, 403, 403, data={"stage": "reserve"}),
    get("pipeline_figures", 200, 200, 403, 403, query="?first=2026-01-01&last=2026-12-31"),
    get("pipeline_figures", 400, 400, 403, 403, query="?first=2026-12-31&last=2026-01-01"),
    get("pipeline_figures", 400, 400, 403, 403, query="?first=yesterday"),
    get("pipeline_figures", 200, 200, 403, 403, query="?industry=c38"),
    get("pipeline_figures", 400, 400, 403, 403, query="?industry=38"),
    *(get("pipeline_figure", 200, 200, 403, 403, query=f"?{asked}") for asked in (
        "what=entered&key=reserve&first=2026-01-01&last=2026-12-31",
        "what=stock&key=reserve&first=2026-01-01&last=2026-12-31",
        "what=light&key=wuhan.progress_ratio.yellow&last=2026-12-31",
        "what=invested&key=2026-05&industry=C")),
    *(get("pipeline_figure", 404, 404, 403, 403, query=f"?{asked}") for asked in (
        "what=nothing", "what=entered&key=nowhere", "what=size&key=a.b.c", "what=above&key=no",
        "what=invested&key=2026-13", "what=light&key=no.red",
        "what=light&key=wuhan.progress_ratio.pink")),
    get("project_new", 403, 200, 403, 403),
    post("project_new", 403, 302, 403, 403, data={"name": "示例新项目", "pipeline": "six_batches"}),
    post("project_new", 403, 400, 403, 403, data={"name": "示例", "pipeline": "none"}),
    post("project_new", 403, 400, 403, 403, data={
        "name": "示例", "pipeline": "six_batches", "enterprise": "没有这家"}),
    get("project", 200, 200, 403, 403, **P),
    get("project", 200, 403, 403, 403, pk="{p_foreign_project}"),
    get("project", 404, 404, 404, 404, pk=NOWHERE),
    get("project_edit", 403, 200, 403, 403, **P),
    post("project_edit", 403, 302, 403, 403, data={"name": "示例项目改"}, **P),
    post("project_edit", 403, 400, 403, 403, data={"name": "示例", "excluded": "none"}, **P),
    get("project_milestones", 403, 200, 403, 403, **P),
    post("project_milestones", 403, 400, 403, 403, data={}, **P),
    post("project_milestones", 403, 400, 403, 403, **P, data={
        "m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0", "m-0-title": "没有代码"}),
    post("project_milestones", 403, 400, 403, 403, **P, data={
        "m-TOTAL_FORMS": "2", "m-INITIAL_FORMS": "0",
        "m-0-code": "a", "m-0-title": "甲", "m-0-after": "b",
        "m-1-code": "b", "m-1-title": "乙", "m-1-after": "a"}),
    post("project_milestones", 403, 302, 403, 403, **P, data={
        "m-TOTAL_FORMS": "1", "m-INITIAL_FORMS": "0", "m-0-code": "a", "m-0-title": "甲",
        "m-0-planned": "2027-01-01"}),
    *(get("project_act", 403, 200, 403, 403, what=what, **P) for what in DO),
    *(get("project_act", 403, 403, 403, 403, what=what, **P) for what in DECIDE),
    *(post("project_act", 403, 403, 403, 403, what=what, **P) for what in DECIDE),
    *(post("project_act", 403, 400, 403, 403, what=what, **P) for what in DO if what != "shares"),
    get("project_act", 404, 404, 404, 404, what="nothing", **P),
    get("project_act", 403, 200, 403, 403, what="paper", query="?kind=concept&file=x", **P),
    _do("enter", 400, stage="signed", on=DAY),
    _do("enter", 400, stage="in_talks", on=DAY, seen="0"),
    _do("back", 400, to="signed", on=DAY, void="really", reason="误报"),
    _do("leave", 302, reason="investor_withdrew", text="投资方放弃", on=DAY),
    _do("leave", 400, reason="nothing", text="投资方放弃", on=DAY),
    _do("amount", 302, kind="fixed", value="3", scale="100000000", currency="CNY", on=DAY),
    _do("amount", 400, kind="total", value="50000", scale="1", currency="CNY", on=DAY,
        reason="调整"),
    _do("amount", 400, kind="total", value="-1", scale="1", currency="CNY", on=DAY),
    _do("paper", 302, kind="contact_record", title="洽谈记录", document_no="示例〔2026〕2号"),
    _do("paper", 400, kind="contact_record", title="洽谈记录"),
    _do("arrival", 302, kind="fixed", on=DAY, amount="100", scale="10000", currency="CNY"),
    _do("arrival", 400, kind="fixed", on="2030-01-01", amount="100", scale="10000",
        currency="CNY"),
    _do("correct-arrival", 302, arrival="{p_arrival}", amount="50", scale="10000", remark="重复"),
    _do("correct-arrival", 400, arrival="{p_arrival}", amount="50", scale="10000"),
    _do("month", 302, month=DAY, planned="60", actual="55", scale="10000"),
    _do("month", 400, month=DAY, planned="160", actual="55", scale="10000"),
    _do("pause", 302, begins=DAY, until="2026-08-01", reason="汛期"),
    _do("pause", 400, begins=DAY, until="2026-04-01", reason="汛期"),
    _do("milestone", 302, milestone="{p_milestone}", on=DAY),
    _do("milestone", 400, milestone=str(NOWHERE), on=DAY),
    _do("item", 302, code="gate", title="闸门", unit="孔", total="6", begins=DAY, weight="1",
        plan="2026-06-01 2"),
    _do("item", 400, code="gate", title="闸门", unit="孔", total="6", begins=DAY, weight="1",
        plan="2026-06-01"),
    _do("work", 302, item="{p_item}", on=DAY, quantity="30000"),
    _do("work", 400, item="{p_item}", on=DAY, quantity="900000"),
    _do("site", 302, on=DAY, workers="120"),
    _do("site", 400, on=DAY),
    _do("phase", 302, name="示例二期"),
    _do("shares", 302, shares="zone 60\npark-1 40"),
    _do("shares", 400, shares="zone 60\npark-1 30"),
    _do("shares", 400, shares="nowhere 100"),
    _do("shares", 400, shares="zone many"),
    _do("join", 302, user="clerk", role="service", on=DAY),
    _do("join", 400, user="nobody", role="service", on=DAY),
    _do("part", 302, member="{p_member}", on="2026-10-01"),
    _do("part", 400, member="{p_member}", on="2019-01-01"),
    get("project_paper", 404, 404, 403, 403, row="{p_paper}", **P),
    get("project_paper", 404, 404, 403, 403, row=NOWHERE, **P),
    get("project_photo", 200, 200, 403, 403, row="{p_photo}", **P),
    get("project_photo", 404, 404, 403, 403, row=NOWHERE, **P),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    office = zone.charge.unit
    hand: dict[str, Any] = {"actor": actor, "now": now}
    project = projects.create_project(
        **hand, name="示例储能电池项目", pipeline="six_batches", on=dt.date(2026, 2, 1),
        synthetic=True, summary="建设 30 GWh 储能电池", investor_name="示例投资方",
        lead_unit=office, place=zone.park, sector=2, industry="C3841",
        planned_start=dt.date(2026, 3, 1), planned_finish=dt.date(2027, 6, 30),
    )  # fmt: skip
    amounts.state_amount(
        **hand, project=project, kind="total", value=Decimal("500000000"), on=dt.date(2026, 2, 1)
    )
    paper = amounts.add_paper(
        **hand, project=project, kind="concept", title="策划书", document_no="示例〔2026〕1号"
    )
    stages.enter_stage(
        **hand, project=project, stage="reserve", on=dt.date(2026, 2, 2), today=today
    )
    arrival = amounts.record_arrival(
        **hand, project=project, kind="fixed", on=dt.date(2026, 3, 1), amount=Decimal(1_000_000),
        today=today,
    )  # fmt: skip
    months.report_month(
        **hand, project=project, month=dt.date(2026, 4, 1), today=today, planned=Decimal("0.5"),
        actual=Decimal("0.35"),
    )  # fmt: skip
    milestone = works.plan_milestones(
        actor=actor, project=project, today=today, milestones=[
            {"code": "piles", "title": "桩基完成", "planned": dt.date(2026, 4, 30)},
            {"code": "roof", "title": "主体封顶", "planned": dt.date(2027, 3, 31),
             "after": ["piles"], "fixed": dt.date(2027, 5, 15), "fixed_reason": "汛期"}],
    )[0]  # fmt: skip
    item = works.plan_item(
        actor=actor, project=project, code="concrete", title="混凝土", unit="m³",
        total=Decimal(160_000), begins=dt.date(2026, 3, 1),
        plan={dt.date(2026, 12, 31): Decimal(160_000)},
    )  # fmt: skip
    photo = works.add_photo(
        **hand, project=project, on=dt.date(2026, 4, 1), caption="桩基", file_name="site.png",
        data=PNG, today=today,
    )  # fmt: skip
    member = projects.join_team(
        actor=actor, project=project, user=zone.clerk, role="manager", on=dt.date(2026, 2, 1)
    )
    foreign = projects.create_project(
        **hand, name="示例他单位项目", pipeline="seven_batches", on=today, synthetic=True
    )
    made = {
        "project": project, "paper": paper, "arrival": arrival, "milestone": milestone,
        "item": item, "photo": photo, "member": member, "foreign_project": foreign,
    }  # fmt: skip
    return {f"p_{name}": row.pk for name, row in made.items()}
