"""A table of what places make: read in whole or not at all, computed with size filters."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from openzone.engines.chains.complexity import InvalidFlows
from openzone.zone.audit.models import Event
from openzone.zone.chains.models import ComplexityFlow, ComplexityStudy
from openzone.zone.chains.selectors.complexity import read_study, studies
from openzone.zone.chains.services.complexity import withdraw_study
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from tests.factories import TESTS
from tests.zone.chains.complexities import FLOWS, TABLE, put_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(make_user: Callable[..., User], office: Unit) -> User:
    return make_user("handler", Role.CENTRE, office)


def test_a_table_is_kept_with_its_source_and_read_beside_size(user: User) -> None:
    study = put_study(user)
    assert study.flows.count() == sum(map(len, FLOWS.values()))
    assert Event.objects.filter(action="chains.complexity.imported").count() == 1
    found = read_study(study)
    sizes = {one.name: one.size for one in found.places}
    assert sizes["示例甲市"] == 225
    ranks = {one.name: one.size_rank for one in found.places}
    assert (ranks["示例甲市"], ranks["示例己镇"]) == (1, 6)
    assert found.likeness is not None


def test_small_places_are_left_out_and_named(user: User) -> None:
    study = put_study(user, least_place=Decimal(1))
    found = read_study(study)
    assert (found.left_places, found.left_products) == (("示例己镇",), ())
    assert "示例己镇" in [one.name for one in read_study(study, Decimal(0)).places]
    with pytest.raises(InvalidFlows):
        read_study(study, Decimal(10_000))


def test_opportunities_are_what_a_place_lacks_with_the_order_by_size_beside(user: User) -> None:
    found = read_study(put_study(user, least_place=Decimal(1)))
    chances = found.chances("示例甲市")
    special = {one.product for one in found.rows("示例甲市", special=True)}
    names = {one.product.name for one in chances}
    assert names | special == {one.name for one in found.products}
    assert not names & special
    scores = [one.score for one in chances]
    assert scores == sorted(scores, reverse=True)
    least = min(one.pci or 0 for one in found.products)
    for one in chances:
        assert one.score == pytest.approx(one.density * ((one.product.pci or 0) - least))
    assert [one.product.name for one in chances] == ["水泥", "饲料", "钢材"]
    by_size = sorted(chances, key=lambda one: -one.product.size)
    assert [one.rank_by_size for one in by_size] == list(range(1, len(chances) + 1))


def test_the_rows_behind_a_figure_add_up_to_it(user: User) -> None:
    found = read_study(put_study(user))
    for place in found.places:
        assert sum(one.value for one in found.rows(place.name)) == pytest.approx(place.size)
        assert len(found.rows(place.name, special=True)) == place.diversity
    for product in found.products:
        assert len(found.rows(product=product.name, special=True)) == product.ubiquity


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        (TABLE + "示例甲市,电芯,1\n", {}, "row 21: 电芯 of 示例甲市 was given in row 2"),
        (TABLE + "示例甲市,铜箔,-1\n", {}, "row 21: a flow must be a number of at least 0"),
        (TABLE + "示例甲市,,1\n", {}, "row 21: “product” is missing"),
        (TABLE + "示例甲市,铜箔,很多\n", {}, "很多"),
        ("地区,产品,数值\n", {}, "no"),
        ("城市名,货物\n甲,乙\n", {}, ""),
        (TABLE, {"as_of": dt.date(2099, 1, 1)}, "2099-01-01 has not come yet"),
        (TABLE, {"least_place": Decimal(10_000)}, "no place or product is left"),
        (TABLE + f"{'长' * 101},铜箔,1\n", {}, "over 100 characters"),
        (TABLE, {"file_name": "产值.pdf"}, ""),
    ],
)
def test_a_table_that_cannot_be_is_refused_whole(
    user: User, text: str, given: dict[str, Any], said: str
) -> None:
    with pytest.raises(Refused) as refused:
        put_study(user, text, **given)
    assert said in refused.value.reason.en, refused.value.reason.en
    assert not ComplexityStudy.objects.exists()
    assert not ComplexityFlow.objects.exists()


def test_a_table_too_large_for_a_page_is_sent_to_the_command(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("openzone.zone.chains.services.complexity.MOST", 5)
    with pytest.raises(Refused, match="openzone chains complexity"):
        put_study(user)


def test_a_table_taken_back_is_shown_no_longer_and_once_only(user: User) -> None:
    study = put_study(user)
    withdraw_study(actor=TESTS, study=study, now=timezone.now())
    assert not studies().exists()
    assert ComplexityStudy.objects.count() == 1
    with pytest.raises(Refused, match="taken back"):
        withdraw_study(actor=TESTS, study=study, now=timezone.now())
