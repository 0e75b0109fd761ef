"""``openzone rules rehearse``: two sets of rules over the same enterprises."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from openzone.cli.enterprises import EnterpriseFile
from openzone.cli.output import note, refuse, say
from openzone.cli.versions import Chosen
from openzone.engines.facts.catalogue import Catalogue, SeriesSpec
from openzone.engines.rules.answers import facts_of
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.rehearsal import Rehearsal, RuleRehearsal, rehearse, total_cost
from openzone.engines.rules.rehearsal_report import (
    CAPS_LEFT_OUT,
    MOVE_NAMES,
    SHOWN,
    as_json,
    cost_sentence,
    rule_sentence,
)
from openzone.engines.text import Text

MOST_NAMED = 5


def rehearsed(
    before: Chosen, after: Chosen, enterprises: Path, as_of: dt.date, *, ignore_unknown: bool
) -> Rehearsal:
    """Evaluate both sets for the enterprises of a file; end the command if that says nothing."""
    old, new = before.plan_on(as_of), after.plan_on(as_of)
    _tell_out_of_force(before, old)
    _tell_out_of_force(after, new)
    catalogue = _both(before.ruleset.catalogue, after.ruleset.catalogue)
    file = EnterpriseFile.read(
        enterprises, as_of, ignore_unknown=ignore_unknown, catalogue=catalogue
    )
    columns = Columns.from_values(file.rows.ids, file.rows.columns, catalogue)
    done = rehearse(old, new, columns)
    _check_columns(done, file)
    return done


def _both(one: Catalogue, other: Catalogue) -> Catalogue:
    """Return the facts of both sets, which must mean the same."""
    series: dict[str, SeriesSpec] = dict(one.series_by_name)
    for name, spec in other.series_by_name.items():
        known = series.get(name)
        if known is not None and (known.type, known.period) != (spec.type, spec.period):
            _refuse_fact(name)
        years = max(spec.years, known.years if known else 0)
        series[name] = spec.model_copy(update={"years": years})
    try:
        return Catalogue(tuple(series.values()))
    except ValueError as error:
        _refuse_fact(str(error).rpartition(": ")[2])


def _refuse_fact(name: str) -> NoReturn:
    refuse(
        Text(
            f"两套规则对数据项 {name} 的定义不同，不能用同一份企业数据比较",
            f"the two sets mean different things by the fact {name}: "
            "they cannot be compared over the same enterprises",
        )
    )


def _tell_out_of_force(side: Chosen, plan: Plan) -> None:
    out = [rule.rule for rule in side.ruleset.rules if rule.rule not in plan.by_id]
    if not plan.rules:
        _refuse_nothing_in_force(side, plan)
    if out:
        zh, en = "、".join(out[:MOST_NAMED]), ", ".join(out[:MOST_NAMED])
        note(
            Text(
                f"{side.given}：{plan.as_of} 未生效的规则{len(out)}条：{zh}",
                f"{side.given}: {len(out)} rules not in force on {plan.as_of}: {en}",
            )
        )


def _refuse_nothing_in_force(side: Chosen, plan: Plan) -> NoReturn:
    if side.day is not None:
        refuse(Text(f"{side.day} 没有任何有效的规则", f"no rule was in force on {side.day}"))
    refuse(
        Text(
            f"{side.given}：{plan.as_of} 没有任何有效的规则，请用 --as-of 指定日期",
            f"{side.given}: no rule is in force on {plan.as_of}; choose a day with --as-of",
        )
    )


def _check_columns(done: Rehearsal, file: EnterpriseFile) -> None:
    """Refuse a file that knows nothing of what differs; name columns that would be needed."""
    differing = [rule.id for rule in done.rules if rule.status != "same"]
    needed = _facts_of(done.before, differing) | _facts_of(done.after, differing)
    wanted = needed or (done.before.facts | done.after.facts)
    absent = sorted(wanted - set(file.rows.columns))
    zh, en = "、".join(absent[:SHOWN]), ", ".join(absent[:SHOWN])
    if absent and len(absent) == len(wanted):
        refuse(
            Text(
                f"{file.path}：没有规则用到的任何一列；需要的列：{zh}",
                f"{file.path}: holds none of the columns that the rules look at; needed: {en}",
            )
        )
    if absent and needed:
        note(
            Text(
                f"文件里没有这些列，有关条款只能待定：{zh}",
                f"The file has no such columns, so that clauses stay unknown: {en}",
            )
        )


def _facts_of(plan: Plan, rules: Iterable[str]) -> set[str]:
    return {
        fact for name in rules if name in plan.by_id for fact in facts_of(plan, plan.by_id[name])
    }


# ---- telling ------------------------------------------------------------------------------


def print_json(before: Chosen, after: Chosen, done: Rehearsal) -> None:
    """Print the rehearsal as docs/cli.md describes it."""
    whole = {"from": before.as_json(), "to": after.as_json(), **as_json(done)}
    print(json.dumps(whole, ensure_ascii=False, indent=2))


def print_text(before: Chosen, after: Chosen, done: Rehearsal) -> None:
    """Print what changes, rule by rule; who it is, as far as the list stays short."""
    for text in _heading(before, after, done):
        print(say(text))
    told = [rule for rule in done.rules if rule.status != "same" or _moved(rule)]
    for rule in told:
        print()
        for line in _of_rule(done, rule):
            print(line)
    print()
    for text in _ending(done, len(done.rules) - len(told)):
        print(say(text))


def _heading(before: Chosen, after: Chosen, done: Rehearsal) -> Iterator[Text]:
    count, day = len(done.columns), done.after.as_of
    yield Text(f"评价日 {day}，企业{count}家", f"Day of evaluation {day}, enterprises: {count}")
    yield Text(f"之前：{before.name.zh}", f"Before: {before.name.en}")
    yield Text(f"之后：{after.name.zh}", f"After: {after.name.en}")


def _moved(rule: RuleRehearsal) -> int:
    return rule.rows - rule.unchanged + len(rule.changed_amount)


_STATUS = {
    "new": Text("新规则", "new"),
    "removed": Text("取消", "removed"),
    "changed": Text("有修改", "changed"),
    "same": Text("未修改", "not changed itself"),
}


def _of_rule(done: Rehearsal, rule: RuleRehearsal) -> Iterator[str]:
    versions = f"{rule.from_version or '-'} → {rule.to_version or '-'}"
    title, status = say(rule.title), say(_STATUS[rule.status])
    yield f"{rule.id}  {title}  {versions}  [{status}]"
    yield f"  {say(rule_sentence(rule))}"
    for move, rows in (*rule.moves.items(), ("changed_amount", rule.changed_amount)):
        if len(rows):
            yield f"  {say(MOVE_NAMES[move])}: {_some(done, rows)}"
    if rule.status == "changed":
        yield from _differing(rule)


def _differing(rule: RuleRehearsal) -> Iterator[str]:
    """Yield what differs in the rule, as far as the list stays short."""
    for difference in rule.differences[:SHOWN]:
        yield f"  * {say(difference.sentence)}"
    more = len(rule.differences) - SHOWN
    if more > 0:
        yield say(Text(f"  * 另有{more}处，见 --json", f"  * {more} more, see --json"))


def _some(done: Rehearsal, rows: Any) -> str:
    """Name some enterprises, and how many more there are."""
    shown = ", ".join(done.ids(rows[:SHOWN]))
    more = len(rows) - SHOWN
    return shown + say(Text(f" 等{len(rows)}家", f" … and {more} more")) if more > 0 else shown


def _ending(done: Rehearsal, silent: int) -> Iterator[Text]:
    if silent:
        yield Text(f"另有{silent}条规则没有变化", f"{silent} more rules change nothing")
    touched, count = len(done.affected), len(done.columns)
    yield Text(f"受影响企业{touched}/{count}家", f"{touched} of {count} enterprises are affected")
    if any(rule.cost is not None for rule in done.rules):
        yield cost_sentence(total_cost(done.rules))
        if done.caps_left_out:
            yield CAPS_LEFT_OUT
