"""Filters and tags of the templates; the writing itself is in ``formats``."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.forms import BoundField
from django.http import HttpRequest
from django.template import Library
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from openzone.engines.facts.catalogue import Bilingual, Fact, SeriesSpec
from openzone.engines.rules.proof import PartProof
from openzone.engines.series.periods import Period, period_said, read_period
from openzone.engines.text import Text
from openzone.www import answers, formats, proofs, words
from openzone.zone.registry.models import Fact as FactRow
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.values import typed
from openzone.zone.rulebook.selectors.entitlements import Entitlement

register = Library()
ICONS = Path(__file__).parents[1] / "static/vendor/tabler-icons"

register.filter("day", formats.day)
register.filter("long_day", formats.long_day)
register.filter("money", formats.money)
register.filter("money_short", formats.money_short)
register.filter("number", formats.number)
register.filter("ratio", formats.ratio)


@register.filter
def say(text: Text | str) -> str:
    """Write a bilingual sentence in the reader's language; plain strings stay as they are."""
    return formats.say(text) if isinstance(text, Text) else str(text)


@register.filter
def period(given: Period | str) -> str:
    """Write a period of figures as offices name it: 2026年前三季度."""
    found = read_period(given) if isinstance(given, str) else given
    return str(given) if isinstance(found, Text) else formats.say(period_said(found))


@register.filter
def fact(value: object, spec: SeriesSpec) -> str:
    """Write a stored value of a series."""
    return formats.fact(value, spec)


@register.filter
def get(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return one entry of a mapping; a missing one is an error of the view."""
    return mapping[key]


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw an icon that says nothing by itself: the words stand beside it."""
    return _icon(name)


@cache
def _icon(name: str) -> SafeString:
    svg = (ICONS / f"{name}.svg").read_text()
    body = re.sub(r'class="[^"]*"', 'class="icon" aria-hidden="true" focusable="false"', svg)
    return mark_safe(" ".join(body.split()))  # noqa: S308 - a vendored file, checked by its sum


@register.simple_tag(takes_context=True)
def query(context: Mapping[str, Any], **changes: object) -> str:
    """Return the page's query string with some parameters changed; ``None`` drops one."""
    request: HttpRequest = context["request"]
    parameters = request.GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value is not None:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.filter
def control(field: BoundField) -> SafeString:
    """Draw a form field's input in the look of the console."""
    kind = getattr(field.field.widget, "input_type", "")
    classes = {"select": "form-select", "checkbox": "form-check-input"}
    return field.as_widget(attrs={"class": classes.get(kind, "form-control")})


register.filter("outcome_icon", answers.shape)
register.filter("outcome_word", answers.word)
register.filter("answer_word", answers.said)


@register.filter
def failed(answer: Entitlement) -> list[str]:
    """Return the conditions of an answer that do not hold, in words."""
    return answers.failed(answer.record, answer.version)


@register.filter
def missing(answer: Entitlement) -> list[Fact]:
    """Return the facts that would settle an answer."""
    return answers.missing(answer.record)


@register.filter
def papers(answer: Entitlement) -> list[answers.Paper]:
    """Return the documents that would settle an answer."""
    return answers.papers(answers.missing(answer.record))


@register.filter
def distances(answer: Entitlement) -> list[answers.Distance]:
    """Return how far a near miss is away."""
    return list(answers.distances(answer.record, answer.rule, answer.version))


@register.filter
def level(answer: Entitlement) -> str:
    """Return the class that a classifying rule gives."""
    return answers.level(answer.record, answer.version)


@register.filter
def kind_word(kind: str) -> str:
    """Write what a rule does."""
    return words.rule_kind(kind)


@register.filter
def verified_word(mark: str) -> str:
    """Write how well a text was verified."""
    return words.verified(mark)


@register.filter
def elided(paginator: Paginator[Any], number: int) -> Iterable[int | str]:
    """Return the page numbers worth showing around one, with gaps."""
    return paginator.get_elided_page_range(number, on_each_side=2, on_ends=1)


@register.simple_tag(takes_context=True)
def sort_state(context: Mapping[str, Any], name: str) -> Mapping[str, str]:
    """Return how a list is ordered by a column, and what a click on its heading asks for."""
    now = context["request"].GET.get("sort", "")
    if now == name:
        return {"direction": "ascending", "next": f"-{name}", "icon": "sort-ascending"}
    if now == f"-{name}":
        return {"direction": "descending", "next": name, "icon": "sort-descending"}
    return {"direction": "", "next": name, "icon": "arrows-sort"}


@register.simple_tag
def row_period(row: FactRow, fact: Fact) -> str:
    """Write the time that a stored statement speaks of."""
    return formats.period(fact.series.period, row.period_first, row.period_last)


@register.simple_tag
def row_value(row: FactRow, fact: Fact) -> str:
    """Write the value of a stored statement that was not withdrawn."""
    value = typed(fact.type, row.value or "")
    return formats.fact(value, fact.series)


@register.filter
def check_value(value: Decimal | bool | None) -> str:
    """Write what a cross-check gives: a number, or whether a statement holds."""
    if isinstance(value, bool):
        return gettext("holds") if value else gettext("does not hold")
    return formats.number(value)


@register.filter
def month_name(first: dt.date) -> str:
    """Write the month of a date."""
    return date_format(first, "n月" if formats.speaks_chinese() else "F")


@register.filter
def weekday_short(number: str) -> str:
    """Write a weekday in one or two letters; 1 is Monday."""
    chinese, english = "一二三四五六日", ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    return (chinese if formats.speaks_chinese() else english)[int(number) - 1]


@register.filter
def moment(at: dt.datetime) -> str:
    """Write a moment in the zone's time, to the second."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M:%S")


@register.filter
def action_word(action: str) -> str:
    """Write what an event of the log was."""
    return words.action(action)


@register.filter
def pairs(mapping: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return the entries of a mapping that may hold any name, ``items`` too."""
    return list(mapping.items())


@register.filter
def payload(value: object) -> str:
    """Write a detail of an event; nested ones as they are stored."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@register.simple_tag
def subject_link(subject: str) -> str:
    """Return the page of an event's subject, empty where it has none."""
    kind, _colon, number = subject.partition(":")
    pages = {
        "enterprise": "enterprise",
        "import": "import",
        "project": "project",
        "lead": "lead",
        "investor": "investor",
    }
    return reverse(pages[kind], args=[number]) if kind in pages and number.isdecimal() else ""


@register.filter(name="words")
def split_words(text: str) -> list[str]:
    """Return the words of a literal, to loop over."""
    return text.split()


@register.filter
def attribute(thing: object, name: str) -> Any:
    """Return an attribute named by a variable."""
    return getattr(thing, name)


@register.filter
def bilingual(text: Bilingual) -> str:
    """Write a text of a pack in the reader's language."""
    return formats.say(text.text)


register.filter("form_words", proofs.form_words)
register.filter("top_clauses", proofs.top_clauses)
register.filter("conceals", proofs.conceals)
register.filter("is_group", proofs.is_group)
register.filter("other_scores", proofs.other_scores)
register.filter("use_value", proofs.use_value)
register.filter("use_origin", proofs.use_origin)
register.filter("verdict", proofs.verdict)
register.filter("shortfall", proofs.shortfall)


@register.filter
def state(of: bool | None) -> str:
    """Return the outcome that a three-valued state is."""
    return proofs.STATES[of]


@register.filter
def points(part: PartProof) -> str:
    """Write the points of a score or part: a span while facts are missing."""
    lowest, highest = formats.number(part.lowest), formats.number(part.highest)
    if part.lowest == part.highest:
        return gettext("%(n)s points") % {"n": lowest}
    return gettext("%(lowest)s–%(highest)s points") % {"lowest": lowest, "highest": highest}


@register.filter
def fact_label(name: str) -> str:
    """Write the label of a fact by its name."""
    names = catalogue()
    return formats.say(names[name].label) if name in names else name


@register.filter
def skipped_words(skipped: Mapping[str, Any]) -> str:
    """Write how many rows of an upload were left out, and why."""
    reason = formats.say(Text(*skipped["reason"]))
    return gettext("Left out: %(n)d (%(reason)s)") % {"n": skipped["count"], "reason": reason}


@register.filter
def cell(row: Mapping[str, Any], name: str) -> str:
    """Write a cell of a checked row."""
    value = row.get(name)
    return formats.DASH if value in (None, "") else str(value)
