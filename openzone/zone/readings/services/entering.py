"""Accepted facts handed to the record, each with its page and quote, none of them twice."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from django.db import transaction

from openzone.engines.text import Text
from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.indicators.enums import BatchKind
from openzone.zone.indicators.models import Batch, Entity
from openzone.zone.indicators.services.figures import Row, enter_batch, submit_batch
from openzone.zone.people.models import User
from openzone.zone.readings.enums import FactState, Target
from openzone.zone.readings.linking import called, indicator_for
from openzone.zone.readings.models import Entry, JudgedFact, Page
from openzone.zone.readings.models.facts import plain
from openzone.zone.readings.packs import GROWTH, pack
from openzone.zone.readings.writing import count, locked, note
from openzone.zone.registry.enums import SourceKind
from openzone.zone.registry.models import Enterprise, Source
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.services.facts import state_facts

NOTHING: Final = Text("请勾选要录入的事实", "tick the facts that go into the record")
NOT_ACCEPTED: Final = Text("“{fact}”尚未采纳", "“{fact}” was not accepted")
NO_INDICATOR: Final = Text("指标库中没有对应“{name}”的指标", "no indicator stands for “{name}”")
NO_NUMBER: Final = Text("不是数值", "it is no number")
NO_PERIOD: Final = Text("没有期间，请先填写期间（P）", "it has no period: say it first (P)")
OPEN_PERIOD: Final = Text(
    "期间没有截止，请先更正期间（P）", "its period has no end: correct it (P)"
)
FORECAST: Final = Text("是计划或预计，不是实际数", "it is a plan or forecast, no result")
NO_FACT: Final = Text("企业档案中没有对应的项目", "the file of an enterprise has no such fact")
NO_YEAR: Final = Text(
    "企业档案按年记录，期间须是一个整年", "files of enterprises go by years: the period is one year"
)
NO_FIRM: Final = Text("请先关联企业（S）", "link it to an enterprise first (S)")
NO_RECORD: Final = Text("请先关联项目或政策文件（S）", "link it to a project or policy first (S)")
IN_FACT: Final = Text("“{fact}”：{reason}", "“{fact}”: {reason}")
_YEAR: Final = re.compile(r"(\d{4})(?:-01/\1-12)?")
_END: Final = re.compile(r"(?:.*[/]|\.\./)?(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_AFTER: Final = ("余", "多", "以上", "左右")


class Sent(NamedTuple):
    """A batch of figures; ``left`` says why it still waits to be submitted."""

    batch: Batch
    left: Text | None


def no_figure(judged: JudgedFact) -> Text | None:
    """Return why a fact cannot be a figure of the dictionary, ``None`` where it can."""
    if judged.number is None:
        return NO_NUMBER
    if indicator_for(judged) is None:
        name = called(judged)
        return Text(NO_INDICATOR.zh.format(name=name.zh), NO_INDICATOR.en.format(name=name.en))
    if judged.fact.qualifiers.get("forecast"):
        return FORECAST
    if not judged.period:
        return NO_PERIOD
    return OPEN_PERIOD if judged.period.endswith("..") else None


def no_file(judged: JudgedFact) -> Text | None:
    """Return why a fact cannot go into the file of its enterprise, ``None`` where it can."""
    if judged.attribute not in pack().facts:
        return NO_FACT
    if judged.number is None:
        return NO_NUMBER
    if judged.fact.qualifiers.get("forecast"):
        return FORECAST
    if judged.enterprise_id is None:
        return NO_FIRM
    if not judged.period:
        return NO_PERIOD
    if _name(judged).endswith("_y1") and not _YEAR.fullmatch(judged.period):
        return NO_YEAR
    return None


@transaction.atomic
def enter_figures(
    *, actor: Actor, user: User, page: Page, chosen: Mapping[int, Entity], now: dt.datetime
) -> Sent:
    """Make a batch of figures of accepted facts and submit it; another person approves.

    ``chosen`` maps facts to whose figures they are. Where the checks ask for an explanation, the
    batch stays a draft.
    """
    facts = _accepted(page, chosen, no_figure)
    rows = [Row(chosen[one.pk], _given(one, page)) for one in facts]
    source = _source(page)
    source.save()
    batch = enter_batch(
        actor=actor, kind=BatchKind.PAGE, title=str(page)[:200], rows=rows, now=now, user=user,
        document=_title(page)[:300], source=source, synthetic=page.synthetic,
    )  # fmt: skip
    _entered(facts, Target.FIGURE, user, now, batch=batch)
    note("facts.entered", actor, f"page:{page.pk}",
         {"facts": [one.pk for one in facts], "to": f"figure_batch:{batch.pk}"})  # fmt: skip
    try:
        with transaction.atomic():
            return Sent(submit_batch(actor=actor, batch=batch, now=now, user=user), None)
    except Refused as refusal:
        return Sent(batch, refusal.reason)


@transaction.atomic
def enter_enterprise(
    *, actor: Actor, user: User, page: Page, facts: Sequence[int], now: dt.datetime, today: dt.date
) -> int:
    """State accepted facts in the files of their enterprises, each with its source and quote."""
    found = _accepted(page, facts, no_file)
    for one in found:
        firm = Enterprise.objects.get(pk=one.enterprise_id)
        source = _source(page, one)
        source.save()
        value = {_name(one): str(plain(one.number))} if one.number is not None else {}
        state_facts(
            actor=actor, subject=firm, facts=value, as_of=_as_of(one), source=source,
            known_on=page.published or today,
        )  # fmt: skip
        _entered([one], Target.ENTERPRISE, user, now, source=source)
    note("facts.entered", actor, f"page:{page.pk}",
         {"facts": [one.pk for one in found], "to": "registry"})  # fmt: skip
    return len(found)


@transaction.atomic
def keep_beside(
    *, actor: Actor, user: User, page: Page, facts: Sequence[int], now: dt.datetime
) -> int:
    """Keep accepted facts with the projects and policy documents they were linked to."""
    found = _accepted(page, facts, no_record)
    for one in found:
        target = Target.PROJECT if one.project_id else Target.POLICY
        _entered([one], target, user, now)
    note("facts.entered", actor, f"page:{page.pk}",
         {"facts": [one.pk for one in found], "to": "beside"})  # fmt: skip
    return len(found)


def no_record(judged: JudgedFact) -> Text | None:
    """Return why a fact cannot be kept with a record, ``None`` where it can."""
    return None if judged.project_id or judged.document_id else NO_RECORD


def _accepted(
    page: Page, facts: Iterable[int], fault: Callable[[JudgedFact], Text | None]
) -> list[JudgedFact]:
    """Lock accepted facts of a page, or say of which of them nothing can be made."""
    found = [locked(one, None) for one in JudgedFact.objects.filter(page=page, pk__in=list(facts))]
    if not found:
        raise Refused(NOTHING, field="facts")
    for one in found:
        if one.state != FactState.ACCEPTED:
            raise Refused(NOT_ACCEPTED.format(fact=str(one)))
        if (why := fault(one)) is not None:
            named = str(one)
            raise Refused(Text(IN_FACT.zh.format(fact=named, reason=why.zh),
                               IN_FACT.en.format(fact=named, reason=why.en)))  # fmt: skip
    return found


def _given(one: JudgedFact, page: Page) -> dict[str, str]:
    """Return a fact in the columns of a batch."""
    growth = one.attribute.endswith(GROWTH)
    yoy = one.fact.qualifiers.get("yoy_pct")
    number = str(plain(one.number)) if one.number is not None else ""
    rank = one.fact.qualifiers.get("rank")
    given = {
        "series": str(indicator_for(one)),
        "period": one.period,
        "value": "" if growth else _approximate(number, str(one.fact.qualifiers.get("approx", ""))),
        "unit": "" if growth else one.unit,
        "growth": f"{number}%" if growth else (f"{yoy}%" if yoy is not None else ""),
        "rank": str(rank) if isinstance(rank, int) else "",
        "published": page.published.isoformat() if page.published else "",
        "source": _title(page)[:300],
        "page": page.number,
        "quote": one.fact.quote[:500],
        "address": page.address,
    }
    return {name: value for name, value in given.items() if value}


def _approximate(number: str, word: str) -> str:
    if word in _AFTER:
        return f"{number}{word}"
    return f"{word}{number}" if word in ("近", "超", "约", "突破", "超过") else number


def _title(page: Page) -> str:
    return str(page)


def _source(page: Page, one: JudgedFact | None = None) -> Source:
    quote = f"{one.fact.quote}（{one.fact.start}–{one.fact.end}）" if one else ""
    return Source(
        kind=SourceKind.SYNTHETIC if page.synthetic else SourceKind.DOCUMENT,
        title=_title(page)[:200], issuer=page.paper[:200], dated=page.published,
        file_name=page.name, sha256=page.sha256,
        note="\n".join(part for part in (page.address, quote) if part),
    )  # fmt: skip


def _name(one: JudgedFact) -> str:
    """Return the name of the catalogue a fact goes by: of a year, as the year before."""
    series = pack().facts[one.attribute]
    return series if series in catalogue() else f"{series}_y1"


def _as_of(one: JudgedFact) -> dt.date:
    """Return the day a fact is stated as of: its last, or the first of the year after a year."""
    found = _END.fullmatch(one.period)
    if found is None:
        raise Refused(NO_PERIOD, field="period")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if _name(one).endswith("_y1"):
        year, month, day = year + 1, 1, 1
    try:
        month = month or 12
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:  # the page says 2月30日
        raise Refused(NO_PERIOD, field="period") from None


def _entered(
    facts: Iterable[JudgedFact], target: Target, user: User, now: dt.datetime, *,
    batch: Batch | None = None, source: Source | None = None,
) -> None:  # fmt: skip
    for one in facts:
        Entry.objects.create(
            fact_id=one.pk, target=target, subject=_subject(one, target, batch), batch=batch,
            source=source, by=user, at=now,
        )  # fmt: skip
        one.entered = True
        one.save(update_fields=["entered"])
        count(one.page)


def _subject(one: JudgedFact, target: Target, batch: Batch | None) -> str:
    if batch is not None:
        return f"figure_batch:{batch.pk}"
    numbers = {
        Target.ENTERPRISE: one.enterprise_id, Target.PROJECT: one.project_id,
        Target.POLICY: one.document_id,
    }  # fmt: skip
    return f"{target}:{numbers[target]}"
