"""The pack of land hangs together, and names where its figures are from."""

import pytest
import yaml

from openzone.engines.rules.problems import PackError
from openzone.packs.land import NAME, load_land
from openzone.packs.loading import NATIONAL

PACK = load_land(None)


def test_the_limits_of_idle_land_are_those_of_the_national_measures():
    """国土资源部令第53号: a year, two years, a third, a quarter, a fee of 20 %."""
    rule = PACK.idle.rule
    assert (rule.unbegun_years, rule.take_back_years, rule.stopped_years) == (1, 2, 1)
    assert (str(rule.investment_share), str(rule.fee_share)) == ("0.25", "0.2")
    assert PACK.idle.source.number == "国土资源部令第53号"


def test_control_indicators_as_published():
    """隆府办发〔2022〕58号: food and drink, tax ≥ 8, output ≥ 300, R&D ≥ 1 %."""
    table, row = PACK.standard.control("longchang.food")
    assert table.number == "隆府办发〔2022〕58号"
    assert {name: str(one) for name, one in row.limits.items()} == {
        "investment_per_mu": "150", "tax_per_mu": "8", "output_per_mu": "300", "rd_share": "1",
    }  # fmt: skip


def test_what_is_not_read_in_a_document_says_so():
    assert PACK.standard.consequences_verified == "K"
    assert PACK.standard.watch.verified == "K"
    assert PACK.delivery.verified == "K"


def _own(tmp_path, change):
    data = yaml.safe_load((NATIONAL / NAME).read_text("utf-8"))
    change(data)
    (tmp_path / NAME).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    return load_land(tmp_path)


def test_a_zone_may_leave_idle_land_out(tmp_path):
    assert _own(tmp_path, lambda data: data.pop("idle")).idle is None


@pytest.mark.parametrize(
    "wrong",
    [
        lambda data: data["uses"].append(data["uses"][0]),
        lambda data: data["standard"]["indicators"][0].update(group="nowhere"),
        lambda data: data["standard"]["controls"][0]["rows"][0]["limits"].update(nothing="1"),
        lambda data: data["standard"]["indicators"][0].update(tolerance="1.5"),
        lambda data: data.update(misspelt=1),
    ],
)
def test_a_pack_that_does_not_hang_together_is_refused(tmp_path, wrong):
    with pytest.raises(PackError):
        _own(tmp_path, wrong)
