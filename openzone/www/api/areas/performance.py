"""Targets and how far they are, evaluations and one's own score, the report of projects."""

import datetime as dt
from typing import Any

from django.shortcuts import get_object_or_404

from openzone.engines.text import Text
from openzone.www.api.bodies import Body
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.paging import After, Limit, slice_of
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import performance as shapes
from openzone.www.api.shapes.common import Words
from openzone.www.api.values import Id, Line
from openzone.www.forms import performance as page
from openzone.www.views.agreements.common import upload
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.performance import permissions
from openzone.zone.performance.models import Completion, Objection, Participant, Round, Target
from openzone.zone.performance.selectors import scores, targets
from openzone.zone.performance.selectors.report import Period, report
from openzone.zone.performance.services import completions, objections, rounds
from openzone.zone.performance.services import targets as services
from openzone.zone.projects.selectors.listing import visible

desk = Desk(KeyArea.PERFORMANCE)
OWN = ("unit", "person", "lead_unit", "first")
ASK = Text(
    "他人得分请用 POST …/look 查看，查看记录写入日志",
    "somebody else's score is read by POST …/look, which the log notes",
)


@desk.read("/targets", Text("目标清单", "Targets of a year"), shapes.TargetPart)
def list_targets(
    asked: Asked, year: int | None = None, scope: Line = "", after: After = 0, limit: Limit = 50
) -> Any:
    """Targets of a year (this one) with how far each is; `scope`: zone, unit or person."""
    require(permissions.may_list(asked.user, asked.on))
    chosen = year or asked.on.year
    found = targets.of_year(targets.visible(asked.user, asked.on), chosen)
    if scope:
        found = found.filter(scope=scope)
    part = slice_of(list(found.order_by("pk")), lambda one: one.pk, after, limit)
    on = min(asked.on, dt.date(max(min(chosen, 9999), 1), 12, 31))
    drawn = [shapes.target_out(one) for one in targets.standings(part["items"], on)]
    return {**part, "items": drawn}


@desk.read("/targets/over-half", Text("双过半", "Over half"), shapes.OverHalfOut)
def over_half(asked: Asked, year: int | None = None) -> Any:
    """Whether the headline targets of a year are over half by the end of June."""
    require(permissions.may_list(asked.user, asked.on))
    chosen = max(min(year or asked.on.year, 9999), 1)
    found = targets.over_half(chosen, asked.on)
    drawn = [shapes.target_out(one) for one in found.standings]
    return {"year": chosen, "on": found.on, "verdict": found.verdict, "targets": drawn}


@desk.read("/targets/{pk}", Text("目标详情", "One target"), shapes.TargetDetail)
def get_target(asked: Asked, pk: Id) -> Any:
    """A target with the projects behind it and what was reported."""
    return _shown(asked, _target(asked, pk))


@desk.act("/targets", Text("下达目标", "Set a target"), page.TargetForm, shapes.TargetDetail,
          status=201)  # fmt: skip
def set_target(asked: Asked, sent: Sent) -> Any:
    """A target, written in the unit of its indicator, as on the page."""
    require(permissions.may_manage(asked.user, asked.on))
    made = services.set_target(actor=asked.actor, user=asked.user, now=asked.now, **sent.given())
    return _shown(asked, made)


@desk.act("/targets/{pk}/change", Text("调整目标", "Change a target"), page.ChangeForm,
          shapes.TargetDetail)  # fmt: skip
def change_target(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Another amount, with the reason; the answer is the row that stands from now on."""
    found = _kept(asked, pk)
    made = services.change_target(
        actor=asked.actor, user=asked.user, target=found, now=asked.now, **sent.given(found)
    )
    return _shown(asked, made)


@desk.act("/targets/{pk}/withdraw", Text("撤销目标", "Withdraw a target"), page.WithdrawForm,
          shapes.TargetDetail)  # fmt: skip
def withdraw_target(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take a target back, with the reason."""
    found = _kept(asked, pk)
    made = services.withdraw_target(
        actor=asked.actor, user=asked.user, target=found, now=asked.now, **sent.given(found)
    )
    return _shown(asked, made)


@desk.act("/targets/{pk}/completions", Text("填报完成情况", "Report what was reached"),
          page.CompletionForm, shapes.CompletionOut, status=201)  # fmt: skip
def report_completion(asked: Asked, sent: Sent, pk: Id) -> Any:
    """What was reached since the first day of the target, with evidence; another confirms it."""
    found = _target(asked, pk)
    require(permissions.may_report(asked.user, found, asked.on))
    return completions.report_completion(
        actor=asked.actor, user=asked.user, target=found, now=asked.now, today=asked.on,
        **upload(sent.given(found)),
    )  # fmt: skip


class AnswerIn(Body):
    """Confirm or return."""

    confirmed: bool
    remark: Line = ""


@desk.act("/targets/completions/{pk}/answer", Text("确认或退回填报", "Answer a report"), AnswerIn,
          shapes.CompletionOut)  # fmt: skip
def answer_completion(asked: Asked, sent: AnswerIn, pk: Id) -> Any:
    """Confirm a report or return it with the reason; never one's own."""
    related = Completion.objects.select_related("target__unit", "target__person", "reported_by")
    found = get_object_or_404(related, pk=pk)
    require(permissions.may_see_target(asked.user, found.target, asked.on))
    require(permissions.may_answer(asked.user, found, asked.on))
    completions.answer_completion(
        actor=asked.actor, user=asked.user, completion=found, confirmed=sent.confirmed,
        remark=sent.remark, now=asked.now,
    )  # fmt: skip
    return related.get(pk=pk)


@desk.read("/evaluations", Text("考核清单", "Evaluations"), list[shapes.RoundOut])
def list_rounds(asked: Asked) -> Any:
    """The evaluations the caller may open, the latest first."""
    require(permissions.may_list(asked.user, asked.on))
    return list(scores.visible_rounds(asked.user, asked.on))


@desk.read("/evaluations/mine", Text("我的考核", "Where I am evaluated"),
           list[shapes.ParticipantOut])  # fmt: skip
def my_scores(asked: Asked) -> Any:
    """Where the caller, or a unit the caller leads, is evaluated."""
    require(permissions.may_list(asked.user, asked.on))
    return list(scores.own(asked.user, asked.on).order_by("-pk"))


@desk.read("/evaluations/{pk}", Text("考核详情", "One evaluation"), shapes.RoundDetail)
def get_round(asked: Asked, pk: Id) -> Any:
    """An evaluation with those in it whose score the caller may see."""
    return _opened(asked, _round(asked, pk))


@desk.act("/evaluations", Text("开展考核", "Open an evaluation"), page.RoundForm,
          shapes.RoundDetail, status=201)  # fmt: skip
def open_round(asked: Asked, sent: Sent) -> Any:
    """An evaluation by a scheme, of a year up to a day."""
    require(permissions.may_manage(asked.user, asked.on))
    made = rounds.open_round(
        actor=asked.actor, user=asked.user, now=asked.now, today=asked.on, **sent.given()
    )
    return _opened(asked, made)


@desk.act("/evaluations/{pk}/participants", Text("添加被考核人", "Evaluate somebody"),
          page.ParticipantForm, shapes.ParticipantOut, status=201)  # fmt: skip
def add_participant(asked: Asked, sent: Sent, pk: Id) -> Any:
    """A person or a unit, in a post of the scheme."""
    found = _managed(asked, pk)
    return rounds.add_participant(actor=asked.actor, found=found, **sent.given(found))


@desk.act("/evaluations/{pk}/drop", Text("移出被考核人", "Take somebody out"), page.DropForm,
          shapes.RoundDetail)  # fmt: skip
def drop_participant(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Take somebody out while scores are simulated."""
    found = _managed(asked, pk)
    rounds.drop_participant(actor=asked.actor, **sent.given(found))
    return _opened(asked, found)


@desk.act("/evaluations/{pk}/close", Text("锁定得分", "Fix the scores"), None, shapes.RoundDetail)
def close_round(asked: Asked, sent: Body, pk: Id) -> Any:
    """Fix the scores as they are now; somebody else confirms them."""
    found = _managed(asked, pk)
    made = rounds.close_round(actor=asked.actor, user=asked.user, found=found, now=asked.now)
    return _opened(asked, made)


@desk.act("/evaluations/{pk}/confirm", Text("确认结果", "Confirm a result"), None,
          shapes.RoundDetail)  # fmt: skip
def confirm_round(asked: Asked, sent: Body, pk: Id) -> Any:
    """Confirm what somebody else fixed."""
    made = rounds.confirm_round(
        actor=asked.actor, user=asked.user, found=_confirming(asked, pk), now=asked.now,
        today=asked.on,
    )  # fmt: skip
    return _opened(asked, made)


@desk.act("/evaluations/{pk}/return", Text("退回结果", "Send a result back"), page.ReturnForm,
          shapes.RoundDetail)  # fmt: skip
def return_round(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Send a result back to be simulated again, with the reason."""
    found = _confirming(asked, pk)
    made = rounds.return_round(actor=asked.actor, user=asked.user, found=found, **sent.given(found))
    return _opened(asked, made)


@desk.act("/evaluations/{pk}/finish", Text("确定最终结果", "Make a result final"), None,
          shapes.RoundDetail)  # fmt: skip
def finish_round(asked: Asked, sent: Body, pk: Id) -> Any:
    """Make a result final once the days are over and every objection is answered."""
    found = _managed(asked, pk)
    made = rounds.finish_round(actor=asked.actor, found=found, now=asked.now, today=asked.on)
    return _opened(asked, made)


@desk.read("/evaluations/scores/{pk}", Text("我的得分", "One's own score"), shapes.ScoreOut)
def get_score(asked: Asked, pk: Id) -> Any:
    """One's own score with its formulas; `pk` is that of the participant."""
    found = _participant(asked, pk)
    if not permissions.is_own(asked.user, found, asked.on):
        raise Refused(ASK)
    return _scored(asked, found)


@desk.act("/evaluations/scores/{pk}/look", Text("查看他人得分", "Look at a score"), None,
          shapes.ScoreOut)  # fmt: skip
def look_at_score(asked: Asked, sent: Body, pk: Id) -> Any:
    """Somebody's score, for those who may see it; the log notes who looked."""
    found = _participant(asked, pk)
    rounds.log_scores_read(actor=asked.actor, found=found.round, whose=found.scope_key)
    return _scored(asked, found)


@desk.act("/evaluations/scores/{pk}/objections", Text("提出异议", "Object to a score"),
          page.ObjectionForm, shapes.ObjectionOut, status=201)  # fmt: skip
def object_to(asked: Asked, sent: Sent, pk: Id) -> Any:
    """Object to one's score within the days; a third answers."""
    found = _participant(asked, pk)
    require(permissions.may_object(asked.user, found, asked.on))
    return objections.object_to(
        actor=asked.actor, user=asked.user, participant=found, now=asked.now, today=asked.on,
        **sent.given(),
    )  # fmt: skip


class ReplyIn(Body):
    """What a third says to an objection."""

    upheld: bool
    text: Line


@desk.act("/evaluations/objections/{pk}/reply", Text("答复异议", "Answer an objection"), ReplyIn,
          shapes.ObjectionOut)  # fmt: skip
def reply_to(asked: Asked, sent: ReplyIn, pk: Id) -> Any:
    """Answer an objection; upheld, the score is worked out again from the record."""
    related = Objection.objects.select_related(
        "score__participant__round", "score__participant__person", "score__participant__unit"
    )
    found = get_object_or_404(related, pk=pk)
    require(permissions.may_reply(asked.user, found, asked.on))
    objections.reply_to(
        actor=asked.actor, user=asked.user, objection=found, upheld=sent.upheld, text=sent.text,
        now=asked.now, today=asked.on,
    )  # fmt: skip
    return Objection.objects.get(pk=pk)


@desk.read("/project-report", Text("项目工作报告", "Report of projects"), shapes.ReportOut)
def project_report(asked: Asked, first: dt.date | None = None, last: dt.date | None = None) -> Any:
    """The sentences of a period (this year so far), every number with footnote and projects."""
    require(permissions.may_report_projects(asked.user, asked.on))
    until = last or asked.on
    begins = first or until.replace(month=1, day=1)
    if begins > until:
        raise Refused(Text("起始日晚于截止日", "the first day is after the last"), field="first")
    sections = [
        {"heading": Words.of(part.heading),
         "sentences": [shapes.sentence_out(one) for one in part.said]}
        for part in report(Period(begins, until, asked.on))
    ]  # fmt: skip
    return {"first": begins, "last": until, "sections": sections}


def _target(asked: Asked, pk: int) -> Target:
    found = get_object_or_404(Target.objects.select_related(*OWN), pk=pk)
    require(permissions.may_see_target(asked.user, found, asked.on))
    return found


def _kept(asked: Asked, pk: int) -> Target:
    require(permissions.may_manage(asked.user, asked.on))
    return _target(asked, pk)


def _shown(asked: Asked, target: Target) -> dict[str, Any]:
    standing = targets.standing(target, asked.on)
    numbers = [one.id for one in standing.measured.parts]
    known = _known(asked, numbers)
    return {
        **shapes.target_out(standing),
        "parts": shapes.parts_out(standing.measured, known),
        "hidden": len(numbers) - len(known),
        "reports": list(targets.reports_of(target)),
    }


def _known(asked: Asked, numbers: list[str]) -> set[str]:
    """Return which of these projects the caller may see."""
    seen = visible(asked.user, asked.on).filter(number__in=numbers)
    return set(seen.values_list("number", flat=True))


def _round(asked: Asked, pk: int) -> Round:
    require(permissions.may_list(asked.user, asked.on))
    found = get_object_or_404(Round, pk=pk)
    require(permissions.may_see_round(asked.user, found, asked.on))
    return found


def _managed(asked: Asked, pk: int) -> Round:
    require(permissions.may_manage(asked.user, asked.on))
    return _round(asked, pk)


def _confirming(asked: Asked, pk: int) -> Round:
    found = _round(asked, pk)
    require(permissions.may_confirm(asked.user, found, asked.on))
    return found


def _opened(asked: Asked, found: Round) -> Any:
    row: Any = found
    row.seen = [
        one
        for one in scores.participants(found)
        if permissions.may_see_score(asked.user, one, asked.on).allowed
    ]
    return row


def _participant(asked: Asked, pk: int) -> Participant:
    require(permissions.may_list(asked.user, asked.on))
    related = Participant.objects.select_related("round", "unit", "person")
    found = get_object_or_404(related, pk=pk)
    require(permissions.may_see_score(asked.user, found, asked.on))
    return found


def _scored(asked: Asked, found: Participant) -> dict[str, Any]:
    placed = scores.of_one(found)
    numbers = [number for line in placed.worked.lines for number, _value in line.rows]
    return shapes.score_out(placed, _known(asked, numbers))
