"""Codes are read the way offices write them, and refused with a reason."""

import re
from pathlib import Path

from openzone.engines.tables.messages import Severity
from openzone.zone.registry.imports.codes import check_credit_code, settle_id
from openzone.zone.registry.imports.problems import (
    MESSAGES,
    Fault,
    as_json,
    from_json,
    registry_problem,
)
from tests.factories import make_uscc

GUIDE = Path(__file__).parents[3] / "docs" / "registry.md"
FROM_CODES = {
    "uscc_invalid", "uscc_doubtful", "industry_invalid", "registered_in_invalid",
    "registered_in_doubtful", "value_invalid", "too_long",
}  # fmt: skip


def test_a_credit_code_in_its_standard_form() -> None:
    code = make_uscc(3)
    assert check_credit_code(f" {code.lower()} ") == (code, None, None)


def test_a_credit_code_with_a_look_alike_is_refused_with_what_was_probably_meant() -> None:
    code = make_uscc(3)
    verdict = check_credit_code(code.replace("0", "O", 1))
    assert verdict.code is None
    assert verdict.suggestion is not None
    assert code in verdict.suggestion.zh


def test_a_credit_code_whose_inner_code_does_not_check_is_doubted_only() -> None:
    from openzone.engines.identity import uscc

    first = make_uscc(3)[:16] + ("0" if make_uscc(3)[16] != "0" else "1")
    verdict = check_credit_code(first + uscc.check_character(first))
    assert verdict.code is not None
    assert verdict.reason is not None


def test_a_credit_code_among_own_numbers_becomes_the_credit_code() -> None:
    identity = {"id": make_uscc(3).lower()}
    settle_id(identity)
    assert identity == {"uscc": make_uscc(3)}


def test_an_own_number_stays_one() -> None:
    identity = {"id": "QY-1"}
    settle_id(identity)
    assert identity == {"id": "QY-1"}


def test_problems_are_stored_and_come_back_whole() -> None:
    fault = Fault("name_differs", "name", {"name": "旧名"})
    problem = registry_problem(fault.code, values=fault.values, sheet="台账", row=3, column="B")
    assert from_json(as_json(problem)) == problem
    assert problem.severity is Severity.WARNING


def test_the_guide_names_every_problem_with_its_severity() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (error|warning) \|", GUIDE.read_text("utf-8"), re.M))
    assert set(listed) == set(MESSAGES) | FROM_CODES
    assert {code: str(message.severity) for code, message in MESSAGES.items()}.items() <= (
        listed.items()
    )
