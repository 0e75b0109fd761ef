"""The zones and enterprises an article names, once each."""

from collections.abc import Collection, Iterator

from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.records import Fact, quote
from openzone.engines.reading.pages.subjects import Resolver


def entities(
    raw: str, passage: Passage, resolver: Resolver, subjects: Collection[str | None]
) -> Iterator[Fact]:
    """Yield a name record for each zone and enterprise, and for the place an article is about."""
    seen: set[str] = set()
    for one in (*passage.mentions, *passage.inside):
        if one.anaphor or one.name in seen:
            continue
        type_ = _type(one, resolver, subjects)
        if type_:
            seen.add(one.name)
            yield _named(raw, passage, one, type_)


def _type(one: Mention, resolver: Resolver, subjects: Collection[str | None]) -> str | None:
    """Return the type of a name worth a record: of places, those the article tells facts of."""
    if one.kind in ("zone", "enterprise"):
        return one.kind
    told = resolver.weight(one.name) > 1 and (one.name == resolver.dominant or one.name in subjects)
    return "zone" if one.kind == "place" and told else None


def _named(raw: str, passage: Passage, one: Mention, type_: str) -> Fact:
    start, end = passage.folded.raw_span(one.start, one.end)
    return Fact(
        type=type_,
        subject=one.name,
        attribute="name",
        attr_text="名称",
        value=one.name,
        unit=None,
        period=None,
        quote=quote(raw, start, end),
        start=start,
        end=end,
        article=passage.headline,
        rule=f"name:{one.kind}",
        confidence=round(0.7 * passage.sure, 2),
        source="entity",
    )
