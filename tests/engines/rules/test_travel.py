"""A plan that travels to another process is the rules it was made of, compiled again there."""

import datetime as dt
import pickle

import pytest

from openzone.engines.rules import compile as compiler
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.explain import explain
from openzone.engines.rules.match import match
from openzone.engines.rules.single import Known
from openzone.packs.loading import national_catalogue, national_rules

DAY = dt.date(2026, 6, 30)
FIRM = {"industry": "C3841", "employees": 300, "revenue_y1": 20_000_000.0}


def test_the_answers_and_proofs_stay_the_same() -> None:
    plan = compile_rules(national_rules(), national_catalogue(), DAY)
    there = pickle.loads(pickle.dumps(plan))
    columns = Columns.from_values(["A1"], {k: [v] for k, v in FIRM.items()}, plan.catalogue)
    assert there.digest == plan.digest
    assert list(match(there, columns)) == list(match(plan, columns))
    known = {name: Known(value) for name, value in FIRM.items()}
    for rule in plan.rules:
        proofs = (explain(each, rule.id, known).as_json() for each in (plan, there))
        assert next(proofs) == next(proofs), rule.id


def test_rules_that_were_not_asked_for_travel_with_those_that_refer_to_them() -> None:
    plan = compile_rules(national_rules(), national_catalogue(), DAY).only(["cn.srdi_sme"])
    there = pickle.loads(pickle.dumps(plan))
    assert [rule.id for rule in there.rules] == ["cn.srdi_sme"]
    assert there.program.steps == plan.program.steps


def test_code_that_understands_the_rules_otherwise_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = pickle.dumps(compile_rules(national_rules(), national_catalogue(), DAY))
    monkeypatch.setattr(compiler, "_digest", lambda rules, as_of: "another")
    with pytest.raises(ValueError, match="the same version of OpenZone"):
        pickle.loads(sent)
