"""Statistics of projects with the numbers behind every row, and the three pools."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from pydantic import Field

from openzone.engines.projects.counter_json import counters_json, rate_json, unproved_json
from openzone.engines.projects.tally import DIMENSIONS
from openzone.engines.text import Text
from openzone.packs.pipelines import DEFAULT
from openzone.www.api.areas.project_work import of
from openzone.www.api.areas.projects import NO_SUCH, desk, kept, ruled, seen
from openzone.www.api.bodies import Body
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, latest
from openzone.www.api.sent import Asked
from openzone.www.api.shapes import project_figures as shapes
from openzone.www.api.values import Day, FileIn, Id, Line, content_of
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import AmountKind, Currency, PoolKind
from openzone.zone.projects.models import FundingApplication, Project, ProjectMerge
from openzone.zone.projects.packs import pipeline, pipeline_names
from openzone.zone.projects.permissions import may_list, may_tidy
from openzone.zone.projects.selectors import pools as reading
from openzone.zone.projects.selectors.listing import visible
from openzone.zone.projects.selectors.statistics import figures
from openzone.zone.projects.services import merging, pools
from openzone.zone.projects.services.pools import Proof

__all__ = ["desk"]  # one router with the projects
Money = Annotated[Decimal, Field(gt=0, max_digits=20, decimal_places=2)]
BACKWARDS = Text("起始日期在截止日期之后", "the first day is after the last")


@desk.read("/project-figures", Text("项目统计", "Counters of projects"), shapes.ProjectFiguresOut)
def counted(
    asked: Asked, start: Day, end: Day, by: Line = "", pipeline_id: Line = DEFAULT,
    amount: Line = "total", place: Line = "",
) -> Any:  # fmt: skip
    """What entered each stage from `start` to `end`, both included, of what the caller may see.

    `by` takes several names with commas: stage, batch, size, size_at_least, industry, sector,
    origin, chain, place, month, year. `place` is a name, of which only the share counts.
    """
    require(may_list(asked.user, asked.on))
    if start > end:
        raise Refused(BACKWARDS, field="start")
    names = tuple(one.strip() for one in by.split(",") if one.strip()) or ("stage",)
    for name, value, known in (
        *(("by", one, DIMENSIONS) for one in names),
        ("pipeline_id", pipeline_id, pipeline_names()), ("amount", amount, AmountKind.values),
    ):  # fmt: skip
        if value not in known:
            raise Refused(NO_SUCH.format(value=value), field=name)
    return _told(asked, start, end, names, pipeline_id, amount, place)


def _told(
    asked: Asked, start: dt.date, end: dt.date, by: tuple[str, ...], name: str, amount: str,
    place: str,
) -> dict[str, Any]:  # fmt: skip
    stages = pipeline(name)
    found = figures(
        name, start, end, by=by, amount=amount, place=place or None,
        within=visible(asked.user, asked.on),
    )  # fmt: skip
    return {
        "start": start, "end": end, "pipeline": name, "amount": amount, "place": place,
        "entered": counters_json(stages, found.entered),
        "at_end": counters_json(stages, found.at_end),
        "rates": [rate_json(one) for one in found.rates],
        "without_evidence": [unproved_json(stages, one) for one in found.unproved],
    }  # fmt: skip


@desk.read("/project-pools", Text("三个库", "The three pools"), list[shapes.PoolSumOut])
def pool_sums(asked: Asked) -> Any:
    """How many projects are in each pool and in the pipeline, and worth how much."""
    require(may_list(asked.user, asked.on))
    sums = reading.pool_sums(asked.user, asked.on)
    return [
        {"pool": name, "count": one.count, "amount": one.amount, "unstated": one.unstated}
        for name, one in sums.items()
    ]


@desk.read("/project-pools/reserve", Text("储备库", "The reserve"), list[shapes.ReservedOut])
def reserve(asked: Asked) -> Any:
    """The rolling reserve, the ripest first, with what the next grade still needs."""
    require(may_list(asked.user, asked.on))
    return [
        {
            **one._asdict(), "grade": one.maturity.grade.id if one.maturity.grade else "",
            "to_do": [asks.label for asks in one.maturity.to_do],
            "to_find_out": [asks.label for asks in one.maturity.to_find_out],
        }
        for one in reading.reserve(asked.user, asked.on)
    ]  # fmt: skip


@desk.read("/project-pools/funding", Text("向上争取库", "Upward funding"), list[shapes.UpwardOut])
def upward(asked: Asked) -> Any:
    """Each project of the pool against every channel: met or not, why, and what is missing."""
    require(may_list(asked.user, asked.on))
    return reading.upward(asked.user, asked.on)


@desk.read("/projects/{pk}/channels", Text("资金渠道匹配", "Channels"), list[shapes.MatchOut])
def channels(asked: Asked, pk: Id) -> Any:
    """Every channel of funds in force for one project, those it meets first."""
    return reading.matches(seen(asked, pk), asked.on)


@desk.read("/projects/{pk}/funding", Text("资金申请", "Applications"), list[shapes.FundingOut])
def applications(asked: Asked, pk: Id) -> Any:
    """What was asked of which channel, and what became of it."""
    return seen(asked, pk).funding.order_by("pk")


class PoolIn(Body):
    """A pool, and the category a project has in it."""

    pool: Line
    on: Day
    category: Line = ""


class OutOfPoolIn(Body):
    """Why a project leaves a pool."""

    pool: Line
    on: Day
    reason: Line


class AssessIn(Body):
    """Answers to questions of the reserve and of the channels: yes, no, or null (nobody knows)."""

    on: Day
    answers: dict[str, bool | None]
    remark: Line = ""


class ApplyIn(Body):
    """What is asked of a channel, in whole units of the currency."""

    channel: Line
    amount: Money
    currency: Line = "CNY"


class ProofIn(Body):
    """A paper about a step: a document number, a file, or both."""

    document_no: Line = ""
    file: FileIn | None = None

    def proof(self, asked: Asked) -> Proof | None:
        """Return the paper as services take it; None where nothing was sent."""
        if self.file is None:
            given = Proof(asked.now, self.document_no, user=asked.user)
            return given if self.document_no else None
        name, data = self.file.name, content_of(self.file)
        return Proof(asked.now, self.document_no, name, data, asked.user)


class SubmitIn(ProofIn):
    """The day an application went up, and what was handed in."""

    on: Day


class DecidedIn(ProofIn):
    """What was decided above: how much was granted, or null with the reason of the refusal."""

    granted: Money | None = None
    on: Day
    reason: Line = ""


class WhyIn(Body):
    """A reason."""

    reason: Line


class MergeIn(Body):
    """The project that is read as part of the one of the address, and why."""

    absorbed: Id
    reason: Line


@desk.act("/projects/{pk}/pool", Text("入库", "Put into a pool"), PoolIn, list[shapes.PoolSumOut])
def enter_pool(asked: Asked, sent: PoolIn, pk: Id) -> Any:
    """Put a project into the reserve or the upward-funding pool."""
    project = kept(asked, pk)
    _known("pool", sent.pool, PoolKind.values)
    pools.enter_pool(
        **of(asked), project=project, pool=sent.pool, on=sent.on, category=sent.category
    )
    return pool_sums(asked)


@desk.act("/projects/{pk}/pool-exit", Text("出库", "Take out of a pool"), OutOfPoolIn,
          list[shapes.PoolSumOut])  # fmt: skip
def leave_pool(asked: Asked, sent: OutOfPoolIn, pk: Id) -> Any:
    """Take a project out of a pool, with a reason."""
    project = kept(asked, pk)
    _known("pool", sent.pool, PoolKind.values)
    pools.leave_pool(**of(asked), project=project, pool=sent.pool, on=sent.on, reason=sent.reason)
    return pool_sums(asked)


@desk.act("/projects/{pk}/assessment", Text("评定成熟度", "Assess"), AssessIn,
          shapes.AssessmentOut)  # fmt: skip
def assess(asked: Asked, sent: AssessIn, pk: Id) -> Any:
    """Answer questions; the grade follows. Answers stand until they are answered again."""
    project = kept(asked, pk)
    return pools.assess(
        **of(asked, "now", "user"), project=project, on=sent.on, answers=sent.answers,
        remark=sent.remark,
    )  # fmt: skip


@desk.act("/projects/{pk}/funding", Text("准备资金申请", "Prepare an application"), ApplyIn,
          shapes.FundingOut, status=201)  # fmt: skip
def apply(asked: Asked, sent: ApplyIn, pk: Id) -> Any:
    """Prepare to ask a channel for funds."""
    project = kept(asked, pk)
    _known("currency", sent.currency, Currency.values)
    return pools.prepare_application(
        **of(asked, "now", "user"), project=project, channel=sent.channel,
        amount=sent.amount, currency=sent.currency,
    )  # fmt: skip


@desk.act("/funding/{pk}/submit", Text("上报资金申请", "Submit"), SubmitIn, shapes.FundingOut)
def submit(asked: Asked, sent: SubmitIn, pk: Id) -> Any:
    """Note the day on which an application went up."""
    found = _application(asked, pk)
    kept(asked, found.project_id)
    return pools.submit_application(
        **of(asked, "today"), application=found, on=sent.on, proof=sent.proof(asked)
    )


@desk.act("/funding/{pk}/decide", Text("登记批复", "Note the decision"), DecidedIn,
          shapes.FundingOut)  # fmt: skip
def decide(asked: Asked, sent: DecidedIn, pk: Id) -> Any:
    """Note what was decided above. Granted is not arrived."""
    found = _application(asked, pk)
    ruled(asked, found.project_id)
    return pools.decide_application(
        **of(asked, "today"),
        application=found,
        granted=sent.granted,
        on=sent.on,
        reason=sent.reason,
    )


@desk.act("/funding/{pk}/withdraw", Text("撤回资金申请", "Take it back"), WhyIn, shapes.FundingOut)
def withdraw(asked: Asked, sent: WhyIn, pk: Id) -> Any:
    """Take an application back before it is decided."""
    found = _application(asked, pk)
    kept(asked, found.project_id)
    return pools.withdraw_application(**of(asked), application=found, reason=sent.reason)


@desk.read("/project-merges", Text("合并记录", "Merges"), shapes.MergePart)
def merges(asked: Asked, after: After = 0, limit: Limit = 50) -> Any:
    """Projects that are read as one, the latest first, undone ones too."""
    require(may_tidy(asked.user, asked.on))
    return latest(ProjectMerge.objects.select_related("survivor", "absorbed"), after, limit)


@desk.act("/projects/{pk}/merge", Text("合并项目", "Merge"), MergeIn, shapes.MergeOut, status=201)
def merge(asked: Asked, sent: MergeIn, pk: Id) -> Any:
    """Read another project as part of this one; it can be undone exactly."""
    require(may_tidy(asked.user, asked.on))
    survivor, absorbed = seen(asked, pk), Project.objects.filter(pk=sent.absorbed).first()
    if absorbed is None:
        raise Refused(NO_SUCH.format(value=sent.absorbed), field="absorbed")
    return merging.merge_projects(
        **of(asked, "now", "user"), survivor=survivor, absorbed=absorbed, reason=sent.reason
    )


@desk.act("/project-merges/{pk}/undo", Text("撤销合并", "Undo a merge"), WhyIn, shapes.MergeOut)
def undo(asked: Asked, sent: WhyIn, pk: Id) -> Any:
    """Undo a merge: both stand as if it had never been."""
    require(may_tidy(asked.user, asked.on))
    found = get_object_or_404(ProjectMerge.objects.select_related("survivor", "absorbed"), pk=pk)
    return merging.undo_merge(**of(asked, "now"), merge=found, reason=sent.reason)


def _application(asked: Asked, pk: int) -> FundingApplication:
    found = get_object_or_404(FundingApplication.objects.select_related("project"), pk=pk)
    seen(asked, found.project_id)
    return found


def _known(field: str, value: str, known: list[str]) -> None:
    if value not in known:
        raise Refused(NO_SUCH.format(value=value), field=field)
