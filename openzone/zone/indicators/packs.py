"""The dictionary of this zone and when a figure is asked about, read once per process."""

from collections.abc import Mapping
from functools import cache

from openzone.engines.series.due import last_day
from openzone.engines.series.model import Definition
from openzone.engines.series.periods import Period
from openzone.engines.tables.numbers import clean
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.series import (
    ChecksPack,
    DictionaryPack,
    IndicatorPack,
    VersionPack,
    load_checks,
    load_indicators,
)
from openzone.zone.errors import Refused

UNKNOWN = Text("指标字典里没有“{name}”", "there is no “{name}” in the dictionary of indicators")


@cache
def dictionary() -> DictionaryPack:
    """Return what the figures of this zone are."""
    return load_indicators(zone_folder())


@cache
def checks() -> ChecksPack:
    """Return when a figure is asked about, and what needs an explanation."""
    return load_checks(zone_folder())


@cache
def indicators() -> Mapping[str, IndicatorPack]:
    """Return every indicator by its id."""
    return {one.id: one for one in dictionary().indicators}


@cache
def definitions() -> Mapping[str, Definition]:
    """Return what the engine reads."""
    return dictionary().definitions


@cache
def _names() -> Mapping[str, str]:
    return {
        clean(word): one.id
        for one in dictionary().indicators
        for word in (one.id, one.label.text.zh, one.label.text.en, *one.aliases)
    }


def find_indicator(name: str) -> IndicatorPack | None:
    """Return the indicator of an id, a name or an alias."""
    return indicators().get(_names().get(clean(name), ""))


def ensure_indicator(name: str, field: str = "series") -> IndicatorPack:
    """Return the indicator of an id, a name or an alias, or refuse."""
    found = find_indicator(name)
    if found is None:
        raise Refused(UNKNOWN.format(name=name[:64]), field=field)
    return found


def label_of(name: str) -> Text:
    """Return what an indicator is called; its id where the dictionary lost it."""
    found = indicators().get(name)
    return found.label.text if found is not None else Text(name, name)


def version_for(indicator: IndicatorPack, period: Period) -> VersionPack:
    """Return the definition in force at the end of a period."""
    return indicator.version_on(last_day(period))
