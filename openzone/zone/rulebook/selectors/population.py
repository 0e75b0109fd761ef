"""The whole zone: the answers of all rules for all enterprises, computed together.

A result is kept in the process until the record changes. It is never the record itself.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Max

from openzone.engines.rules.batch import BatchResult, RuleAnswers, evaluate
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.match import Record, match
from openzone.zone.registry.models import Enterprise, Fact, Merge
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.rulebook.packs import plan_on, release_key
from openzone.zone.rulebook.selectors.entitlements import Standing

RecordVersion = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class RuleCounts:
    """How many enterprises stand how with one rule; near misses are not among ``not_met``."""

    met: int
    near: int
    unknown: int
    not_met: int


@dataclass(frozen=True)
class Population:
    """The answers for every enterprise; row i of each belongs to ``enterprises[i]``."""

    enterprises: npt.NDArray[np.int64]
    result: BatchResult

    def counts(self) -> Mapping[str, RuleCounts]:
        """Return the counts by rule, in the order of the rules."""
        return {answer.rule.id: counts_of(answer) for answer in self.result.answers}

    def totals(self) -> RuleCounts:
        """Add up the answers of the rules that recognise or grant something; a class is no gain."""
        granting = [counts_of(each) for each in self.result.answers if _grants(each)]
        return RuleCounts(
            met=sum(counts.met for counts in granting),
            near=sum(counts.near for counts in granting),
            unknown=sum(counts.unknown for counts in granting),
            not_met=sum(counts.not_met for counts in granting),
        )

    def standing(self, rule_id: str, standing: Standing) -> list[int]:
        """Return the enterprises that stand so with a rule, by number."""
        flags = flags_of(self.result[rule_id], standing)
        found: list[int] = self.enterprises[flags].tolist()
        return found

    def by_value(self, rule_id: str) -> Mapping[str, int]:
        """Return how many enterprises have each value of a classifying rule."""
        answer = self.result[rule_id]
        if answer.value is None:
            return {}
        counts = np.bincount(answer.value, minlength=len(answer.rule.levels) + 1)
        return {
            name: int(counts[position])
            for position, (name, _) in enumerate(answer.rule.levels, start=1)
        }

    @cached_property
    def missing_facts(self) -> Mapping[str, int]:
        """How many enterprises lack each fact that would settle an unknown answer."""
        lacking: dict[str, set[str]] = {}
        for record in self.result.records():
            for name in record.missing:
                lacking.setdefault(name, set()).add(record.id)
        return {name: len(ids) for name, ids in lacking.items()}


def population(as_of: dt.date) -> Population:
    """Return the answers for the whole zone on a day, computed anew only if the record changed."""
    return _population(as_of, record_version())


def records(as_of: dt.date, enterprises: list[int] | None = None) -> Iterator[Record]:
    """Yield the full answers with their reasons, by enterprise and rule, for lists and exports."""
    plan = plan_on(as_of)
    yield from match(plan, _columns(as_of, enterprises))


def named_records(as_of: dt.date) -> Iterator[Record]:
    """Yield the answers under the number people know an enterprise by, not the database's."""
    known_as = {str(firm.pk): firm.identifier for firm in Enterprise.objects.order_by("pk")}
    for record in records(as_of):
        yield record._replace(id=known_as[record.id])


def record_version() -> RecordVersion:
    """Return what changes whenever an answer could: facts, enterprises, merges, rules."""
    merges = Merge.objects.aggregate(last=Max("id"), undone=Max("undone_at"))
    facts = Fact.objects.aggregate(last=Max("id"))
    who = Enterprise.objects.aggregate(count=Count("pk"), last=Max("pk"))
    marks = (facts["last"], who["count"], who["last"], merges["last"], merges["undone"])
    return (*marks, *release_key())


@lru_cache(maxsize=4)
def _population(as_of: dt.date, _version: RecordVersion) -> Population:
    read = _columns(as_of, None)
    ids = np.array([int(identifier) for identifier in read.ids], np.int64)
    return Population(ids, evaluate(plan_on(as_of), read))


def _columns(as_of: dt.date, enterprises: list[int] | None) -> Columns:
    """Read the facts that the rules use, and only those."""
    known = catalogue()
    wanted = sorted(name for name in plan_on(as_of).facts if name in known)
    read = columns(as_of, wanted, enterprises)
    ids = [str(enterprise) for enterprise in read.enterprises]
    return Columns.from_values(ids, read.values, known)


def flags_of(answer: RuleAnswers, standing: Standing) -> npt.NDArray[np.bool_]:
    """Return one flag per enterprise: whether it stands so with the rule."""
    met, near = answer.flags(answer.met), answer.flags(answer.near)
    not_met = answer.flags(answer.not_met)
    match standing:
        case Standing.MET:
            return met
        case Standing.NEAR:
            return near
        case Standing.NOT_MET:
            return not_met & ~near
        case Standing.UNKNOWN:
            return ~met & ~not_met


def _grants(answer: RuleAnswers) -> bool:
    return answer.rule.rule.kind != "classify"


def counts_of(answer: RuleAnswers) -> RuleCounts:
    """Count how the enterprises stand with a rule."""
    met, not_met, unknown = answer.counts()
    near = int(np.bitwise_count(answer.near).sum())
    return RuleCounts(met, near, unknown, not_met - near)
