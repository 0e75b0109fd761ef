"""Who is told of reports: those who report, those who decide, and those above them."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from openzone.engines.text import Text
from openzone.engines.worktime.localtime import to_local
from openzone.zone.cases.enums import NoticeKind
from openzone.zone.cases.services.telling import Message, tell
from openzone.zone.indicators.enums import EntityKind, ReportState
from openzone.zone.indicators.models import Entity, Report, ReportRound
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_label, period_label
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership
from openzone.zone.people.selectors import holders, on_day
from openzone.zone.registry.models import EnterpriseStaff

OPENED: Final = Text("“{form}”{period}开始报送，请于 {day} 前填报",
                     "{form} of {period} is to be reported by {day}")  # fmt: skip
SOON: Final = Text("“{form}”{period}请于 {day} 前报送，尚未报送",
                   "{form} of {period} is due on {day} and not handed in")  # fmt: skip
LATE: Final = Text("“{form}”{period}应于 {day} 前报送，已逾期",
                   "{form} of {period} was due on {day}: it is late")  # fmt: skip
ESCALATED: Final = Text("{n}家单位逾期未报“{form}”{period}",
                        "{n} have not handed in {form} of {period}")  # fmt: skip
HANDED_IN: Final = Text("“{name}”报送了“{form}”{period}，待审定",
                        "{name} handed in {form} of {period}")  # fmt: skip
RETURNED: Final = Text("“{form}”{period}被退回：{reason}",
                       "{form} of {period} was sent back: {reason}")  # fmt: skip
APPROVED: Final = Text("“{form}”{period}已审定锁定", "{form} of {period} is approved and locked")


def tell_opened(one: ReportRound, now: dt.datetime, on: dt.date) -> None:
    """Tell everybody who owes a report of a round."""
    entities = [report.entity for report in one.reports.select_related("entity")]
    said = _of_round(OPENED, one)
    _tell(NoticeKind.MY_TURN, "report_opened", said, f"report_round:{one.pk}",
          reporters(entities, on), now)  # fmt: skip


def tell_reminded(reports: Iterable[Report], now: dt.datetime, on: dt.date) -> None:
    """Remind those who have not handed in."""
    for report in reports:
        late = on > report.round.due_on
        said = _of_round(LATE if late else SOON, report.round)
        _tell(NoticeKind.MY_TURN, "report_due", said, _subject(report),
              reporters([report.entity], on), now)  # fmt: skip


def tell_escalated(one: ReportRound, count: int, now: dt.datetime, on: dt.date) -> None:
    """Tell statisticians and leaders that reports are long overdue; no firm is named."""
    said = _of_round(ESCALATED, one, n=count)
    people = [*holders(Role.STATISTICS, on), *holders(Role.LEADER, on)]
    _tell(NoticeKind.ESCALATED, "report_escalated", said, f"report_round:{one.pk}",
          {user.pk for user in people}, now)  # fmt: skip


def tell_handed_in(report: Report, now: dt.datetime) -> None:
    """Tell statisticians that a report waits for them."""
    said = _of_round(HANDED_IN, report.round, name=report.entity.name)
    people = {user.pk for user in holders(Role.STATISTICS, to_local(now).date())}
    _tell(NoticeKind.TURN, "report_submitted", said, _subject(report), people, now)


def tell_decided(report: Report, what: str, now: dt.datetime) -> None:
    """Tell those who reported what became of it."""
    text = RETURNED if report.state != ReportState.APPROVED else APPROVED
    said = _of_round(text, report.round, reason=report.reason)
    _tell(NoticeKind.MY_TURN, f"report_{what}", said, _subject(report),
          reporters([report.entity], to_local(now).date()), now)  # fmt: skip


def reporters(entities: Iterable[Entity], on: dt.date) -> set[int]:
    """Return who reports for some firms or parks."""
    chosen = list(entities)
    firms = [one.enterprise_id for one in chosen if one.kind == EntityKind.ENTERPRISE]
    units = [one.unit_id for one in chosen if one.kind == EntityKind.PARK]
    staff = EnterpriseStaff.objects.filter(
        on_day(on), enterprise__root__in=firms, user__is_active=True
    ).values_list("user", flat=True)
    posts = Membership.objects.filter(on_day(on), unit__in=units, user__is_active=True)
    return {*staff, *posts.values_list("user", flat=True)}


def _of_round(said: Text, one: ReportRound, **values: object) -> Text:
    label, period = form_label(one.form), period_label(parsed(one.period))
    known = {"day": one.due_on, **values}
    return Text(said.zh.format(form=label.zh, period=period.zh, **known),
                said.en.format(form=label.en, period=period.en, **known))  # fmt: skip


def _subject(report: Report) -> str:
    return f"figure_report:{report.pk}"


def _tell(
    kind: NoticeKind, action: str, said: Text, subject: str, people: Iterable[int], now: dt.datetime
) -> None:
    key = f"{subject.replace(':', '-')}-{action}-{now:%Y%m%d%H%M%S%f}"
    tell(Message(kind, action, said, key, subject=subject), sorted(people), now)
