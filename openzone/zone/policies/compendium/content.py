"""What a compendium says: levels, categories, documents, items with their five fields."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from django.db.models import QuerySet

from openzone.engines.text import Text
from openzone.zone.policies.enums import DeliveryMode, ItemKind, Level
from openzone.zone.policies.models import Document, Interpretation, Item
from openzone.zone.policies.selectors.force import last_day, starts_on
from openzone.zone.policies.selectors.items import published
from openzone.zone.policies.selectors.library import categories, category_text
from openzone.zone.policies.selectors.meaning import current_interpretation

Line = tuple[str, str]


class ItemEntry(NamedTuple):
    """An item: its name, the short facts about it, and its five fields if it was explained."""

    title: str
    facts: tuple[Line, ...]
    fields: tuple[Line, ...]
    mark: str


class DocumentEntry(NamedTuple):
    """A document with its items."""

    title: str
    facts: tuple[Line, ...]
    items: tuple[ItemEntry, ...]


class CategoryPart(NamedTuple):
    """The documents of one category."""

    title: str
    documents: tuple[DocumentEntry, ...]


class LevelPart(NamedTuple):
    """The categories of one level."""

    title: str
    categories: tuple[CategoryPart, ...]


class Book(NamedTuple):
    """A compendium, ready to be set."""

    title: str
    notes: tuple[str, ...]
    levels: tuple[LevelPart, ...]
    contents: str
    synthetic: bool
    items: int


WORDS: Mapping[str, Text] = {
    "book": Text("惠企政策汇编", "Compendium of policies"),
    "contents": Text("目录", "Contents"),
    "as_of": Text("收录{day}有效的政策", "Policies in force on {day}"),
    "number": Text("文号", "Document number"),
    "issuers": Text("发文单位", "Issuers"),
    "valid": Text("有效期", "In force"),
    "until": Text("{first} 至 {last}", "{first} to {last}"),
    "open": Text("长期", "open"),
    "clause": Text("条款", "Clause"),
    "kind": Text("类型", "Kind"),
    "mode": Text("兑现方式", "Delivery"),
    "window": Text("受理时间", "Applications"),
    "always": Text("常年受理", "all year round"),
    "owner": Text("责任单位", "Responsible unit"),
    "content": Text("政策内容", "What the policy gives"),
    "audience": Text("适用对象", "Whom it is for"),
    "period": Text("适用时间", "When it applies"),
    "conditions": Text("申报条件", "Conditions"),
    "materials": Text("申请材料", "Papers to hand in"),
    "no_category": Text("未分类", "Without a category"),
    "unexplained": Text("解读尚未发布", "no interpretation is published yet"),
    "model": Text("由模型起草，经人工审核", "drafted by a language model, reviewed by a person"),
    "synthetic": Text(
        "示例：全部为合成数据，不对应任何真实政策", "示例 Example: synthetic, no real policy"
    ),
    "setting": Text("正在排版", "setting"),
}
LEVELS: Mapping[str, Text] = {
    Level.NATIONAL: Text("国家级", "National"),
    Level.PROVINCE: Text("省级", "Province"),
    Level.CITY: Text("市级", "City"),
    Level.DISTRICT: Text("区县级", "District or county"),
    Level.ZONE: Text("园区级", "Zone"),
}
_KINDS: Mapping[str, Text] = {
    ItemKind.REDUCE: Text("减免", "Reduction"),
    ItemKind.SUBSIDISE: Text("奖补", "Subsidy"),
    ItemKind.ENTITLE: Text("权益", "Right"),
    ItemKind.QUALIFY: Text("资质", "Recognition"),
}
_MODES: Mapping[str, Text] = {
    DeliveryMode.NO_APPLICATION: Text("免申即享", "No application"),
    DeliveryMode.INSTANT: Text("即申即享", "Instant on application"),
    DeliveryMode.FAST: Text("快申快享", "Fast track"),
    DeliveryMode.EXPERT: Text("专项申报", "Expert review"),
}
FIVE = ("content", "audience", "period", "conditions", "materials")


class Author:
    """Writes the content of a compendium in one language."""

    def __init__(self, language: str, on: dt.date) -> None:
        self.language, self.on = language, on

    def say(self, text: Text) -> str:
        """Return a text in the language of the book."""
        return text.for_language(self.language)

    def word(self, name: str, **values: object) -> str:
        """Return one of the book's own words."""
        return self.say(WORDS[name].format(**values))

    def book(self, items: "QuerySet[Item]") -> Book:
        """Return the whole book of these items."""
        chosen = list(items.order_by("document__issued_on", "document_id", "clause", "pk"))
        synthetic = any(item.document.synthetic for item in chosen)
        notes = [self.word("as_of", day=self.on.isoformat())]
        if synthetic:
            notes.append(self.word("synthetic"))
        return Book(
            self.word("book"),
            tuple(notes),
            tuple(self._levels(chosen)),
            self.word("contents"),
            synthetic,
            len(chosen),
        )

    def _levels(self, items: list[Item]) -> Iterator[LevelPart]:
        for level in Level:
            of_level = [item for item in items if item.document.level == level]
            if of_level:
                yield LevelPart(self.say(LEVELS[level]), tuple(self._categories(of_level)))

    def _categories(self, items: list[Item]) -> Iterator[CategoryPart]:
        for category in [*categories(), ""]:
            of_category = [item for item in items if item.document.category == category]
            if of_category:
                named = category_text(category) if category else WORDS["no_category"]
                yield CategoryPart(self.say(named), tuple(self._documents(of_category)))

    def _documents(self, items: list[Item]) -> Iterator[DocumentEntry]:
        by_document: dict[int, list[Item]] = {}
        for item in items:
            by_document.setdefault(item.document_id, []).append(item)
        for same in by_document.values():
            document = same[0].document
            entries = tuple(self._item(item) for item in same)
            yield DocumentEntry(self._title(document), tuple(self._facts(document)), entries)

    def _title(self, of: Document | Item) -> str:
        english = not self.language.startswith("zh")
        return of.title_en if english and of.title_en else of.title

    def _facts(self, document: Document) -> Iterator[Line]:
        if document.number:
            yield self.word("number"), document.number
        names = "、".join(one.name for one in document.issuers.all())
        if names:
            yield self.word("issuers"), names
        yield self.word("valid"), self._span(starts_on(document), last_day(document))

    def _span(self, first: dt.date | None, last: dt.date | None) -> str:
        ends = last.isoformat() if last else self.word("open")
        return self.word("until", first=first.isoformat() if first else "—", last=ends)

    def _item(self, item: Item) -> ItemEntry:
        explained = current_interpretation(item.document, item)
        marked = explained is not None and explained.by_model
        return ItemEntry(
            self._title(item),
            tuple(self._item_facts(item)),
            self._fields(explained),
            self.word("model") if marked else "",
        )

    def _item_facts(self, item: Item) -> Iterator[Line]:
        if item.clause:
            yield self.word("clause"), item.clause
        yield self.word("kind"), self.say(_KINDS[item.kind])
        yield self.word("mode"), self.say(_MODES[item.mode])
        always = item.window_from is None and item.window_to is None
        window = self.word("always") if always else self._span(item.window_from, item.window_to)
        yield self.word("window"), window
        yield self.word("owner"), item.owner.name if item.owner else "—"

    def _fields(self, explained: Interpretation | None) -> tuple[Line, ...]:
        if explained is None:
            return ((self.word("content"), self.word("unexplained")),)
        return tuple((self.word(name), str(getattr(explained, name))) for name in FIVE)


def items_of(on: dt.date, level: str = "", category: str = "") -> "QuerySet[Item]":
    """Return the items of a compendium: published, of documents in force on the day."""
    found = published(on)
    found = found.filter(document__level=level) if level else found
    return found.filter(document__category=category) if category else found
