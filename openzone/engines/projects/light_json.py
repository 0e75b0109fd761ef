"""Verdicts as JSON, the shape of ``openzone lights --json`` (docs/lights.md)."""

import datetime as dt
from decimal import Decimal
from typing import Any

from openzone.engines.projects.light_model import NOT_YET, Override, Verdict
from openzone.engines.text import Text


def text_json(text: Text) -> dict[str, str]:
    """Return a sentence in both languages."""
    return {"zh": text.zh, "en": text.en}


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Return one colour with everything it rests on."""
    return {
        "project": verdict.project,
        "month": f"{verdict.month:%Y-%m}",
        "rule": verdict.rule,
        "colour": verdict.colour.value,
        "raw": verdict.raw.value,
        "reason": text_json(verdict.reason),
        "signals": {name: _value(value) for name, value in verdict.signals.items()},
        "missing": list(verdict.missing),
        "run": verdict.run,
        "override": _override(verdict.override),
    }


def _value(value: object) -> object:
    match value:
        case Decimal():
            return float(value)
        case dt.date():
            return None if value == NOT_YET else value.isoformat()
    return value


def _override(override: Override | None) -> dict[str, str] | None:
    if override is None:
        return None
    return {
        "colour": override.colour.value,
        "reason": override.reason,
        "until": override.until.isoformat(),
    }
