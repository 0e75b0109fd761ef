"""Filters and tags of the templates; the writing itself is in ``formats``."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.forms import BoundField
from django.http import HttpRequest
from django.template import Library
from django.utils.safestring import SafeString, mark_safe

from openzone.engines.facts.catalogue import SeriesSpec
from openzone.engines.text import Text
from openzone.www import formats

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
