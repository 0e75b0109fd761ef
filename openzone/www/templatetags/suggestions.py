"""How pages about suggestions and reform tasks write decisions, quotients and rows."""

from django.template import Library

from openzone.www.formats import DASH, number, say
from openzone.zone.reforms.selectors.statistics import Score
from openzone.zone.suggestions.enums import Outcome
from openzone.zone.suggestions.packs import reason_named
from openzone.zone.suggestions.selectors.metrics import Metric

register = Library()
_CHIPS = {Outcome.ACCEPT: "chip-now", Outcome.PILOT: "chip-warn", Outcome.REJECT: "chip-old"}


@register.filter
def outcome_chip(outcome: str) -> str:
    """Return the look of a decision; the word stands in it."""
    return _CHIPS.get(Outcome(outcome), "")


@register.filter
def outcome_label(outcome: str) -> str:
    """Write a decision."""
    return str(Outcome(outcome).label)


@register.filter
def reason_label(name: str) -> str:
    """Write a reason; one that left the pack keeps its id."""
    found = reason_named(name)
    return say(found.label.text) if found else name


@register.filter
def quotient(metric: Metric) -> str:
    """Write a figure: a count a head, or a percentage; a dash where there is nothing to divide."""
    if metric.share is None:
        return DASH
    return number(metric.share, 2) if metric.per_head else f"{number(metric.share * 100, 1)}%"


@register.filter
def percent(share: float | None) -> str:
    """Write a share as a percentage; a dash for an unknown one."""
    return DASH if share is None else f"{number(share * 100, 1)}%"


@register.filter
def between(score: Score) -> int:
    """Count the tasks that are neither on track nor overdue."""
    return score.by_light["yellow"] + score.by_light["orange"]
