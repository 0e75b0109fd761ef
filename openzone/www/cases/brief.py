"""The weekly brief: what came, what was done, what is late, where it presses."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from openzone.engines.worktime.localtime import end_of_day, to_aware
from openzone.www.cases import words
from openzone.www.cases.asking import WITH, Moment
from openzone.www.cases.words import topic_words
from openzone.www.excel import in_example_zone
from openzone.www.formats import say
from openzone.www.papers.content import Grid, Paper, Section
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import pack
from openzone.zone.cases.selectors.league import Row, figures, league, opened_between
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import Place

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
DAYS, LATE_SHOWN, TOPICS_SHOWN = 7, 20, 8
WHOLE = ("received", "requesters", "closed", "responded", "on_time", "solved", "explained",
         "satisfied", "redone", "repeated")  # fmt: skip
BY_UNIT = ("responded", "on_time", "solved", "satisfied", "redone")


def weekly(last: dt.date, now: Moment) -> Paper:
    """Return the brief of the seven days that end with ``last``."""
    first = last - dt.timedelta(days=DAYS - 1)
    zone = Place.objects.filter(kind=PlaceKind.ZONE).values_list("name", flat=True).first()
    span = _("%(first)s to %(last)s") % {"first": first, "last": last}
    notes = [f"{zone or ''} {span}".strip()]
    if in_example_zone():
        notes.append(_("示例 Example: synthetic data, no real company"))
    found = opened_between(
        to_aware(dt.datetime.combine(first, dt.time())), to_aware(end_of_day(last))
    )
    sections = (_whole(found, now), _units(found, now), _late(now), _topics(found), _systemic())
    return Paper(_("Weekly brief on cases"), notes, sections)


def _whole(found: "QuerySet[Case]", now: Moment) -> Section:
    metrics = figures(found, now.aware)
    rows = [
        [say(one.label), one.shown, _of(one.numerator, one.denominator), say(one.meaning)]
        for name in WHOLE
        for one in [metrics[name]]
    ]
    open_now = Case.objects.filter(closed=False).count()
    lines = [_("Open at present, of all times: %(n)d.") % {"n": open_now}]
    headings = [_("Figure"), _("Value"), _("Cases"), _("Meaning of the figure")]
    return Section(_("Cases opened this week"), lines, Grid(headings, rows))


def _of(part: int, whole: int | None) -> str:
    return str(part) if whole is None else f"{part}/{whole}"


def _units(found: "QuerySet[Case]", now: Moment) -> Section:
    table = league(found, now.aware)
    if not table:
        return Section(_("By unit"), [_("No cases this week.")])
    headings = [_("Unit"), _("Cases received"), *(say(table[0].figures[n].label) for n in BY_UNIT)]
    rows = [[row.unit.name, str(row.figures["received"].numerator), *_shares(row)] for row in table]
    return Section(_("By unit"), [], Grid(headings, rows))


def _shares(row: Row) -> Iterator[str]:
    for name in BY_UNIT:
        one = row.figures[name]
        yield f"{one.shown}（{_of(one.numerator, one.denominator)}）"


def _late(now: Moment) -> Section:
    late = Case.objects.filter(closed=False, due_at__lt=now.aware)
    count = late.count()
    rows = words.rows(late.select_related(*WITH).order_by("due_at")[:LATE_SHOWN], now.aware)
    lines = [_("%(n)d cases are overdue.") % {"n": count}]
    if not rows:
        return Section(_("Overdue"), lines)
    headings = [_("Title"), _("Number"), _("Held by"), _("Due")]
    cells = [
        [row.case.title, row.case.number, row.holder, row.due.words if row.due else ""]
        for row in rows
    ]
    return Section(_("Overdue"), lines, Grid(headings, cells))


def _topics(found: "QuerySet[Case]") -> Section:
    counted = found.order_by().values_list("topic").annotate(n=Count("pk")).order_by("-n", "topic")
    labels = topic_words()
    rows = [[labels.get(topic, topic) or "—", str(n)] for topic, n in counted[:TOPICS_SHOWN]]
    grid = Grid([_("Topic of the request"), _("Cases")], rows) if rows else None
    return Section(_("What it was about"), [] if rows else [_("No cases this week.")], grid)


def _systemic() -> Section:
    issues = Case.objects.filter(kind=pack().systemic, closed=False).order_by("-pk")[:TOPICS_SHOWN]
    lines = [f"{one.number} {one.title}" for one in issues]
    return Section(_("Systemic issues"), lines or [_("None is open.")])
