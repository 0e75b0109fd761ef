"""What the record answers about one enterprise under the rules an application keeps."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from openzone.engines.rules.compile import compile_rules
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.explain import explain
from openzone.engines.rules.loading import load_rules
from openzone.engines.rules.schema import Rule
from openzone.engines.rules.single import answer
from openzone.engines.rules.walk import names_used
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.facts import KnownFact, facts_of
from openzone.zone.registry.values import canonical
from openzone.zone.rulebook import packs as rulebook
from openzone.zone.rulebook.selectors.entitlements import known_facts
from openzone.zone.rulebook.selectors.texts import rule_text

NO_RULE = "none"


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact that was used, as it was known: canonical value, period, source, day known."""

    name: str
    value: str
    period: tuple[str | None, str | None]
    known_on: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer of a rule: ``amount`` is in fen, ``outcome`` is ``none`` where no rule decides."""

    outcome: str
    as_of: str
    known_by: str
    rule: str = ""
    version: str = ""
    amount: int | None = None
    missing: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    formula: tuple[str, str] = ("", "")
    facts: tuple[FactLine, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing stands in the way: met, or nothing asked."""
        return self.outcome in ("met", NO_RULE)

    def as_json(self) -> dict[str, Any]:
        """Return it as it is kept."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), ensure_ascii=False))
        return plain

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """Read one that was kept."""
        lines = tuple(
            FactLine(**{**line, "period": tuple(line["period"])}) for line in kept["facts"]
        )
        failed = tuple((zh, en) for zh, en in kept["failed"])
        formula = (kept["formula"][0], kept["formula"][1])
        given = dict(kept) | {"facts": lines, "failed": failed, "formula": formula}
        return cls(**given | {"missing": tuple(kept["missing"])})


def rules_to_keep(rule_id: str) -> dict[str, str]:
    """Return the text of a rule in force and of every rule it refers to, by file name."""
    by_id = {rule.rule: rule for rule in rulebook.rules()}
    kept: dict[str, str] = {}
    _keep(rule_id, by_id, kept)
    return kept


def _keep(rule_id: str, by_id: Mapping[str, Rule], kept: dict[str, str]) -> None:
    name = f"{rule_id}.yaml"
    if rule_id not in by_id or name in kept:
        return
    kept[name] = rule_text(by_id[rule_id])
    for kind, used in names_used(by_id[rule_id]):
        if kind == "rule":
            _keep(used, by_id, kept)


def plan_of(kept: Mapping[str, str], as_of: dt.date) -> Plan:
    """Return kept rules as a plan."""
    return _plan(tuple(sorted(kept.items())), as_of)


@lru_cache(maxsize=64)
def _plan(kept: tuple[tuple[str, str], ...], as_of: dt.date) -> Plan:
    return compile_rules(load_rules(dict(kept), catalogue()), catalogue(), as_of)


def find(
    enterprise: Enterprise,
    rule_id: str,
    kept: Mapping[str, str],
    as_of: dt.date,
    known_by: dt.date,
) -> Finding:
    """Answer a kept rule for an enterprise: about ``as_of``, with what was known by ``known_by``.

    Facts are dated: what happened to the enterprise after ``as_of`` does not reach the answer,
    what was only learned later about the time before does.
    """
    if not rule_id:
        return Finding(NO_RULE, as_of.isoformat(), known_by.isoformat())
    plan = plan_of(kept, as_of)
    rule = plan.by_id.get(rule_id)
    if rule is None:
        return Finding("unknown", as_of.isoformat(), known_by.isoformat(), rule_id)
    known = facts_of(enterprise, as_of, known_by)
    record = answer(plan, known_facts(known), [rule_id]).record("", rule)
    return Finding(
        record.outcome,
        as_of.isoformat(),
        known_by.isoformat(),
        rule_id,
        record.version,
        None if record.amount is None else round(record.amount * 100),
        tuple(dict.fromkeys((*record.missing, *record.amount_missing))),
        tuple(_failed(rule.version, record.failed)),
        _formula(rule.version),
        tuple(_lines(known, plan.facts)),
    )


def proof_of(
    enterprise: Enterprise, rule_id: str, kept: Mapping[str, str], as_of: dt.date, known_by: dt.date
) -> dict[str, Any]:
    """Return the whole proof as it is kept with an application; empty where no rule decides."""
    plan = plan_of(kept, as_of) if rule_id else None
    if plan is None or rule_id not in plan.by_id:
        return {}
    return explain(plan, rule_id, known_facts(facts_of(enterprise, as_of, known_by))).as_json()


def _failed(version: Any, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    members = getattr(version.when, "members", None) or ([version.when] if version.when else [])
    labels = {part.id: part.label.text for part in members if part.id and part.label}
    for name in names:
        label = labels.get(name)
        yield (label.zh, label.en) if label else (name, name)


def _formula(version: Any) -> tuple[str, str]:
    if version.amount is None or version.amount.label is None:
        return ("", "")
    said = version.amount.label.text
    return (said.zh, said.en)


def _lines(known: Mapping[str, KnownFact], used: Iterable[str]) -> Iterator[FactLine]:
    for name in sorted(used):
        fact = known.get(name)
        if fact is not None:
            yield FactLine(
                name,
                canonical(fact.fact.series, fact.value),
                (_day(fact.period.first), _day(fact.period.last)),
                _day(fact.known_on),
                f"{fact.source or ''} {fact.locator}".strip(),
            )


def _day(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact that is known otherwise than when the application was handed in."""

    name: str
    then: FactLine | None
    now: FactLine | None


def differences(then: Finding, now: Finding) -> list[Difference]:
    """Return the facts whose value has changed, come or gone since."""
    before = {line.name: line for line in then.facts}
    after = {line.name: line for line in now.facts}
    return [
        Difference(name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if _value(before.get(name)) != _value(after.get(name))
    ]


def _value(line: FactLine | None) -> str | None:
    return line.value if line else None
