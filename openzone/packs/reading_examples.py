"""The examples of the ``reading`` rules, each read as a page would be.

    python -m openzone.packs.reading_examples [FOLDER]

checks the national rules with those of a zone's pack folder laid over them.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.periods import periods
from openzone.engines.reading.pages.quantities import quantities
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.rules.problems import PackProblem
from openzone.engines.text import Text
from openzone.packs.reading import files, reading

WRONG = Text("规则“{rule}”：“{text}”读成 {found}", "rule “{rule}”: “{text}” is read as {found}")
YEAR = 2023
"""The year of the page that the examples of ``periods.yaml`` stand on; its month is July."""


def wrong_examples(folder: Path | None = None) -> list[PackProblem]:
    """Return every example that is not read as its rule says."""
    lexicon, found = reading(folder), files(folder)
    problems: list[PackProblem] = []
    for name, rules, read in _rules(found):
        for rule in rules:
            for example in rule.examples:
                answer = read(example, rule, lexicon)
                if answer is not None:
                    rule_id = getattr(rule, "id", name)  # families of statements have none
                    reason = WRONG.format(rule=rule_id, text=example.text, found=answer)
                    problems.append(PackProblem(name, 1, rule_id, reason))
    return problems


Reader = Callable[[Any, Any, Lexicon], str | None]
"""Reads an example and returns what was read instead, ``None`` where all is well."""


def _rules(found: dict[str, Any]) -> Iterator[tuple[str, tuple[Any, ...], Reader]]:
    yield "attributes.yaml", found["attributes.yaml"].attributes, _attribute
    yield "units.yaml", found["units.yaml"].units, _unit
    yield "periods.yaml", found["periods.yaml"].periods, _period
    yield "texts.yaml", found["texts.yaml"].stages, _stage
    for part in ("documents", "designations", "events", "agreements"):
        yield "texts.yaml", (getattr(found["texts.yaml"], part),), _statement
    for part in ("sayings", "pairs", "quoted"):
        yield "texts.yaml", getattr(found["texts.yaml"], part), _told
    for part in ("openings", "bylines_before", "bylines_after", "captions", "furniture"):
        yield "furniture.yaml", getattr(found["furniture.yaml"], part), _shape


def _attribute(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    """The value is found, under the rule's code or one it becomes."""
    facts = [fact for fact in read_page(example.text, lexicon).facts if fact.source == "fact"]
    codes = {rule.code or rule.id, *rule.becomes}
    for fact in facts:
        growth = example.yoy_pct is None or fact.qualifiers.get("yoy_pct") == example.yoy_pct
        if fact.value == example.value and fact.attribute in codes and growth:
            return None
    return "; ".join(f"{fact.attribute} {fact.value}" for fact in facts) or "–"


def _unit(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    found = quantities(plain(example.text), lexicon, [])
    if any((one.value, one.unit) == (example.value, example.unit) for one in found):
        return None
    return "; ".join(f"{one.value} {one.unit}" for one in found) or "–"


def _period(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    found = periods(plain(example.text), lexicon, PageDate(YEAR, 7))
    if found and (found[-1].value, found[-1].rule) == (example.value, rule.id):
        return None
    return "; ".join(f"{one.rule} {one.value}" for one in found) or "–"


def _stage(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    facts = read_page(example.text, lexicon).facts
    if any(fact.attribute == "stage" and fact.value == example.value for fact in facts):
        return None
    return "; ".join(f"{fact.attribute} {fact.value}" for fact in facts) or "–"


def _statement(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    told = [fact for fact in read_page(example.text, lexicon).facts if fact.source == "fact"]
    if any(fact.value == example.value for fact in told):
        return None
    return "; ".join(f"{fact.attribute} {fact.value}" for fact in told) or "–"


def _told(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    """The value is found under the rule's code, and about whom, if the example says so."""
    told = [fact for fact in read_page(example.text, lexicon).facts if fact.source == "fact"]
    whose = {example.subject} if example.subject else {fact.subject for fact in told}
    wanted = (rule.attribute, example.value)
    if any((one.attribute, one.value) == wanted and one.subject in whose for one in told):
        return None
    return "; ".join(f"{one.attribute} {one.value} {one.subject}" for one in told) or "–"


def _shape(example: Any, rule: Any, lexicon: Lexicon) -> str | None:
    """The rule's own pattern finds the line."""
    flags = re.IGNORECASE if rule.flags else 0
    return None if re.search(rule.pattern, plain(example.text), flags) else "–"


if __name__ == "__main__":
    wrong = wrong_examples(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    sys.stdout.writelines(f"{one}\n" for one in wrong)
    sys.exit(1 if wrong else 0)
