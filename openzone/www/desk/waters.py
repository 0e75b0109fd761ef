"""Figures of waters to enter or approve, and entries of the common log that wait for our side."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.engines.water.quarters import quarter_of
from openzone.www.desk.items import Asker, Item, end_of
from openzone.www.formats import say
from openzone.zone.waters.selectors.waiting import campaigns_waiting, to_confirm, to_plan

AREA = Text("跨界水体", "Waters")
PLAN = Text("本季度联合监测尚未安排", "No campaign planned for this quarter")
ENTER = Text("联合监测数据待录入、锁定", "Figures of a campaign to enter and lock")
APPROVE = Text("联合监测结果待本方确认", "A campaign to approve")
CONFIRM = Text("对方登记的事项待确认", "The other side's entry to confirm")
_PLAN, _OPEN, _LOOK = Text("去安排", "Plan"), Text("去录入", "Enter"), Text("查看", "Look")


def items(asker: Asker) -> Iterator[Item]:
    """Yield campaigns to plan, those that wait for one's own side, and entries to confirm."""
    span = quarter_of(asker.day)
    for section in to_plan(asker.user, asker.day):
        who = f"{section.one.name} ↔ {section.other.name}"
        yield Item(AREA, PLAN, f"{say(span.label)} {who}", reverse("water_campaign_new"),
                   "calendar", end_of(span.last), _PLAN, outside=True)  # fmt: skip
    for one in campaigns_waiting(asker.user, asker.day):
        campaign, enters = one.standing.campaign, one.what == "enter"
        if enters and campaign.enter_by > asker.until:
            first = min((row.planned.sample_on for row in one.standing.results), default=asker.day)
            if first > asker.day:
                continue
        page = reverse("water_campaign", args=[campaign.pk])
        end = end_of(campaign.enter_by) if enters else None
        yield Item(AREA, ENTER if enters else APPROVE, say(campaign.of_quarter.label), page,
                   "chart-bar", end, _OPEN if enters else _LOOK, outside=True)  # fmt: skip
    for row in to_confirm(asker.user, asker.day):
        page = reverse("water_entry", args=[row.kind, row.pk])
        yield Item(AREA, CONFIRM, row.title, page, "check", None, _LOOK, outside=True)
