"""Who takes part: years, industries, size, and tenants with their landlord."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from openzone.engines.scoring.evaluating import evaluate
from openzone.engines.scoring.model import Cut, Entry, Group, Indicator, Scheme, Scope
from openzone.engines.text import Text

LABEL = Text("项", "item")
ITEM = Indicator("x", LABEL, Decimal(100), "x", "land", Decimal(1))
CUTS = (Cut("A", LABEL, Decimal("0.5")), Cut("D", LABEL, Decimal(1)))
SCHEME = Scheme(
    {"g": Group("g", LABEL, (ITEM,), least={"land": Decimal(2)})},
    cuts=CUTS,
    scope=Scope(2, 3, frozenset({"44"})),
    not_suitable="T",
)
END = dt.date(2022, 12, 31)


def entry(name: str = "a", x: float = 1, land: float = 2, **more: object) -> Entry:
    return replace(
        Entry(name, name, "g", {"x": Decimal(str(x)), "land": Decimal(str(land))}), **more
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"registered": dt.date(2021, 1, 1)}, "不足2年"),
        ({"land_since": dt.date(2020, 1, 1)}, "不足3年"),
        ({"industry": "4411"}, "4411"),
        ({"unsuitable": "建设期"}, "建设期"),
        ({"land": 1.99}, "未达到参评规模"),
        ({"land": 0}, "用地"),
    ],
)
def test_who_is_not_suitable_is_class_t_with_the_reason(more: dict[str, object], said: str) -> None:
    found, other = evaluate(SCHEME, [entry(**more), entry("b")], END)
    assert (found.class_, found.score, other.of) == ("T", None, 1)
    assert said in found.reason.zh


@pytest.mark.parametrize(
    "more",
    [
        {"registered": dt.date(2020, 12, 31)},
        {"land_since": dt.date(2019, 12, 31)},
        {"land_since": dt.date(2016, 2, 29)},
        {"industry": "3944"},
        {},
    ],
)
def test_the_day_itself_and_what_is_not_known_leave_nobody_out(more: dict[str, object]) -> None:
    (found,) = evaluate(SCHEME, [entry(**more)], END)
    assert found.score is not None


def test_who_is_treated_as_a_class_is_not_in_it() -> None:
    scheme = replace(SCHEME, not_suitable=None, treated_as="B")
    (found,) = evaluate(scheme, [entry(unsuitable="初创期")], END)
    assert (found.class_, found.treated_as) == (None, "B")


def test_a_tenant_has_the_result_of_the_landlord_and_no_place_of_its_own() -> None:
    lord, tenant, other = evaluate(
        SCHEME, [entry("lord", 4), entry("tenant", 0, 0, follows="lord"), entry("other", 1)], END
    )
    assert (tenant.score, tenant.class_, tenant.rank) == (lord.score, "A", None)
    assert (tenant.shared_with, tenant.reason.zh) == (("lord",), "随“lord”评价")
    assert (lord.of, other.rank) == (2, 2)


def test_a_tenant_of_nobody_or_of_somebody_not_evaluated_has_no_result() -> None:
    out, with_it, lost = evaluate(
        SCHEME,
        [entry("z", unsuitable="公用事业"), entry("t", follows="z"), entry("u", follows="nobody")],
        END,
    )
    assert (with_it.class_, with_it.score, with_it.reason) == ("T", None, out.reason)
    assert (lost.class_, lost.score, "nobody" in lost.reason.zh) == (None, None, True)
