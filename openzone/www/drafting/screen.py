"""What the screening page asks for, as its address says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from openzone.engines.facts.catalogue import Fact
from openzone.engines.rules.schema import Rule
from openzone.www.drafting import facts, values
from openzone.www.formats import say
from openzone.www.forms.enterprises import EnterpriseFilter
from openzone.zone.registry.selectors.enterprises import Filter
from openzone.zone.rulebook.packs import rules
from openzone.zone.rulebook.selectors.adhoc import WHEN, adhoc_rule
from openzone.zone.rulebook.selectors.entitlements import Standing
from openzone.zone.rulebook.selectors.screening import Spec

MOST = 12
SPARE = 2


@dataclass(frozen=True)
class Row:
    """A condition as the page shows it."""

    position: int
    fact: Fact | None
    subject: str
    operator: str
    value: str
    problems: tuple[str, ...] = ()

    @property
    def operators(self) -> Any:
        """The tests that fit its fact."""
        return values.operators("fact", self.fact)

    @property
    def hint(self) -> str:
        """What kind of value its fact has."""
        return facts.described(self.fact) if self.fact else ""


@dataclass(frozen=True)
class Query:
    """What is asked: a rule in force or conditions, where, in which industry, who stands how."""

    rule_id: str
    join: Literal["all", "any"]
    rows: tuple[Row, ...]
    conditions: tuple[Mapping[str, Any], ...]
    rule: Rule | None
    where: Filter
    standing: Standing
    filters: EnterpriseFilter = field(repr=False)

    @property
    def asks(self) -> bool:
        """Whether anything is asked yet."""
        return bool(self.rule_id or self.conditions)

    @property
    def spec(self) -> Spec | None:
        """What the selectors look for; None while something cannot be read."""
        if self.rule_id:
            return Spec(rule_id=self.rule_id, where=self.where)
        return Spec(conditions=self.rule, where=self.where) if self.rule else None

    @property
    def title(self) -> str:
        """What is looked for in a few words, for the name of a file."""
        chosen = next((each for each in rules() if each.rule == self.rule_id), None)
        return say(chosen.title.text) if chosen else _("Screening")


def read(given: QueryDict) -> Query:
    """Read an address or a form; what cannot be read is told at its row."""
    rows = [_row(given, n) for n in range(MOST) if given.get(f"c{n}.fact", "").strip()]
    join: Literal["all", "any"] = "any" if given.get("join") == "any" else "all"
    conditions = tuple(_condition(row) for row in rows)
    rule_id = given.get("rule", "")
    rule, problems = _rule(rows, conditions, join)
    filters = EnterpriseFilter(given)
    standing = given.get("standing")
    return Query(
        rule_id=rule_id,
        join=join,
        rows=_shown(rows, problems),
        conditions=conditions,
        rule=rule,
        where=filters.chosen() if filters.is_valid() else Filter(),
        standing=Standing(standing) if standing in set(Standing) else Standing.MET,
        filters=filters,
    )


def _row(given: QueryDict, position: int) -> Row:
    name = facts.resolve(given.get(f"c{position}.fact", ""))
    fact = facts.known(name)
    operator = given.get(f"c{position}.op", "")
    value = given.get(f"c{position}.value", "").strip()
    fitting = values.operators("fact", fact)
    operator = operator if operator in fitting else fitting[0]
    return Row(position, fact, facts.shown(name), operator, value)


def _condition(row: Row) -> Mapping[str, Any]:
    name = row.fact.name if row.fact else row.subject
    return {"fact": name, row.operator: values.read(row.operator, row.value, row.fact)}


def _rule(
    rows: list[Row], conditions: tuple[Mapping[str, Any], ...], join: Literal["all", "any"]
) -> tuple[Rule | None, dict[int, tuple[str, ...]]]:
    """Return the conditions as a rule, or what is wrong with each of them."""
    hidden: dict[int, tuple[str, ...]] = {
        n: (_("This fact is shown on request only, and no list may be narrowed by it."),)
        for n, row in enumerate(rows)
        if row.fact and not facts.may_be_asked(row.fact)
    }
    if hidden or not rows:
        return None, hidden
    rule, findings = adhoc_rule(conditions, join)
    problems: dict[int, tuple[str, ...]] = {}
    for finding in findings:
        place = finding.path[len(WHEN) + 1 : len(WHEN) + 2]
        number = int(place[0]) if place and isinstance(place[0], int) else 0
        problems[number] = (*problems.get(number, ()), say(finding.reason))
    return rule, problems


def _shown(rows: list[Row], problems: Mapping[int, tuple[str, ...]]) -> tuple[Row, ...]:
    """Return the rows of the page: those asked, numbered anew, and a few empty ones."""
    asked = [
        Row(n, row.fact, row.subject, row.operator, row.value, problems.get(n, ()))
        for n, row in enumerate(rows)
    ]
    spare = range(len(asked), min(len(asked) + SPARE, MOST))
    return (*asked, *(Row(n, None, "", "gte", "") for n in spare))
