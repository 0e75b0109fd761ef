"""Conditions that somebody types, as a rule that nobody published."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import ValidationError

from openzone.engines.rules.check import check_rule
from openzone.engines.rules.loading import findings_of
from openzone.engines.rules.problems import Finding
from openzone.engines.rules.schema import Rule
from openzone.zone.registry.packs import catalogue

RULE_ID = "zone.screening"
WHEN = ("versions", 0, "when")
"""The path from a rule of one version to its conditions."""


def adhoc_rule(
    conditions: Sequence[Mapping[str, Any]], join: Literal["all", "any"]
) -> tuple[Rule | None, list[Finding]]:
    """Return conditions as a rule in force on every day, or what is wrong with them.

    The path of a finding leads from the top of the rule: ``versions, 0, when, all, 2, gte``.
    """
    named = [
        {"id": f"c{number}", "label": {"zh": f"条件{number}", "en": f"Condition {number}"}, **one}
        for number, one in enumerate(conditions, start=1)
    ]
    when: dict[str, Any] = {"all": named}
    if join == "any":
        either = {"zh": "符合任一条件", "en": "Any of the conditions"}
        when = {"any": named, "id": "any_of", "label": either}
    try:
        rule = Rule.model_validate(_document(when))
    except ValidationError as error:
        return None, list(findings_of(error))
    findings = list(dict.fromkeys(check_rule(rule, catalogue())))
    return (None if findings else rule), findings


def _document(when: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rule": RULE_ID,
        "title": {"zh": "临时筛选", "en": "Screening"},
        "kind": "qualify",
        "versions": [
            {
                "version": "1",
                "source": {"title": "临时筛选", "number": None, "issuer": "本园区"},
                "effective_from": dt.date(1900, 1, 1),
                "verified": "L",
                "notes": [{"zh": "临时输入的条件，没有文件", "en": "Typed in, of no document"}],
                "when": when,
            }
        ],
    }
