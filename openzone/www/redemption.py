"""Applications in words: amounts, facts that were used, steps, who may see what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.engines.facts.catalogue import Fact
from openzone.www import formats
from openzone.www.known import Sight
from openzone.zone.people.permissions import Decision
from openzone.zone.redemption.models import Step
from openzone.zone.redemption.selectors.findings import FactLine
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.permissions import Visitor
from openzone.zone.registry.values import typed


def fen(amount: int | None) -> str:
    """Write an amount kept in fen."""
    if amount is None:
        return formats.DASH
    from decimal import Decimal

    return formats.money(Decimal(amount) / 100)


CASH = SimpleNamespace(fen=fen, say=formats.say)


@dataclass(frozen=True, slots=True)
class UsedFact:
    """A fact an answer rests on, as its reader may see it."""

    fact: Fact
    value: str
    period: str
    source: str
    known_on: str
    see: Decision


def fact_lines(
    lines: Iterable[FactLine], user: Visitor, enterprise: Enterprise, today: dt.date
) -> list[UsedFact]:
    """Return the facts with values in words; sensitive ones only to who may see them."""
    names, sight = catalogue(), Sight(user, enterprise, today)
    return [
        _used(names[line.name], line, sight.of(names[line.name]))
        for line in lines
        if line.name in names
    ]


def _used(fact: Fact, line: FactLine, see: Decision) -> UsedFact:
    first, last = (dt.date.fromisoformat(day) if day else None for day in line.period)
    return UsedFact(
        fact,
        fact_value(line),
        formats.period(fact.series.period, first, last),
        line.source or formats.DASH,
        line.known_on or formats.DASH,
        see,
    )


def fact_value(line: FactLine | None) -> str:
    """Write the value of a fact that was kept."""
    names = catalogue()
    if line is None or line.name not in names:
        return formats.DASH
    fact = names[line.name]
    return formats.fact(typed(fact.type, line.value), fact.series)


STEPS: dict[str, Promise] = {
    "opened": _("Opened"),
    "offered": _("Offered by the system"),
    "attached": _("Paper added"),
    "detached": _("Paper taken back"),
    "submitted": _("Handed in"),
    "corrected": _("Handed in again"),
    "confirmed": _("Word of the enterprise"),
    "accepted": _("Accepted"),
    "returned": _("Returned for correction"),
    "asked": _("Opinions asked"),
    "opinion": _("Opinion given"),
    "reviewed": _("Review complete"),
    "excess": _("Reason for a higher amount"),
    "proposed": _("Amount proposed"),
    "objected": _("Objection"),
    "answered": _("Objection answered"),
    "reopened": _("Back to review"),
    "published": _("Publicity over"),
    "approved": _("Approved"),
    "funded": _("Money reserved from the queue"),
    "rejected": _("Rejected"),
    "ordered": _("Fund order made"),
    "paid": _("Paid"),
    "failed": _("Payment failed"),
    "account": _("Account changed"),
    "received": _("Receipt confirmed"),
    "rated": _("Rated"),
    "closed": _("Closed"),
    "withdrawn": _("Withdrawn"),
    "lapsed": _("Lapsed"),
    "check_noticed": _("Notice of a check"),
    "check_answered": _("Answer to a check"),
    "check_proposed": _("Finding of a check"),
    "check_sent_back": _("Finding sent back"),
    "check_decided": _("Check decided"),
    "recovered": _("Money recovered"),
}


# What the zone's people say to each other, and who objects, is not told to the enterprise.
_NOTE_INSIDE = frozenset({"asked", "opinion", "excess", "proposed"})
_NAME_INSIDE = frozenset({"objected", "opinion"})


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the history as its reader may see it; ``by`` and ``note`` may be empty."""

    word: str
    at: dt.datetime
    by: str
    note: str


def step_lines(steps: Iterable[Step], *, inside: bool) -> list[StepLine]:
    """Return the steps in words; to the enterprise without what is the zone's own."""
    return [
        StepLine(
            step_word(step),
            step.at,
            step.by if inside or step.action not in _NAME_INSIDE else "",
            step.note if inside or step.action not in _NOTE_INSIDE else "",
        )
        for step in steps
    ]


def step_word(step: Step) -> str:
    """Write what a step was."""
    return str(STEPS.get(step.action, step.action))
