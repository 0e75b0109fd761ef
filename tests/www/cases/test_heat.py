"""Reports: every number leads to as many cases as it counts, and says what it is."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from openzone.engines.cases.statistics import Metric
from openzone.engines.text import Text
from openzone.www.views.cases.reports import MEAN, worded
from openzone.zone.cases.models import Case
from openzone.zone.people.models import User
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db


def test_cases_without_place_or_topic_are_named_and_found_again(
    zone: Zone, visit: Callable[[User | None], Client]
) -> None:
    made = Made(zone)
    made.opened("示例甲")
    of_firm, lost, silent = made.opened("示例乙"), made.opened("示例丙"), made.opened("示例丁")
    Case.objects.filter(pk=of_firm.pk).update(place=None)  # stands at its enterprise's place
    Case.objects.filter(pk=lost.pk).update(place=None, enterprise=None)
    Case.objects.filter(pk=silent.pk).update(topic="")
    client = visit(made.clerk)
    table = client.get(reverse("heat")).context["table"]
    assert "未填地点" in table["places"]
    assert "未填类别" in {row.topic for row in table["rows"]}
    counted = {cell.href: cell.count for row in table["rows"] for cell in row.cells}
    listed = {href: len(client.get(href).context["rows"]) for href in counted}
    assert listed == counted
    assert sum(counted.values()) == 4
    totals = {one.href: one.count for one in (*table["rows"], *table["totals"])}
    assert totals == {href: len(client.get(href).context["rows"]) for href in totals}
    assert table["totals"][-1].count == 4


def test_a_mean_is_written_as_hours_and_its_minutes_stay_beside_it() -> None:
    name = Text("平均用时", "Mean")
    assert worded(Metric(MEAN, name, name, 18960, 11, (), False)) == (
        "28小时44分",
        "1723.6个工作分钟",
    )
    assert worded(Metric(MEAN, name, name, 0, 0, (), False)) == ("–", "")
    assert worded(Metric("solved", name, name, 9, 11, ())) == ("81.82%", "")
