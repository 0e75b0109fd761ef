"""The rules that a command asks for, compiled for its day."""

import datetime as dt
from collections.abc import Collection, Sequence
from difflib import get_close_matches

from openzone.cli.output import refuse
from openzone.cli.versions import meant
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.schema import Rule, Version
from openzone.engines.text import Text

LISTED = 20


def plan_of(
    as_of: dt.date, wanted: Collection[str], rules: str = "", *, on_record: bool = False
) -> Plan:
    """Compile all rules in force on a day, as rules may refer to each other.

    ``rules`` names another set than the one that answers a file or the record. A wanted id that
    does not exist, or has no version in force that day, ends the command.
    """
    by = meant(rules, on_record=on_record)
    plan = by.plan_on(as_of)
    by_id = {rule.rule: rule for rule in by.ruleset.rules}
    for identifier in wanted:
        if identifier not in by_id:
            _refuse_unknown(identifier, list(by_id))
        if identifier not in plan.by_id:
            _refuse_out_of_force(by_id[identifier], as_of)
    return plan


def _refuse_unknown(identifier: str, known: Sequence[str]) -> None:
    close = get_close_matches(identifier, known, n=3) or sorted(known)[:LISTED]
    refuse(
        Text(
            f"--rule：没有规则“{identifier}”；可用的有 {'、'.join(close)}",
            f"--rule: there is no rule “{identifier}”; there are {', '.join(close)}",
        )
    )


def _refuse_out_of_force(rule: Rule, as_of: dt.date) -> None:
    spans = [_span(version) for version in rule.versions]
    zh, en = "、".join(span.zh for span in spans), ", ".join(span.en for span in spans)
    refuse(
        Text(
            f"--rule：{rule.rule} 在 {as_of} 没有有效版本；现有版本：{zh}",
            f"--rule: {rule.rule} has no version in force on {as_of}; there are: {en}",
        )
    )


def _span(version: Version) -> Text:
    first, last = version.effective_from, version.effective_to
    until = Text(f"至 {last}", f" until {last}") if last else Text("", "")
    return Text(
        f"{version.version}（{first} 起{until.zh}）", f"{version.version} (from {first}{until.en})"
    )
