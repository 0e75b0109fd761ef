"""Whether a draft may go on: read, checked, its cases asked, compared with what is in force."""

import datetime as dt
from dataclasses import dataclass

from openzone.engines.rules.rehearsal import Rehearsal, rehearse, total_cost
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.text import Text
from openzone.zone.rulebook.enums import DraftKind
from openzone.zone.rulebook.models import RuleDraft
from openzone.zone.rulebook.packs import in_force, plan_of
from openzone.zone.rulebook.selectors.drafts import is_outdated
from openzone.zone.rulebook.selectors.golden import Case, CaseResult, run_cases
from openzone.zone.rulebook.selectors.reading import Reading, read_draft
from openzone.zone.rulebook.selectors.screening import resident

OUTDATED = Text(
    "起草以来该文件已被新的发布替换，请先对照并接续",
    "what it started from was replaced by a release since: compare and go on from there first",
)
HAS_PROBLEMS = Text("还有 {n} 处问题，第一处：{first}", "{n} problems left, the first: {first}")
CASES_FAIL = Text("有 {n} 个用例未通过：{names}", "{n} golden cases fail: {names}")
SAYS_NOTHING_NEW = Text("与现行规则完全相同", "it says exactly what is in force")


@dataclass(frozen=True)
class Readiness:
    """A draft over what is in force now. ``obstacles`` keep it from being submitted."""

    base: RuleSet
    reading: Reading
    cases: tuple[CaseResult, ...]
    outdated: bool
    obstacles: tuple[Text, ...]

    @property
    def failing(self) -> list[CaseResult]:
        """The cases that are not answered as expected."""
        return [result for result in self.cases if not result.passed]


def readiness(draft: RuleDraft) -> Readiness:
    """Read and check a draft and ask it about its cases."""
    base = in_force()
    reading = read_draft(draft, base)
    results = tuple(case_results(draft, reading))
    outdated = is_outdated(draft)
    obstacles = tuple(_obstacles(draft, reading, results, outdated))
    return Readiness(base, reading, results, outdated, obstacles)


def case_results(draft: RuleDraft, reading: Reading) -> list[CaseResult]:
    """Ask the rule of a draft about its cases; none while it cannot be read."""
    if reading.after is None or draft.kind != DraftKind.RULE:
        return []
    return run_cases(reading.after, draft.rule, map(Case.of, draft.cases.order_by("pk")))


def _obstacles(
    draft: RuleDraft, reading: Reading, results: tuple[CaseResult, ...], outdated: bool
) -> list[Text]:
    found = [OUTDATED] if outdated else []
    if blocking := reading.blocking:
        first = blocking[0].reason
        found.append(_said(HAS_PROBLEMS, len(blocking), first.zh, first.en))
    failing = [result.case.name for result in results if not result.passed]
    if failing:
        names = "、".join(failing), ", ".join(failing)
        found.append(
            Text(
                CASES_FAIL.zh.format(n=len(failing), names=names[0]),
                CASES_FAIL.en.format(n=len(failing), names=names[1]),
            )
        )
    if reading.after is not None and draft.text == draft.base_text and _is_written(draft):
        found.append(SAYS_NOTHING_NEW)
    return found


def _is_written(draft: RuleDraft) -> bool:
    return draft.kind != DraftKind.WITHDRAWAL


def _said(template: Text, n: int, zh: str, en: str) -> Text:
    return Text(template.zh.format(n=n, first=zh), template.en.format(n=n, first=en))


def first_day(old: Rule | None, new: Rule | None, today: dt.date) -> dt.date:
    """Return the first day from today on which both say different things; today if there is none.

    ``new`` is None for a withdrawal.
    """
    turns = {today}
    for version in (*(old.versions if old else ()), *(new.versions if new else ())):
        turns.add(version.effective_from)
        if version.effective_to and version.effective_to < dt.date.max:
            turns.add(version.effective_to + dt.timedelta(days=1))
    differing = (day for day in sorted(turns) if day >= today and _on(old, day) != _on(new, day))
    return next(differing, today)


def _on(rule: Rule | None, day: dt.date) -> Version | None:
    return rule.version_on(day) if rule else None


def rehearse_sets(before: RuleSet, after: RuleSet, as_of: dt.date) -> Rehearsal:
    """Answer both sets for every enterprise on a day and compare."""
    old, new = plan_of(before, as_of), plan_of(after, as_of)
    return rehearse(old, new, resident(as_of).columns(old.facts | new.facts))


def summary(done: Rehearsal) -> dict[str, object]:
    """Return the counts of a rehearsal as a release keeps them, without naming enterprises."""
    moved = [
        rule for rule in done.rules if rule.status != "same" or any(map(len, rule.moves.values()))
    ]
    return {
        "as_of": done.after.as_of.isoformat(),
        "enterprises": len(done.columns),
        "cost": total_cost(done.rules).as_json(),
        "rules": [
            {
                "rule": rule.id,
                "title": {"zh": rule.title.zh, "en": rule.title.en},
                "status": rule.status,
                "moves": {move: len(rows) for move, rows in rule.moves.items()},
                "before": rule.before._asdict(),
                "after": rule.after._asdict(),
                "cost": rule.cost.as_json() if rule.cost else None,
            }
            for rule in moved
        ],
    }
