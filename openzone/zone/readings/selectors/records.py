"""Judged facts in the schema of ``openzone read``, with what people said of them."""

from typing import Any

from openzone.zone.readings.models import JudgedFact


def record_of(one: JudgedFact) -> dict[str, Any]:
    """Return a fact as it stands by the judgements, in the schema of ``docs/reading.md``."""
    fact = one.fact
    value = one.value
    record: dict[str, Any] = {
        "type": one.type,
        "subject": one.subject or None,
        "attribute": one.attribute,
        "attr_text": fact.attr_text,
        "value": value if isinstance(value, str) else _number(float(value)),
        "unit": one.unit or None,
        "period": one.period or None,
        "quote": fact.quote,
        "start": fact.start,
        "end": fact.end,
        "article": fact.headline,
        "rule": fact.rule,
        "confidence": fact.confidence,
        "qualifiers": fact.qualifiers,
        "source": "entity" if fact.names else "fact",
    }
    lists = {"candidates": fact.candidates, "doubts": fact.doubts}
    record |= {name: found for name, found in lists.items() if found}
    return record | {"judged": _judged(one)}


def _judged(one: JudgedFact) -> dict[str, Any]:
    said = {"state": one.state, "changed": one.changed, "origin": one.fact.origin}
    if one.note:
        said["note"] = one.note
    if one.last is not None:
        said |= {"by": str(one.last.by), "at": one.last.at.isoformat()}
    return said


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value
