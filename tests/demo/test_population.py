"""The synthetic zone: the same everywhere, plausible, and never to be taken for real."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from openzone.demo.parameters import parameters
from openzone.demo.population import Enterprise, generate
from openzone.engines.identity.uscc import is_valid
from openzone.packs.loading import national_catalogue

AS_OF = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def population() -> list[Enterprise]:
    return list(generate(parameters(), AS_OF))


def test_the_same_seed_gives_the_same_zone(population: list[Enterprise]) -> None:
    assert list(generate(parameters(), AS_OF)) == population


_DIGEST = """
import datetime, hashlib
from openzone.demo.parameters import parameters
from openzone.demo.population import generate
few = parameters().model_copy(update={"count": 50})
firms = list(generate(few, datetime.date(2026, 11, 21)))
print(hashlib.sha256(repr(firms).encode()).hexdigest())
"""


def test_another_process_makes_the_same_zone() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_three_thousand_enterprises_with_valid_codes_that_are_nobody_elses(
    population: list[Enterprise],
) -> None:
    codes = [str(firm.facts["uscc"]) for firm in population]
    assert len(set(codes)) == len(codes) == 3000
    assert all(is_valid(code) for code in codes)
    assert {code[2:8] for code in codes} == {"999999"}, "no division has this code"


def test_every_name_says_that_it_is_an_example(population: list[Enterprise]) -> None:
    names = [str(firm.facts["name"]) for firm in population]
    assert len(set(names)) == 3000
    assert all(name.startswith("示例") for name in names)


def test_facts_use_the_names_of_the_catalogue(population: list[Enterprise]) -> None:
    unknown = {name for firm in population for name in firm.facts} - {
        fact.name for fact in national_catalogue()
    }
    assert not unknown


def test_something_is_missing_almost_everywhere_but_never_the_name(
    population: list[Enterprise],
) -> None:
    assert sum("employees" not in firm.facts for firm in population) > 50
    assert all({"id", "uscc", "name", "industry"} <= firm.facts.keys() for firm in population)


def test_a_firm_has_no_accounts_from_before_it_was_registered(
    population: list[Enterprise],
) -> None:
    young = [firm for firm in population if _founded(firm).year >= AS_OF.year - 1]
    assert young
    assert not any("revenue_y2" in firm.facts for firm in young)


def test_some_values_lie_close_to_a_published_limit(population: list[Enterprise]) -> None:
    revenues = [float(str(firm.facts.get("revenue_y1", 0))) for firm in population]
    assert sum(18_800_000 <= revenue < 20_000_000 for revenue in revenues) >= 30


def _founded(firm: Enterprise) -> dt.date:
    day = firm.facts["registered_on"]
    assert isinstance(day, dt.date)
    return day
