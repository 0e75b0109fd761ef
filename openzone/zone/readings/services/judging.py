"""What a person says of a fact: accepted, rejected, corrected, linked, noted, undone, added.

The machine's fact never changes; each of these is a row of its own.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction

from openzone.engines.reading.pages.records import quote as quoted
from openzone.engines.reading.quoting import Span, folded, in_base, parsed, places_of
from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.policies.models import Document
from openzone.zone.projects.models import Project
from openzone.zone.readings.enums import FactState, Origin, Said
from openzone.zone.readings.models import JudgedFact, Judgement, Page, PageFact
from openzone.zone.readings.packs import GROWTH, labels, lexicon
from openzone.zone.readings.services.bringing import add_facts
from openzone.zone.readings.writing import (
    LINKS,
    decimal,
    done_by,
    locked,
    note,
    say_judgement,
)
from openzone.zone.registry.models import Enterprise

WHY: Final = Text("请说明理由", "give a reason")
WHOSE: Final = Text("请选择或填写主体", "choose or say whose it is")
NOTHING_SAID: Final = Text("请填写内容", "say what it should be")
SAME: Final = Text("与原来相同", "it is the same as before")
NO_FIELD: Final = Text("没有“{name}”这一项", "there is no field “{name}”")
NO_ATTRIBUTE: Final = Text("没有“{name}”这一指标", "there is no attribute “{name}”")
NO_PERIOD: Final = Text(
    "“{given}”不是期间，可写 2026、2026-05、2026-01/2026-05、2026-01/..、../2026-05",
    "“{given}” is no period; write 2026, 2026-05, 2026-01/2026-05, 2026-01/.. or ../2026-05",
)
NOT_PRINTED: Final = Text(
    "引文中读不到这个数；如确需更正（如识别错误），请写明理由",
    "this number cannot be read from the quote; to correct it all the same (the scan is wrong, say)"
    " give a reason",
)
ALREADY: Final = Text("已经是这个判定", "this is how it was judged already")
NO_QUOTE: Final = Text("原文中没有这段文字", "this is not on the page")
SEVERAL: Final = Text(
    "这段文字在原文中出现{n}次，请多引几个字",
    "this stands on the page {n} times: quote some more of it",
)
NO_NUMBER: Final = Text(
    "引文中读不到“{value}{unit}”", "“{value}{unit}” cannot be read from the quote"
)
NO_WORDS: Final = Text("引文中没有“{value}”", "“{value}” is not in the quote")
NOTHING: Final = Text("没有可撤销的判定", "there is nothing of yours to undo")
LATER: Final = Text(
    "此后{who}又判定过，不能撤销", "{who} judged it since: it cannot be undone any more"
)
GONE: Final = Text("档案中没有这条记录", "there is no such record")
NOT_READ: Final = Text("版面尚未读取", "the page was not read yet")
RULE: Final = "person"
_DAY: Final = r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2])(?:-[0-3][0-9])?)?"
_PERIOD: Final = re.compile(rf"{_DAY}|{_DAY}/(?:{_DAY}|\.\.)|\.\./{_DAY}")
CHANGED: Final = ("subject", "value", "unit", "attribute", "period")
_MODELS: Final[Mapping[str, Any]] = {
    "enterprise": Enterprise, "project": Project, "document": Document,
}  # fmt: skip
_MOST_QUOTED: Final = 500


@transaction.atomic
def accept_fact(
    *, actor: Actor, user: User, judged: JudgedFact, now: dt.datetime, seen: int | None = None
) -> JudgedFact:
    """Say that a fact is right as it stands, with its corrections."""
    return _judge(actor, user, judged, FactState.ACCEPTED, Said.ACCEPT, now, seen, "")


@transaction.atomic
def reject_fact(
    *, actor: Actor, user: User, judged: JudgedFact, reason: str, now: dt.datetime,
    seen: int | None = None,
) -> JudgedFact:  # fmt: skip
    """Say that it is no fact, and why."""
    if not reason.strip():
        raise Refused(WHY, field="reason")
    return _judge(actor, user, judged, FactState.REJECTED, Said.REJECT, now, seen, reason)


@transaction.atomic
def correct(
    *, actor: Actor, user: User, judged: JudgedFact, what: str, after: str, now: dt.datetime,
    seen: int | None = None, reason: str = "",
) -> JudgedFact:  # fmt: skip
    """Correct one field of a fact. A number that is not in its quote needs a reason."""
    if what not in CHANGED:
        raise Refused(NO_FIELD.format(name=what))
    fresh = locked(judged, seen)
    given = _corrected(fresh, what, after.strip(), reason)
    before = "" if (known := getattr(fresh, what)) is None else str(known)
    if given == before:
        raise Refused(SAME, field="after")
    say_judgement(
        fresh, Said.CHANGE, by=user, at=now, what=what, before=before, after=given, reason=reason
    )
    note("fact.corrected", actor, f"page:{fresh.page_id}",
         {"fact": fresh.pk, "what": what, "before": before, "after": given})  # fmt: skip
    return fresh


@transaction.atomic
def link_fact(
    *, actor: Actor, user: User, judged: JudgedFact, what: str, record: int | None,
    now: dt.datetime, seen: int | None = None,
) -> JudgedFact:  # fmt: skip
    """Say which enterprise, project or policy document of the record a fact speaks of."""
    if what not in LINKS:
        raise Refused(NO_FIELD.format(name=what))
    fresh = locked(judged, seen)
    found = _record(what, record)
    before, after = (str(one or "") for one in (getattr(fresh, f"{what}_id"), found))
    if before == after:
        raise Refused(SAME, field="record")
    say_judgement(fresh, Said.LINK, by=user, at=now, what=what, before=before, after=after)
    note("fact.linked", actor, f"page:{fresh.page_id}",
         {"fact": fresh.pk, "to": f"{what}:{after}"})  # fmt: skip
    return fresh


@transaction.atomic
def note_fact(
    *, actor: Actor, user: User, judged: JudgedFact, text: str, now: dt.datetime,
    seen: int | None = None,
) -> JudgedFact:  # fmt: skip
    """Write a note beside a fact; an empty one takes it away."""
    fresh = locked(judged, seen)
    if text.strip() == fresh.note:
        raise Refused(SAME, field="text")
    before, after = fresh.note, text.strip()[:300]
    say_judgement(fresh, Said.NOTE, by=user, at=now, before=before, after=after)
    note("fact.noted", actor, f"page:{fresh.page_id}", {"fact": fresh.pk})
    return fresh


@transaction.atomic
def undo_last(*, actor: Actor, user: User, page: Page, now: dt.datetime) -> JudgedFact:
    """Take back one's own latest judgement on a page, unless somebody judged that fact since."""
    own = Judgement.objects.filter(fact__page=page, by=user, undone_by__isnull=True)
    last = own.exclude(said=Said.UNDO).order_by("-pk").first()
    if last is None:
        raise Refused(NOTHING)
    fresh = locked(JudgedFact(pk=last.fact_id), None)
    later = fresh.fact.judgements.filter(pk__gt=last.pk).exclude(by=user).select_related("by")
    if (other := later.first()) is not None:
        raise Refused(LATER.format(who=str(other.by)))
    say_judgement(
        fresh, Said.UNDO, by=user, at=now, what=last.what, before=last.after, after=last.before,
        undoes=last,
    )  # fmt: skip
    note("fact.undone", actor, f"page:{page.pk}", {"fact": fresh.pk, "was": last.said})
    return fresh


@transaction.atomic
def add_fact(
    *, actor: Actor, user: User, page: Page, quote: str, kind: str, subject: str, attribute: str,
    value: str, unit: str, period: str, now: dt.datetime, start: int | None = None,
) -> JudgedFact:  # fmt: skip
    """Add a fact the machine missed; it counts as accepted by who adds it.

    ``quote`` has to be on the page (at ``start``, where it stands there more than once), and its
    number has to be read from it. Numbers are kept in base units.
    """
    place = _place(page, quote, start)
    ensure_attribute(attribute)
    ensure_period(period)
    words = quoted(page.text, *place)
    number, text, base = _added_value(words, value.strip(), unit.strip())
    article, headline = _article_at(page, place)
    made = add_facts(page, [PageFact(
        page=page, origin=Origin.PERSON, type=kind, subject=subject.strip()[:200],
        attribute=attribute, number=number, text=text, unit=base, period=period.strip(),
        quote=words, start=place.start, end=place.end, article=article, headline=headline,
        rule=RULE, confidence=1, by=user, at=now,
    )])[0]  # fmt: skip
    judged = locked(JudgedFact(pk=made.pk), None)
    say_judgement(judged, Said.ACCEPT, by=user, at=now)
    note("fact.added", actor, f"page:{page.pk}", {"fact": made.pk, "attribute": attribute})
    return judged


def ensure_attribute(name: str) -> str:
    """Refuse an attribute that is none."""
    if name.removesuffix(GROWTH) not in labels():
        raise Refused(NO_ATTRIBUTE.format(name=name), field="attribute")
    return name


def ensure_period(given: str) -> str:
    """Refuse what is no period; an empty one is unknown."""
    if given.strip() and not _is_period(given.strip()):
        raise Refused(NO_PERIOD.format(given=given), field="period")
    return given.strip()


def _is_period(given: str) -> bool:
    """Whether a text is a period of days there are, its end not before its beginning."""
    if not _PERIOD.fullmatch(given):
        return False
    ends = [one for one in given.split("/") if one != ".."]
    least = min(map(len, ends))
    return all(map(_is_day, ends)) and ends[0][:least] <= ends[-1][:least]


def _is_day(given: str) -> bool:
    try:
        dt.date.fromisoformat(given + "-01-01"[len(given) - len("2026") :])
    except ValueError:  # 30 February
        return False
    return True


def _judge(
    actor: Actor, user: User, judged: JudgedFact, state: FactState, said: Said,
    now: dt.datetime, seen: int | None, reason: str,
) -> JudgedFact:  # fmt: skip
    fresh = locked(judged, seen)
    if fresh.state == state:
        raise Refused(done_by(fresh) if fresh.last and fresh.last.by_id != user.pk else ALREADY)
    say_judgement(fresh, said, by=user, at=now, reason=reason)
    note(f"fact.{state}", actor, f"page:{fresh.page_id}", {"fact": fresh.pk, "reason": reason})
    return fresh


def _corrected(fresh: JudgedFact, what: str, after: str, reason: str) -> str:
    """Return a correction as it is kept, or refuse it."""
    if what == "attribute":
        return ensure_attribute(after)
    if what == "period":
        return ensure_period(after)
    if what == "value" and fresh.fact.number is not None:
        return _number(fresh, after, reason)
    if what in ("subject", "value") and not after:
        raise Refused(WHOSE if what == "subject" else NOTHING_SAID, field="after")
    return after[: {"subject": 200, "unit": 16}.get(what, 500)]


def _number(fresh: JudgedFact, after: str, reason: str) -> str:
    number = decimal(after)
    read = parsed(float(number), fresh.unit, fresh.fact.quote, lexicon())
    if read is None and not reason.strip():
        raise Refused(NOT_PRINTED, field="reason")
    return format(number.normalize(), "f")


def _record(what: str, record: int | None) -> int | None:
    if record is None:
        return None
    found = _MODELS[what].objects.filter(pk=record).first()
    if found is None:
        raise Refused(GONE, field="record")
    return int(found.root_id if what == "enterprise" else found.pk)


def _place(page: Page, quote: str, start: int | None) -> Span:
    if not page.text:
        raise Refused(NOT_READ)
    found = places_of(page.text, quote[:_MOST_QUOTED])
    if start is not None:
        found = [one for one in found if one.start == start] or found
    if not found:
        raise Refused(NO_QUOTE, field="quote")
    if len(found) > 1:
        raise Refused(SEVERAL.format(n=len(found)), field="quote")
    return found[0]


def _added_value(quote: str, value: str, unit: str) -> tuple[Any, str, str]:
    """Return number, text and base unit of a value that stands in a quote."""
    try:
        number = decimal(value)
    except Refused:
        if not value or folded(value) not in folded(quote):
            raise Refused(NO_WORDS.format(value=value), field="value") from None
        return None, value[:500], unit[:16]
    if parsed(float(number), unit, quote, lexicon()) is None:
        raise Refused(NO_NUMBER.format(value=value, unit=unit), field="value")
    base = in_base(float(number), unit, lexicon())
    return decimal(repr(base.value)), "", base.unit[:16]


def _article_at(page: Page, place: Span) -> tuple[int | None, str]:
    for number, one in enumerate(page.articles):
        if any(start <= place.start < end for start, end in one["spans"]):
            return number, one["headline"][:300]
    return None, ""
