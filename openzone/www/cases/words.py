"""A case in words: its type, stage, holder, requester, as its reader may see them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.model import CaseType
from openzone.engines.text import Text
from openzone.www import words
from openzone.www.cases import clocks
from openzone.www.cases.holders import holder_word, unit_names
from openzone.www.formats import say
from openzone.zone.audit.models import Event
from openzone.zone.cases.enums import Pending, RequesterKind
from openzone.zone.cases.models import Case, TypeVersion
from openzone.zone.cases.packs import mappings, type_of
from openzone.zone.cases.selectors.types import latest, published

ROLE_WORDS: Mapping[str, Promise] = {
    "requester": _("requester"),
    "recorder": _("recorder"),
    "lead": _("lead unit"),
    "head": _("head of the unit"),
    "assist": _("assisting unit"),
    "centre": _("service centre"),
    "leader": _("leader"),
    "caller": _("independent caller"),
    "system": _("the system"),
    "owner": _("unit of the task"),
}


def type_words() -> dict[str, str]:
    """Return the names of the case types the packs know, by id."""
    return {kind: say(label_of(mapping)) for kind, mapping in mappings().items()}


def label_of(mapping: Mapping[str, object]) -> Text:
    """Return the label of a definition that was not read into a type."""
    label = mapping.get("label")
    if isinstance(label, Mapping):
        return Text(str(label.get("zh", "")), str(label.get("en", "")))
    name = str(mapping.get("id", ""))
    return Text(name, name)


def stage_word(case: Case, *, public: bool = False) -> str:
    """Write the stage of a case; to people outside in the words meant for them."""
    stage = type_of(case.version).stages.get(case.stage)
    if stage is None:
        return case.stage
    return say(stage.public if public else stage.label)


def outcome_word(type_: CaseType, outcome: str) -> str:
    """Write how a case ended; nothing while it has not."""
    label = type_.outcomes.get(outcome)
    # A merged or split case says so with its stage.
    return say(label) if label else ""


def topic_word(case: Case) -> str:
    """Write the topic as the type's form words it."""
    for field in type_of(case.version).form:
        if field.id == "topic":
            labels = {choice.id: say(choice.label) for choice in field.choices}
            return labels.get(case.topic, case.topic)
    return case.topic


def topic_words() -> dict[str, str]:
    """Return the words of topics, as the forms of the published types offer them."""
    return {
        choice.id: say(choice.label)
        for version in published()
        for field in type_of(version).form
        if field.id == "topic"
        for choice in field.choices
    }


def requester_word(case: Case) -> str:
    """Write who asked."""
    if case.enterprise is not None:
        return case.enterprise.name
    if case.requester_unit is not None:
        return case.requester_unit.name
    if case.requester_kind == RequesterKind.ANONYMOUS:
        return gettext("Without a name")
    return case.requester_name or str(case.requester_user or "") or gettext("Person")


def pending_words(case: Case) -> list[str]:
    """Write what a case waits for from above its handler."""
    return [str(Pending(word).label) for word in case.asks_for if word in Pending.values]


class Row(NamedTuple):
    """A case in a list."""

    case: Case
    type: str
    stage: str
    outcome: str
    holder: str
    requester: str
    due: clocks.Due | None


def event_word(event: Event, known: dict[str, CaseType | None]) -> str:
    """Return what an event of the log was; of a case, in the words of its type in force.

    ``known`` keeps the types a page has asked for.
    """
    kind = event.details.get("kind")
    if event.action in words.ACTIONS or not isinstance(kind, str):
        return words.action(event.action)
    if kind not in known:
        version = latest(kind)
        known[kind] = type_of(version) if version else None
    type_, name = known[kind], event.action.removeprefix(words.CASES)
    found = type_.actions.get(name) if type_ else None
    return say(found.label) if found else words.action(event.action)


def complete(cases: Iterable[Case]) -> list[Case]:
    """Return cases with what a line of a list names, fetched for all of them at once."""
    found = list(cases)
    version = Prefetch("version", TypeVersion.objects.defer("definition"))
    prefetch_related_objects(
        found, version, "enterprise", "requester_unit", "requester_user", "handler"
    )
    return found


def rows(cases: Iterable[Case], now: dt.datetime) -> list[Row]:
    """Return cases as a list shows them."""
    found = complete(cases)
    names = unit_names([one.holder.partition(":")[2] for one in found])
    return [row(case, names, now) for case in found]


def row(case: Case, names: Mapping[str, str], now: dt.datetime) -> Row:
    """Return one line of a list."""
    type_ = type_of(case.version)
    return Row(
        case,
        say(type_.label),
        stage_word(case),
        outcome_word(type_, case.outcome),
        holder_word(case.holder, names),
        requester_word(case),
        due(case, now),
    )


def due(case: Case, now: dt.datetime) -> clocks.Due | None:
    """Return when a case is due next, with the name of the clock."""
    if case.closed:
        return None
    spec = type_of(case.version).clocks.get(case.due_clock)
    return clocks.due_of(case.due_at, now, say(spec.label) if spec else "")
