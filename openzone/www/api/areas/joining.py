"""Cases joined, parted and handed on; meetings with their tasks; systemic issues."""

from typing import Any

from openzone.engines.text import Text
from openzone.www.api.areas.cases import seen
from openzone.www.api.desk import Desk
from openzone.www.api.errors import require
from openzone.www.api.sent import Asked, Sent
from openzone.www.api.shapes import cases as shapes
from openzone.www.api.shaping import case_out
from openzone.www.api.values import Line
from openzone.www.forms.desks import ConductForm
from openzone.zone.cases.models import Case
from openzone.zone.cases.permissions import may_coordinate
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.services.merging import merge, unmerge
from openzone.zone.cases.services.minutes import Decided, record_meeting
from openzone.zone.cases.services.splitting import Piece, split
from openzone.zone.cases.services.systemic import raise_issue
from openzone.zone.cases.services.window import refer_conduct
from openzone.zone.errors import Refused
from openzone.zone.people.enums import KeyArea
from openzone.zone.people.models import Unit

desk = Desk(KeyArea.CASES)


@desk.act("/cases/{number}/merge", Text("并案", "Merge"), shapes.MergeIn, shapes.CaseOut)
def merge_case(asked: Asked, sent: shapes.MergeIn, number: Line) -> Any:
    """Merge a case into another; both numbers stay, and it can be undone."""
    case = _coordinated(asked, number)
    into = visible(asked.user, asked.on).filter(number=sent.into.upper()).first()
    if into is None:
        raise Refused(Text("没有这个编号", "there is no case with this number"), field="into")
    return case_out(
        merge(
            actor=asked.actor, case=case, into=into, reason=sent.reason, now=asked.now,
            user=asked.user,
        )
    )  # fmt: skip


@desk.act("/cases/{number}/unmerge", Text("撤销并案", "Undo a merge"), shapes.ReasonIn,
          shapes.CaseOut)  # fmt: skip
def unmerge_case(asked: Asked, sent: shapes.ReasonIn, number: Line) -> Any:
    """A merged case stands on its own again, where it stood."""
    case = _coordinated(asked, number)
    return case_out(
        unmerge(actor=asked.actor, case=case, reason=sent.reason, now=asked.now, user=asked.user)
    )


@desk.act("/cases/{number}/split", Text("拆分", "Split"), shapes.SplitIn, list[shapes.CaseOut],
          status=201)  # fmt: skip
def split_case(asked: Asked, sent: shapes.SplitIn, number: Line) -> Any:
    """Part a case; the parts are numbered -1, -2."""
    case = _coordinated(asked, number)
    pieces = [
        Piece(
            title=one.title, text=one.text or case.text, topic=one.topic or case.topic,
            unit=_unit(one.unit, "pieces") if one.unit else None, fields=one.fields,
        )
        for one in sent.pieces
    ]  # fmt: skip
    made = split(
        actor=asked.actor, case=case, pieces=pieces, reason=sent.reason, now=asked.now,
        user=asked.user,
    )  # fmt: skip
    return [case_out(one) for one in made]


@desk.act("/cases/{number}/minutes", Text("会议纪要", "Record a meeting"), shapes.MinutesIn,
          shapes.CaseOut)  # fmt: skip
def record_minutes(asked: Asked, sent: shapes.MinutesIn, number: Line) -> Any:
    """A meeting was held: its minutes, and every decision as a task with owner and day."""
    case = seen(asked, number)
    decided = [Decided(one.task, _unit(one.owner, "decisions"), one.due) for one in sent.decisions]
    return case_out(
        record_meeting(
            actor=asked.actor, case=case, user=asked.user, data=sent.data, decisions=decided,
            now=asked.now, seen=sent.seen,
        )
    )  # fmt: skip


@desk.act("/systemic-issues", Text("提出共性问题", "Raise a systemic issue"), shapes.IssueIn,
          shapes.CaseOut, status=201)  # fmt: skip
def raise_systemic(asked: Asked, sent: shapes.IssueIn) -> Any:
    """One issue with the cases behind it; each keeps its own number and clocks."""
    require(may_coordinate(asked.user, asked.on))
    numbers = {number.upper() for number in sent.cases}
    chosen = list(visible(asked.user, asked.on).filter(number__in=numbers))
    if len(chosen) != len(numbers):
        raise Refused(Text("没有这个编号", "there is no case with this number"), field="cases")
    return case_out(
        raise_issue(
            actor=asked.actor, cases=chosen, title=sent.title, text=sent.text, now=asked.now,
            user=asked.user, unit=_unit(sent.unit, "unit") if sent.unit else None,
        ).case
    )  # fmt: skip


@desk.act("/cases/{number}/conduct", Text("移送作风问题", "Refer a matter of conduct"),
          ConductForm, shapes.CaseOut, status=201)  # fmt: skip
def refer(asked: Asked, sent: Sent, number: Line) -> Any:
    """A confidential case goes to supervision; the matter itself stays with the centre."""
    case = _coordinated(asked, number)
    return case_out(
        refer_conduct(actor=asked.actor, by=asked.user, case=case, now=asked.now, **sent.given())
    )


def _coordinated(asked: Asked, number: str) -> Case:
    case = seen(asked, number)
    require(may_coordinate(asked.user, asked.on))
    return case


def _unit(code: str, field: str) -> Unit:
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise Refused(
            Text("没有单位“{code}”", "there is no unit “{code}”").format(code=code), field=field
        )
    return found
