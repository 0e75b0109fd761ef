"""Figures of links as published: each with its source, contradictions side by side."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import NodeFigure
from openzone.zone.chains.selectors.figures import figures_of
from openzone.zone.chains.services.figures import record_figure, withdraw_figure
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from tests.zone.chains import reviewed as r


@pytest.fixture
def put(db: None, make_user: Callable[..., User], actor: Actor) -> Callable[..., NodeFigure]:
    user = make_user("fuhe")

    def record(**given) -> NodeFigure:
        usual = {
            "chain": r.BATTERY, "node": "cell", "kind": "output", "value": Decimal(100),
            "unit": "GWh", "period": "2025", "source": "示例年报", "published_on": r.MARCH,
        }  # fmt: skip
        return record_figure(actor=actor, user=user, now=given.pop("now", r.NOW), **usual | given)

    return record


def cell(on=r.TODAY, known_at=None):
    return figures_of(r.BATTERY, on, known_at)["cell"]


@pytest.mark.parametrize(
    ("value", "unit", "qualifier", "contradicts"),
    [
        (105, "GWh", "超", True),  # over 105 leaves no room for 100
        (95, "GWh", "超", False),
        (105, "GWh", "近", False),
        (130, "GWh", "近", True),
        (98, "GWh", "约", False),
        (98, "GWh", "", True),
        (100, "吉瓦时", "", False),
    ],
)
def test_figures_that_cannot_both_be_true_are_shown_so(put, value, unit, qualifier, contradicts):
    put()
    put(value=Decimal(value), unit=unit, qualifier=qualifier, source="另一报道",
        published_on=r.MAY)  # fmt: skip
    (line,) = cell()
    assert line.figure.source == "另一报道"
    assert bool(line.contradicts) is contradicts
    assert len(line.others) == 1


def test_units_of_one_base_are_compared(put):
    said = {"node": "precursor", "kind": "capacity", "period": "2025"}
    put(**said, value=Decimal(2), unit="万吨/年")
    put(**said, value=Decimal(20_000), unit="吨/年", source="另一报道")
    (line,) = figures_of(r.BATTERY, r.TODAY)["precursor"]
    assert line.contradicts == ()


def test_a_later_figure_supersedes_for_a_reason(put):
    old = put()
    with pytest.raises(Refused, match="说明原因"):
        put(value=Decimal(110), supersedes=old, published_on=r.MAY)
    with pytest.raises(Refused, match="不能早于"):
        put(value=Decimal(110), supersedes=old, reason="更正", published_on=r.MARCH - r.DAY)
    with pytest.raises(Refused, match="同一环节、指标和期间"):
        put(period="2024", supersedes=old, reason="更正", published_on=r.MAY)
    new = put(value=Decimal(110), supersedes=old, reason="年报更新", published_on=r.MAY,
              now=r.NOW + r.HOUR)  # fmt: skip
    assert [(line.figure, line.others) for line in cell()] == [(new, ())]
    assert cell(known_at=r.NOW)[0].figure == old


def test_what_was_published_later_is_not_known_earlier(put):
    put(published_on=r.MAY)
    assert figures_of(r.BATTERY, r.MAY - r.DAY) == {}


def test_a_figure_of_a_firm_is_another_thing_than_that_of_its_link(put):
    put()
    put(value=Decimal(60), enterprise=r.firm())
    assert [line.others for line in cell()] == [(), ()]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"kind": "moon"}, "kind"),
        ({"node": "moon"}, "node"),
        ({"chain": "moon"}, "chain"),
        ({"unit": "亿元"}, "unit"),
        ({"qualifier": "大概也许"}, "qualifier"),
        ({"value": Decimal(-1)}, "value"),
        ({"value": Decimal("Infinity")}, "value"),
        ({"kind": "share_of_nation", "unit": "%", "value": Decimal(101)}, "value"),
        ({"period": "去年"}, "period"),
        ({"source": " "}, "source"),
        ({"published_on": r.TODAY + r.DAY}, "published_on"),
    ],
)
def test_what_the_pack_does_not_know_is_refused_by_its_field(put, given, field):
    with pytest.raises(Refused) as refused:
        put(**given)
    assert refused.value.field == field
    assert not NodeFigure.objects.exists()


def test_the_same_again_is_refused_and_a_mistake_taken_back_once(put, actor, make_user):
    row = put()
    with pytest.raises(Refused, match="已登记"):
        put()
    back = {"actor": actor, "user": make_user("ling"), "figure": row, "now": r.NOW}
    withdraw_figure(**back, reason="抄错")
    with pytest.raises(Refused, match="已由ling于"):
        withdraw_figure(**back, reason="抄错")
    assert figures_of(r.BATTERY, r.TODAY) == {}
    assert put().pk != row.pk
