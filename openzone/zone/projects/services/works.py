"""The work is planned and reported: milestones as a network, work in its units, days on site."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from openzone.engines.files.gate import FileRefusedError, check
from openzone.engines.projects import progress
from openzone.engines.projects.schedule_faults import ScheduleFault, faults
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused, ensure_valid
from openzone.zone.people.models import User
from openzone.zone.projects.models import (
    Milestone,
    Photo,
    PhysicalItem,
    PhysicalReport,
    PlanPoint,
    Project,
    SiteDay,
)
from openzone.zone.projects.selectors.works import as_engine, engine_item, report_points
from openzone.zone.projects.writing import locked, note

TO_COME = Text("{day} 还没有到", "{day} has not come yet")
DOWN = Text("计划累计量不能减少", "what is planned in all cannot become less")
BEYOND = Text("计划累计量不能超过总量 {total}", "no more can be planned than the whole, {total}")
PICTURES = ("png", "jpeg", "jpg")


@transaction.atomic
def plan_milestones(
    *, actor: Actor, project: Project, milestones: Sequence[Mapping[str, Any]], today: dt.date
) -> list[Milestone]:
    """Plan a project's milestones anew, as a whole; what is done keeps its day.

    Each: code, title, planned, days, fixed, fixed_reason, after (codes), remark.

    Raises:
        Refused: with every fault of the network: circles, days before their predecessor …

    """
    fresh = locked(project)
    done = {one.code: one.actual for one in fresh.milestones.all()}
    planned = [
        Milestone(project=fresh, order=place, **{"actual": done.get(given["code"]), **given})
        for place, given in enumerate(milestones)
    ]
    _ensure_network(planned, today)
    fresh.milestones.all().delete()
    for one in planned:
        ensure_valid(one)
    Milestone.objects.bulk_create(planned)
    note("milestones.planned", actor, fresh, count=len(planned))
    return list(fresh.milestones.all())


@transaction.atomic
def finish_milestone(
    *, actor: Actor, milestone: Milestone, on: dt.date | None, today: dt.date, remark: str = ""
) -> Milestone:
    """Say on which day a milestone was done; None takes it back, with a remark."""
    fresh = locked(milestone.project)
    milestone = Milestone.objects.get(pk=milestone.pk)
    if on is None and not remark.strip():
        raise Refused(Text("请写明撤回原因", "say why it is taken back"), field="remark")
    milestone.actual, milestone.remark = on, remark.strip()
    others = [one for one in fresh.milestones.all() if one.pk != milestone.pk]
    _ensure_network([*others, milestone], today, only=milestone.code)
    milestone.save(update_fields=["actual", "remark"])
    told = on.isoformat() if on else ""
    note("milestone.done", actor, fresh, code=milestone.code, on=told, remark=milestone.remark)
    return milestone


@transaction.atomic
def plan_item(
    *, actor: Actor, project: Project, code: str, title: str, unit: str, total: Decimal,
    begins: dt.date, plan: Mapping[dt.date, Decimal], weight: Decimal = Decimal(1),
) -> PhysicalItem:  # fmt: skip
    """Plan a piece of work: how much in all by which day; planning it again replaces the plan."""
    fresh = locked(project)
    item = fresh.items.filter(code=code).first() or PhysicalItem(project=fresh, code=code)
    item.title, item.unit, item.total = title.strip(), unit.strip(), total
    item.begins, item.weight = begins, weight
    ensure_valid(item)
    amounts = [plan[day] for day in sorted(plan)]
    if amounts != sorted(amounts):
        raise Refused(DOWN, field="plan")
    if amounts and amounts[-1] > total:
        raise Refused(BEYOND.format(total=total), field="plan")
    item.save()
    item.plan.all().delete()
    PlanPoint.objects.bulk_create(
        PlanPoint(item=item, on=day, quantity=amount) for day, amount in plan.items()
    )
    note("work.planned", actor, fresh, code=code, unit=unit, total=str(total))
    return item


@transaction.atomic
def report_work(
    *, actor: Actor, item: PhysicalItem, on: dt.date, quantity: Decimal, now: dt.datetime,
    today: dt.date, user: User | None = None, remark: str = "", correction: str = "",
    sure: bool = False,
) -> PhysicalReport:  # fmt: skip
    """Report how much is done in all, in the unit of the work.

    Less than before needs a ``correction``; ten, a hundred … times as much needs a person ``sure``.
    """
    fresh = locked(item.project)
    _ensure_come(on, today)
    found = progress.check_report(
        engine_item(item), report_points(item.reports.all()), progress.Point(on, quantity)
    )
    passed = {progress.Remedy.EXPLAIN: bool(correction.strip()), progress.Remedy.CONFIRM: sure}
    for fault in found:
        if not passed.get(fault.remedy, False):
            raise Refused(fault.reason, field=fault.field)
    report = PhysicalReport(
        item=item, on=on, quantity=quantity, remark=remark.strip(), reported_by=user,
        correction=correction.strip(), reported_at=now,
    )  # fmt: skip
    ensure_valid(report)
    report.save()
    note("work.reported", actor, fresh, code=item.code, on=on.isoformat(), done=str(quantity))
    return report


@transaction.atomic
def count_site(
    *, actor: Actor, project: Project, on: dt.date, now: dt.datetime, today: dt.date,
    workers: int | None = None, machines: int | None = None, remark: str = "",
    user: User | None = None,
) -> SiteDay:  # fmt: skip
    """Count people and machines on site on a day; what nobody counted stays empty."""
    fresh = locked(project)
    _ensure_come(on, today)
    if workers is None and machines is None:
        raise Refused(Text("请填写人数或机械数", "count workers or machines"), field="workers")
    day = SiteDay(
        project=fresh, on=on, workers=workers, machines=machines, remark=remark.strip(),
        reported_by=user, reported_at=now,
    )  # fmt: skip
    ensure_valid(day)
    day.save()
    note("site.counted", actor, fresh, on=on.isoformat(), workers=workers, machines=machines)
    return day


@transaction.atomic
def add_photo(
    *, actor: Actor, project: Project, on: dt.date, caption: str, file_name: str, data: bytes,
    now: dt.datetime, today: dt.date, user: User | None = None,
) -> Photo:  # fmt: skip
    """Keep a picture of the site, checked by its content."""
    fresh = locked(project)
    _ensure_come(on, today)
    try:
        found = check(file_name, data)
    except FileRefusedError as error:
        raise Refused(error.reason, field="file") from None
    if found.kind not in PICTURES:
        raise Refused(Text("请上传图片", "a picture is needed"), field="file")
    photo = Photo(
        project=fresh, on=on, caption=caption.strip(), name=found.name, sha256=found.sha256,
        added_by=user, added_at=now,
    )  # fmt: skip
    photo.file.save(found.name, ContentFile(data), save=False)
    ensure_valid(photo)
    photo.save()
    note("photo.added", actor, fresh, on=on.isoformat(), sha256=photo.sha256)
    return photo


def _ensure_come(day: dt.date, today: dt.date) -> None:
    if day > today:
        raise Refused(TO_COME.format(day=day), field="on")


def _ensure_network(
    milestones: Sequence[Milestone], today: dt.date, only: str | None = None
) -> None:
    """Refuse what is no plan; ``only``: what one milestone alone has brought about."""
    found = [
        fault
        for fault in faults(as_engine(milestones), today)
        if only is None or fault.milestone == only
    ]
    if found:
        raise Refused(_told(found), field=found[0].field)


def _told(found: Sequence[ScheduleFault]) -> Text:
    return Text(
        "；".join(f"{one.milestone}：{one.reason.zh}" for one in found),
        "; ".join(f"{one.milestone}: {one.reason.en}" for one in found),
    )
