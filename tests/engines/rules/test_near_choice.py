"""Which way out a near miss names: what the enterprise can change before what it cannot."""

from typing import Any

import pytest

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.loading import load_rule
from openzone.engines.rules.single import Known, answer
from tests.engines.rules.sample import AS_OF, CATALOGUE, clause, rule, written

CHANGEABLE = ("rd_expense", "patents", "certified", "valid_to", "assets")
ACTING = Catalogue(
    tuple(
        spec.model_copy(update={"changeable": spec.name in CHANGEABLE}) for spec in CATALOGUE.series
    )
)
SHARE = {"number": {"ratio": ["rd_expense_y1", "revenue_y1"]}}
SHARE_NAME = "ratio(rd_expense_y1, revenue_y1)"
SCORE = {
    "label": {"zh": "评价", "en": "Score"},
    "max": 10,
    "parts": [{"id": "ip", "bands": {"of": "patents", "gte": [[5, 10], [1, 6]], "else": 0}}],
}


def ways(*branches: dict[str, Any], **facts: Any) -> list[str]:
    """What the near miss of one clause of alternatives names."""
    value = rule(scores={"s": SCORE}, when=[clause("c", any=list(branches))])
    plan = compile_rules([load_rule(written(value), "rule.yaml", ACTING)], ACTING, AS_OF)
    answers = answer(plan, {name: Known(found) for name, found in facts.items()})
    return [near.fact for near in answers.near(plan.rules[0])]


def test_bands_written_as_alternatives_name_the_share_and_not_the_sales() -> None:
    small = {"all": [{"fact": "revenue_y1", "lte": 50}, SHARE | {"gte": "5%"}]}
    large = {"all": [{"fact": "revenue_y1", "gt": 50}, SHARE | {"gte": "3%"}]}
    assert ways(small, large, revenue_y1=51, rd_expense_y1=1.5) == [SHARE_NAME]


def test_an_industry_is_not_what_to_change_while_anything_else_is() -> None:
    many = {"all": [{"fact": "patents", "gte": 9}, SHARE | {"gte": "5%"}]}
    industry = {"fact": "industry", "prefix": ["C"]}
    facts = {"industry": "A01", "patents": 1, "rd_expense_y1": 1, "revenue_y1": 100}
    assert ways(industry, many, **facts) == ["patents", SHARE_NAME]


def test_an_industry_is_named_where_there_is_nothing_else() -> None:
    assert ways({"fact": "industry", "prefix": ["C"]}, industry="A01") == ["industry"]


@pytest.mark.parametrize(
    ("patents", "named"),
    [(1, ["score:s"]), (0, ["certified"])],  # with nothing to show the certificate is no further
)
def test_what_is_begun_goes_before_what_is_not(patents: int, named: list[str]) -> None:
    certified = {"fact": "certified", "is": True}
    assert ways(certified, {"score": "s", "gte": 8}, certified=False, patents=patents) == named


def test_of_two_that_can_be_changed_the_nearest_is_named() -> None:
    far, close = {"fact": "patents", "gte": 9}, {"fact": "assets_y1", "gte": 100}
    assert ways(far, close, patents=1, assets_y1=99) == ["assets_y1"]
