"""What the packs say about the library, and the working time its terms are counted in."""

import datetime as dt
from functools import cache

from openzone.engines.rules.schema import Rule
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import DueResult, due
from openzone.engines.worktime.receipt import ReceiptRule
from openzone.packs.calendars import own_files, zone_calendar, zone_receipt_rule
from openzone.packs.library import LibraryPack, Term, load_library
from openzone.packs.loading import zone_folder
from openzone.zone.rulebook.packs import rules

MORNING = dt.time(9)  # a document is issued by the day: within working time of that day


@cache
def library() -> LibraryPack:
    """Return the categories, terms and reminders of this zone, read once per process."""
    return load_library(zone_folder())


@cache
def _time() -> tuple[WorkCalendar, ReceiptRule]:
    folder = zone_folder()
    return zone_calendar(own_files(folder)), zone_receipt_rule(folder)


def due_from(term: Term, received: dt.datetime) -> DueResult:
    """Count a term from a moment of zone time (naive), with the whole proof."""
    calendar, receipt = _time()
    return due(received, term.duration, calendar, receipt)


def due_since(term: Term, day: dt.date) -> DueResult:
    """Count a term from a day of which the hour is not known."""
    return due_from(term, dt.datetime.combine(day, MORNING))


def rule_named(rule_id: str) -> Rule | None:
    """Return a rule of the rulebook by its id, if there is one."""
    return next((rule for rule in rules() if rule.rule == rule_id), None) if rule_id else None


def rule_version(rule_id: str, on: dt.date) -> str:
    """Return the name of a rule's version in force on a day; empty without rule or version."""
    rule = rule_named(rule_id)
    version = rule.version_on(on) if rule else None
    return version.version if version else ""
