"""Reform programmes and their tasks."""

import datetime as dt
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.reforms.services import programmes
from openzone.zone.reforms.services.closings import Carry, ask_closing
from openzone.zone.reforms.services.extensions import ask_extension
from openzone.zone.reforms.services.progress import report
from openzone.zone.reforms.services.sheets import check_tasks
from tests.www.addresses.address import Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A programme under way with a task of the handler's office (``reform``), reported on, with more
# time asked for, and another task (``other_reform``); and one that has not begun. The service
# centre and leaders check, which the four visitors are not; administrators keep programmes.
ADDRESSES: tuple[Address, ...] = (
    get("reforms", 200, 200, 403, 403),
    get("reforms_mine", 200, 200, 403, 403),
    get("reform_new", 200, 403, 403, 403),
    post("reform_new", 302, 403, 403, 403, data={
        "title": "新方案", "first_on": "2026-01-01", "last_on": "2026-12-31"}),
    post("reform_new", 400, 403, 403, 403, data={
        "title": "新方案", "first_on": "2026-12-31", "last_on": "2026-01-01"}),
    get("reform_programme", 200, 200, 403, 403, pk="{r_programme}"),
    get("reform_programme", 404, 404, 404, 404, pk=999999),
    get("reform_closing", 200, 200, 403, 403, pk="{r_ended}"),
    get("reform_closing", 404, 404, 403, 403, pk="{r_programme}"),
    get("reform_closing_ask", 200, 403, 403, 403, pk="{r_programme}"),
    post("reform_closing_ask", 400, 403, 403, 403, pk="{r_programme}", data={"summary": "完成"}),
    *(post("reform_closing_file", 200, 200, 403, 403, pk="{r_ended}", kind=kind) for kind in (
        "word", "pdf", "excel")),
    post("reform_closing_file", 404, 404, 403, 403, pk="{r_ended}", kind="nothing"),
    get("reform_closing_rule", 403, 403, 403, 403, pk="{r_closing}"),
    get("reform_reopen", 403, 403, 403, 403, pk="{r_ended}"),
    post("reform_begin", 302, 403, 403, 403, pk="{r_prepared}"),
    get("reform_add", 200, 403, 403, 403, pk="{r_programme}", what="task"),
    get("reform_add", 404, 403, 403, 403, pk="{r_programme}", what="nothing"),
    post("reform_add", 302, 403, 403, 403, pk="{r_programme}", what="area", data={"title": "新"}),
    post("reform_add", 302, 403, 403, 403, pk="{r_programme}", what="task", data={
        "area": "{r_reform_area}", "number": "9", "title": "新任务", "lead": "office",
        "due_on": "2030-01-01", "weight": "1"}),
    post("reform_add", 400, 403, 403, 403, pk="{r_programme}", what="task", data={
        "area": "{r_reform_area}", "number": "1", "title": "重号", "lead": "office",
        "due_on": "2030-01-01", "weight": "1"}),
    get("reform_tasks", 200, 200, 403, 403, pk="{r_programme}"),
    get("reform_tasks", 200, 200, 403, 403, pk="{r_programme}",
        query="?area={r_reform_area}&unit=office&light=green&reported=no"),
    get("reform_tasks", 400, 400, 403, 403, pk="{r_programme}", query="?light=blue"),
    post("reform_export", 200, 200, 403, 403, pk="{r_programme}"),
    get("reform_sheets", 200, 403, 403, 403, pk="{r_programme}"),
    post("reform_sheets", 400, 403, 403, 403, pk="{r_programme}"),
    get("reform_sheet", 200, 403, 403, 403, pk="{r_task_sheet}"),
    post("reform_sheet_act", 302, 403, 403, 403, pk="{r_task_sheet}", step="apply"),
    post("reform_sheet_act", 302, 403, 403, 403, pk="{r_task_sheet}", step="discard"),
    post("reform_sheet_act", 404, 403, 403, 403, pk="{r_task_sheet}", step="nowhere"),
    get("reform_task", 200, 200, 403, 403, pk="{r_reform}"),
    get("reform_report", 403, 200, 403, 403, pk="{r_other_reform}"),
    post("reform_report", 403, 302, 403, 403, pk="{r_other_reform}", data={
        "percent": "30", "text": "已印发方案", "evidence": "文号"}),
    post("reform_report", 403, 400, 403, 403, pk="{r_other_reform}", data={
        "percent": "130", "text": "已印发方案", "evidence": "文号"}),
    get("reform_extension", 403, 200, 403, 403, pk="{r_other_reform}"),
    post("reform_extension", 403, 302, 403, 403, pk="{r_other_reform}", data={
        "to_on": "2030-02-01", "reason": "系统升级"}),
    post("reform_extension", 403, 400, 403, 403, pk="{r_other_reform}", data={
        "to_on": "2029-02-01", "reason": "系统升级"}),
    get("reform_step", 200, 200, 403, 403, pk="{r_reform}"),
    post("reform_step", 302, 302, 403, 403, pk="{r_reform}", data={
        "title": "印发方案", "due_on": "2026-01-01"}),
    post("reform_step", 400, 400, 403, 403, pk="{r_reform}", data={
        "title": "太晚", "due_on": "2031-01-01"}),
    get("reform_owner", 200, 403, 403, 403, pk="{r_reform}"),
    post("reform_owner", 302, 403, 403, 403, pk="{r_reform}", data={"owner": "clerk"}),
    post("reform_owner", 400, 403, 403, 403, pk="{r_reform}", data={"owner": "nobody"}),
    get("reform_step_done", 200, 200, 403, 403, pk="{r_reform_step_row}"),
    post("reform_step_done", 302, 302, 403, 403, pk="{r_reform_step_row}", data={"proof": "文号"}),
    get("reform_check", 403, 403, 403, 403, pk="{r_reform_report_row}"),
    post("reform_check", 403, 403, 403, 403, pk="{r_reform_report_row}", data={"yes": "yes"}),
    get("reform_rule", 403, 403, 403, 403, pk="{r_reform_extension_row}"),
    post("reform_rule", 403, 403, 403, 403, pk="{r_reform_extension_row}", data={"yes": "yes"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    office = zone.charge.unit
    assert office is not None
    span = {"first_on": dt.date(2020, 1, 1), "last_on": dt.date(2031, 12, 31)}
    programme, prepared = (
        programmes.create_programme(actor=actor, title=title, synthetic=True, **span)
        for title in ("示例营商环境6.0", "示例筹备方案")
    )
    tasks = [
        programmes.add_task(
            actor=actor, area=programmes.add_area(actor=actor, programme=one, title="一网通办"),
            number="1", title="推行电子证照", lead=office, due_on=dt.date(2030, 1, 1), now=now,
            owner=zone.clerk,
        )
        for one in (programme, prepared)
    ]  # fmt: skip
    task = tasks[0]
    second = programmes.add_task(
        actor=actor, area=task.area, number="2", title="压减材料", lead=office,
        due_on=dt.date(2030, 1, 1), now=now,
    )  # fmt: skip
    programmes.begin_programme(actor=actor, programme=programme, now=now)
    step = programmes.add_step(actor=actor, task=task, title="出方案", due_on=dt.date(2026, 1, 1))
    given = {"actor": actor, "by": zone.clerk, "task": task, "now": now}
    told = report(percent=40, text="完成一半", evidence="台账", **given)
    asked = ask_extension(to_on=dt.date(2030, 2, 1), reason="升级", on=today, **given)
    data = "领域,编号,任务,牵头单位,完成时限\n一网通办,7,导入的任务,示例经济发展局,2029-06-30\n"
    sheet = check_tasks(
        actor=actor, programme=programme, file_name="任务.csv", data=data.encode(), now=now,
        as_of=today,
    )  # fmt: skip
    ended = programmes.create_programme(actor=actor, title="示例已结项方案", synthetic=True, **span)
    carried = programmes.add_task(
        actor=actor, area=programmes.add_area(actor=actor, programme=ended, title="一网通办"),
        number="1", title="减环节", lead=office, due_on=dt.date(2030, 1, 1), now=now,
    )  # fmt: skip
    programmes.begin_programme(actor=actor, programme=ended, now=now)
    closing = ask_closing(
        actor=actor, by=zone.clerk, programme=ended, summary="基本完成（示例）", now=now,
        carries=[Carry(carried, prepared, dt.date(2030, 6, 1), "系统未上线（示例）")],
    )  # fmt: skip
    made = {
        "ended": ended, "closing": closing, "programme": programme, "prepared": prepared,
        "reform_area": task.area, "reform": task,
        "other_reform": second, "reform_step_row": step, "reform_report_row": told,
        "reform_extension_row": asked, "task_sheet": sheet,
    }  # fmt: skip
    return {f"r_{name}": row.pk for name, row in made.items()}
