"""Reports of trips to write, open points of negotiations to settle."""

from collections.abc import Iterator

from django.urls import reverse

from openzone.engines.text import Text
from openzone.www.desk.items import Asker, Item, end_of
from openzone.zone.promotion.selectors import field

AREA = Text("招商外勤", "Field work of promotion")
_REPORT = Text("行程结果待填报", "A trip to report on")
_POINT = Text("洽谈未决事项", "An open point of a negotiation")


def items(asker: Asker) -> Iterator[Item]:
    """Yield what field work asks of somebody: the trips they headed, the points that are theirs."""
    for trip in field.reports_wanted(asker.user, asker.day):
        page, due = reverse("trip", args=[trip.pk]), end_of(field.report_due(trip))
        yield Item(AREA, _REPORT, trip.title, page, "map-pin", due, Text("填报", "Report"))
    for point in field.open_points(asker.user, asker.until):
        page = reverse("negotiation_settle", args=[point.pk])
        title = f"{point.negotiation.investor.name}：{point.text}"
        label = Text("办结", "Settle")
        yield Item(AREA, _POINT, title, page, "message-report", end_of(point.due), label)
