"""Reports one owes, and reports that wait for a decision."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import ngettext

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.formats import say
from openzone.zone.indicators.enums import OWED, ReportState
from openzone.zone.indicators.models import Report
from openzone.zone.indicators.periods import parsed
from openzone.zone.indicators.report_packs import form_label, period_label
from openzone.zone.indicators.report_permissions import may_run, own_reports
from openzone.zone.indicators.selectors.rounds import waiting_reports

AREA = Text("数据报送", "Reporting")
OWES = Text("待填报", "To be reported")
BACK = Text("被退回", "Sent back")
WAITS = Text("待审定", "To be approved")
_FILL = Text("填报", "Fill in")
_LOOK = Text("审定", "Look and decide")
_MOST = 20


def items(asker: Asker) -> Iterator[Item]:
    """Yield a line for every report one owes, and one for each round that waits for a decision."""
    states = [*OWED, ReportState.CORRECTING]
    owed = own_reports(asker.user, asker.day).filter(state__in=states)
    for one in owed.filter(round__due_on__lte=asker.until)[:_MOST]:
        why = BACK if one.state == ReportState.RETURNED else OWES
        yield Item(AREA, why, f"{_name(one)} · {one.entity.name}", reverse("report", args=[one.pk]),
                   "list-check", end_of(one.round.due_on), _FILL)  # fmt: skip
    if may_run(asker.user, asker.day).allowed:
        yield from _waiting(asker)


def _waiting(asker: Asker) -> Iterator[Item]:
    rounds: dict[int, list[Report]] = {}
    for one in waiting_reports().exclude(submitted_by=asker.user.pk):
        rounds.setdefault(one.round_id, []).append(one)
    for pk, found in rounds.items():
        said = ngettext("%(n)d report of %(name)s", "%(n)d reports of %(name)s", len(found))
        title = said % {"n": len(found), "name": _name(found[0])}
        page = f"{reverse('report_round', args=[pk])}?which={ReportState.SUBMITTED.value}"
        yield Item(AREA, WAITS, title, page, "circle-check", None, _LOOK, outside=True)


def _name(one: Report) -> str:
    return f"{say(form_label(one.round.form))} {say(period_label(parsed(one.round.period)))}"
