"""Units and their factors."""

from decimal import Decimal

import pytest

from openzone.engines.tables.units import MU, fits, parse_unit


@pytest.mark.parametrize(
    ("text", "kind", "factor"),
    [
        ("元", "yuan", 1),
        ("万元", "yuan", 10_000),
        ("人民币万元", None, None),
        ("千万元", "yuan", 10_000_000),
        ("亿元", "yuan", 100_000_000),
        ("㎡", "area", 1),
        ("m²", "area", 1),
        ("公顷", "area", 10_000),
        ("平方公里", "area", 1_000_000),
        ("万平方米", "area", 10_000),
        ("％", "ratio", Decimal("0.01")),
        ("‰", "ratio", Decimal("0.001")),
        ("千瓦时", "kwh", 1),
        ("万千瓦时", "kwh", 10_000),
        ("GWh", "kwh", 1_000_000),
        ("万吨标准煤", "tce", 10_000),
        ("人", "count", 1),
        ("万美元", "foreign", 10_000),
        ("个百分点", "points", Decimal("0.01")),
        ("万", "any", 10_000),
        ("万%", None, None),
        ("高新区", None, None),
        ("", None, None),
    ],
)
def test_units_and_their_size(text: str, kind: str | None, factor: object) -> None:
    unit = parse_unit(text)
    assert (unit and unit.kind, unit and unit.factor) == (kind, factor)


def test_fifteen_mu_are_a_hectare() -> None:
    assert MU * 15 == 10_000


def test_a_unit_must_measure_what_the_field_measures() -> None:
    assert fits(parse_unit("万元"), "yuan", None)
    assert not fits(parse_unit("亩"), "yuan", None)
    assert fits(parse_unit("人"), "number", "人")
    assert fits(parse_unit("年"), "number", None)
    assert not fits(parse_unit("个月"), "number", None), "36 months are not 36 years"
    assert fits(parse_unit("度"), "number", "千瓦时")
    assert not fits(parse_unit("万"), "ratio", None)
