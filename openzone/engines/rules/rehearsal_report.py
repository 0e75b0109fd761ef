"""A rehearsal told: as JSON, as sentences, and one line per enterprise and rule that changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from openzone.engines.facts.catalogue import Catalogue
from openzone.engines.rules.compiled import CompiledRule, Plan
from openzone.engines.rules.costs import Cost
from openzone.engines.rules.formats import money
from openzone.engines.rules.match import Outcome, Record, match
from openzone.engines.rules.near import tidy
from openzone.engines.rules.rehearsal import MOVES, Rehearsal, RuleRehearsal, total_cost
from openzone.engines.rules.sentences import joined
from openzone.engines.text import Text

SHOWN = 20
_MOVES: Mapping[str, Text] = {
    "gains": Text("新增符合{n}家", "{n} gain"),
    "loses": Text("不再符合{n}家", "{n} lose"),
    "becomes_unknown": Text("变为待定{n}家", "{n} can no longer be told"),
    "settled": Text("不再待定{n}家", "{n} can now be told"),
    "changed_value": Text("结果改变{n}家", "{n} get another value"),
    "changed_amount": Text("金额改变{n}家", "{n} get another amount"),
}
MOVE_NAMES: Mapping[str, Text] = {
    "gains": Text("新增符合", "gain"),
    "loses": Text("不再符合", "lose"),
    "becomes_unknown": Text("变为待定", "can no longer be told"),
    "settled": Text("不再待定", "can now be told"),
    "changed_value": Text("结果改变", "another value"),
    "changed_amount": Text("金额改变", "another amount"),
}
_UNCHANGED = Text("不变{n}家", "{n} unchanged")
_COST = Text(
    "金额{before} → {after}，{more}{difference}",
    "amounts {before} → {after}, {difference} {more}",
)
_MORE, _LESS = Text("增加", "more"), Text("减少", "less")
_NOT_COUNTED = Text(
    "（金额待定未计：之前{before}家，之后{after}家）",
    " (amount unknown and not counted: {before} before, {after} after)",
)
CAPS_LEFT_OUT = Text(
    "规则之间的封顶、择高等关系未计入金额，实际支出可能更低",
    "limits between rules are not applied to these amounts; less may be paid in the end",
)
_NEW, _GONE = Text("新规则", "a new rule"), Text("规则不再有效", "the rule is no longer in force")
_FAILS = Text("不满足：{names}", "not met: {names}")
_NO_LONGER = Text(
    "原不满足、现已满足或不再要求：{names}", "was not met, is now or is not asked: {names}"
)
_MISSING = Text("缺少数据：{names}", "missing: {names}")
_WAS_MISSING = Text("不再取决于：{names}", "no longer depends on: {names}")
_FROM_TO = Text("由{before}变为{after}", "{before} becomes {after}")
_UNKNOWN_AMOUNT = Text("待定", "unknown")
_AND_MORE = Text("等{n}项", " … of {n}")
_NAMED = 5
_LIST, _THEN = Text("、", ", "), Text("；", "; ")


@dataclass(frozen=True, slots=True)
class Change:
    """One enterprise whose answer of one rule changes.

    ``clauses`` are the ids of the clauses that decide: not met now, or not met before where it is
    met now; ``facts`` those missing now, or before where it is met now. Outcomes are None on
    the side where the rule is not in force.
    """

    rule: str
    id: str
    move: str
    before: Outcome | None
    after: Outcome | None
    value_before: str | None
    value_after: str | None
    amount_before: float | None
    amount_after: float | None
    clauses: tuple[str, ...]
    facts: tuple[str, ...]
    reason: Text


def changes(done: Rehearsal) -> Iterator[Change]:
    """Yield every change with its reason: by rule, then by enterprise."""
    for rule in done.rules:
        moves: dict[int, str] = {}
        for move, rows in (*rule.moves.items(), ("changed_amount", rule.changed_amount)):
            moves |= {row: moves.get(row, move) for row in rows.tolist()}
        if moves:
            rows = np.array(sorted(moves), np.intp)
            sides = [_records(plan, rule.id, done, rows) for plan in (done.before, done.after)]
            for row, old, new in zip(rows.tolist(), *sides, strict=True):
                yield _change(done, rule, moves[row], old, new)


def _records(plan: Plan, rule: str, done: Rehearsal, rows: Any) -> Sequence[Record | None]:
    if rule not in plan.by_id:
        return [None] * len(rows)
    return list(match(plan.only([rule]), done.columns.take(rows)))


def _change(
    done: Rehearsal, rule: RuleRehearsal, move: str, old: Record | None, new: Record | None
) -> Change:
    sides = done.before.by_id.get(rule.id), done.after.by_id.get(rule.id)
    now_failed, was_failed = _field(new, "failed"), _field(old, "failed")
    now_missing, was_missing = _field(new, "missing"), _field(old, "missing")
    return Change(
        rule=rule.id,
        id=(new or old).id,  # type: ignore[union-attr] # one side has it in force
        move=move,
        before=old.outcome if old else None,
        after=new.outcome if new else None,
        value_before=old.value if old else None,
        value_after=new.value if new else None,
        amount_before=old.amount if old else None,
        amount_after=new.amount if new else None,
        clauses=now_failed or was_failed,
        facts=now_missing or (was_missing if new and new.outcome == "met" else ()),
        reason=_reason(old, new, sides, (done.before.catalogue, done.after.catalogue)),
    )


def _field(record: Record | None, name: str) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(record, name) if record else ()
    return found


def _reason(
    old: Record | None,
    new: Record | None,
    rules: tuple[CompiledRule | None, CompiledRule | None],
    catalogues: tuple[Catalogue, Catalogue],
) -> Text:
    """Say what decides now, or what no longer does."""
    if new is None:
        return _GONE
    before, after = rules
    said = [_NEW] if old is None else []
    said += _naming(_FAILS, [_label(after, name) for name in new.failed])
    said += _naming(_MISSING, [_fact(catalogues[1], name) for name in new.missing])
    if old is not None:
        gone = [name for name in old.failed if name not in new.failed]
        said += _naming(_NO_LONGER, [_label(before, name) for name in gone])
        settled = old.missing if new.outcome == "met" else ()
        said += _naming(_WAS_MISSING, [_fact(catalogues[0], name) for name in settled])
        said += _values(old, new, before, after)
    return joined(said, _THEN) if said else Text("", "")


def _values(
    old: Record, new: Record, before: CompiledRule | None, after: CompiledRule | None
) -> Iterator[Text]:
    if old.value != new.value and old.value is not None and new.value is not None:
        yield _filled(_FROM_TO, before=_level(before, old.value), after=_level(after, new.value))
    if old.outcome == new.outcome == "met" and old.amount != new.amount:
        yield _filled(_FROM_TO, before=_yuan(old.amount), after=_yuan(new.amount))


def _naming(template: Text, names: Sequence[Text]) -> list[Text]:
    """Say names, as many as can be read at a glance."""
    if not names:
        return []
    more = len(names) - _NAMED
    said = joined(names[:_NAMED], _LIST)
    rest = _AND_MORE.format(n=len(names)) if more > 0 else Text("", "")
    return [_filled(template, names=Text(said.zh + rest.zh, said.en + rest.en))]


def _label(rule: CompiledRule | None, clause_id: str) -> Text:
    for clause in rule.clauses if rule else ():
        label = clause.source.label
        if clause.source.id == clause_id and label is not None:
            return label.text
    return Text(clause_id, clause_id)


def _level(rule: CompiledRule | None, value: str) -> Text:
    classify = rule.version.classify if rule else None
    label = classify.labels.get(value) if classify else None
    return label.text if label else Text(value, value)


def _fact(catalogue: Catalogue, name: str) -> Text:
    return catalogue[name].label if name in catalogue else Text(name, name)


def _yuan(amount: float | None) -> Text:
    return _UNKNOWN_AMOUNT if amount is None else money(amount)


# ---- sentences ----------------------------------------------------------------------------


def rule_sentence(rule: RuleRehearsal) -> Text:
    """Say on one line what changes for the enterprises by one rule."""
    counted = {str(move): len(rows) for move, rows in rule.moves.items()}
    counted["changed_amount"] = len(rule.changed_amount)
    said = [_MOVES[move].format(n=n) for move, n in counted.items() if n]
    said.append(_UNCHANGED.format(n=rule.unchanged))
    if rule.cost is not None:
        said.append(cost_sentence(rule.cost))
    return joined(said, Text("，", ", "))


def cost_sentence(cost: Cost) -> Text:
    """Say what is paid before and after."""
    text = _filled(
        _COST,
        before=money(cost.before),
        after=money(cost.after),
        difference=money(abs(cost.difference)),
        more=_LESS if cost.difference < 0 else _MORE,
    )
    if not (cost.unknown_before or cost.unknown_after):
        return text
    more = _NOT_COUNTED.format(before=cost.unknown_before, after=cost.unknown_after)
    return Text(text.zh + more.zh, text.en + more.en)


def _filled(template: Text, **values: Text) -> Text:
    zh = {key: value.zh for key, value in values.items()}
    en = {key: value.en for key, value in values.items()}
    return Text(template.zh.format(**zh), template.en.format(**en))


# ---- JSON ---------------------------------------------------------------------------------


def as_json(done: Rehearsal) -> dict[str, Any]:
    """Return the rehearsal of docs/cli.md without ``from`` and ``to``."""
    return {
        "as_of": done.after.as_of.isoformat(),
        "enterprises": len(done.columns),
        "rules": [_rule_json(done, rule) for rule in done.rules],
        "totals": _totals(done),
        "notes": [_text(CAPS_LEFT_OUT)] if done.caps_left_out else [],
    }


def _rule_json(done: Rehearsal, rule: RuleRehearsal) -> dict[str, Any]:
    return {
        "rule": rule.id,
        "title": _text(rule.title),
        "status": rule.status,
        "from_version": rule.from_version,
        "to_version": rule.to_version,
        "differences": [difference.as_json() for difference in rule.differences],
        **{move: done.ids(rule.moves[move]) for move in MOVES},
        "changed_amount": done.ids(rule.changed_amount),
        "unchanged": rule.unchanged,
        "before": rule.before._asdict(),
        "after": rule.after._asdict(),
        "cost": (rule.cost or Cost()).as_json(),
    }


def _totals(done: Rehearsal) -> dict[str, Any]:
    rules = done.rules
    status = [rule.status for rule in rules]
    return {
        **{move: sum(len(rule.moves[move]) for rule in rules) for move in MOVES},
        "changed_amount": sum(len(rule.changed_amount) for rule in rules),
        "unchanged": sum(rule.unchanged for rule in rules),
        "enterprises_affected": len(done.affected),
        "rules": {name: status.count(name) for name in ("new", "removed", "changed", "same")},
        "cost": total_cost(rules).as_json(),
    }


def change_json(change: Change) -> dict[str, Any]:
    """Return one change as plain values."""
    plain = {name: getattr(change, name) for name in Change.__slots__}
    for side in ("amount_before", "amount_after"):
        plain[side] = None if plain[side] is None else tidy(plain[side])
    return plain | {"reason": _text(change.reason)}


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
