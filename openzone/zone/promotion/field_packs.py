"""Channels, platforms and templates of field work in this zone, read once per process."""

from collections.abc import Mapping
from functools import cache

from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.promotion_field import Channel, FieldPack, load_field
from openzone.packs.term_sheets import TermTemplate, load_term_sheets
from openzone.zone.errors import Refused

NO_CHANNEL = Text("没有“{name}”这一渠道", "there is no channel “{name}”")
NO_PLATFORM = Text("没有“{name}”这一平台", "there is no platform “{name}”")
NO_TEMPLATE = Text("没有模板“{name}”", "there is no template “{name}”")


@cache
def field() -> FieldPack:
    """Return how promotion goes out."""
    return load_field(zone_folder())


@cache
def templates() -> Mapping[str, TermTemplate]:
    """Return the templates of term sheets, by id."""
    return load_term_sheets(zone_folder())


def channel_label(name: str) -> Text:
    """Return what a channel is called; its id where the pack lost it."""
    found = field().channel(name)
    return found.label.text if found else Text(name, name)


def platform_label(name: str) -> Text:
    """Return what a platform is called; its id where the pack lost it."""
    found = field().platform(name)
    return found.label.text if found else Text(name, name)


def channel_by(name: str, by: str) -> Channel:
    """Return a channel of a kind, or refuse."""
    found = field().channel(name)
    if found is None or found.by != by:
        raise Refused(NO_CHANNEL.format(name=name), field="channel")
    return found


def ensure_platform(name: str) -> str:
    """Return the id of a platform, or refuse."""
    if field().platform(name) is None:
        raise Refused(NO_PLATFORM.format(name=name), field="platform")
    return name


def template(name: str) -> TermTemplate:
    """Return a template, or refuse."""
    found = templates().get(name)
    if found is None:
        raise Refused(NO_TEMPLATE.format(name=name), field="template")
    return found
