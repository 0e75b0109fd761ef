"""What stands in the footnote of a figure: definition, prices, status, basis, source, vintage."""

from collections.abc import Iterator

from openzone.engines.series.model import Derived, Observation, Status
from openzone.engines.text import Text
from openzone.packs.series import IndicatorPack
from openzone.zone.indicators.packs import version_for
from openzone.zone.indicators.selectors.boards_book import Book

STATUS = {
    Status.EXPECTED: Text("预计数", "expected figure"),
    Status.FLASH: Text("快报数", "flash figure"),
    Status.PRELIMINARY: Text("初步核算数", "preliminary figure"),
    Status.FINAL: Text("最终核实数", "final figure"),
    Status.RESTATED: Text("调整数", "restated figure"),
}
EXPECTED = Text("预计", "(expected)")
BASIS = Text("口径：{basis}", "basis: {basis}")
DEFINED = Text("{definition}（定义版本 {version}）", "{definition} (definition {version})")
REAL = Text("增速为可比价实际增速", "growth is real, at comparable prices")
NOMINAL = Text("增速为现价名义增速", "growth is nominal, at current prices")
NOT_COMPARABLE = Text(
    "两年公布的绝对额口径不同、不可比，增速以同口径公布数为准",
    "levels published in two years are not comparable; growth is as published on one scope",
)
SOURCE = Text("来源：{source}", "source: {source}")
PUBLISHED = Text("{day} 公布", "published {day}")
RECORDED = Text("{day} 起已知", "known from {day}")
VINTAGE = Text(
    "同期共 {count} 个版本，此为第 {number} 个", "version {number} of {count} of this period"
)
IMPLIED = Text(
    "当月数由两期累计相减，未经公布", "the month is the difference of two cumulative figures"
)
AMONG = Text("排名范围：{among}", "ranked among: {among}")
APPROX = Text("原文为“{word}”", "qualified by “{word}” in the source")


def notes_of(
    book: Book, pack: IndicatorPack, one: Observation, *, growth: bool = False
) -> Iterator[Text]:
    """Yield the footnote of a figure that was published."""
    version = version_for(pack, one.period)
    said = version.definition.text
    yield Text(
        DEFINED.zh.format(definition=said.zh, version=version.id),
        DEFINED.en.format(definition=said.en, version=version.id),
    )
    if one.basis:
        yield BASIS.format(basis=one.basis)
    if growth:
        yield prices(pack)
    if not pack.comparable and pack.as_definition.kind == "flow":
        yield NOT_COMPARABLE
    if one.status is not None:
        yield STATUS[one.status]
    if one.among:
        yield AMONG.format(among=one.among)
    if one.approx:
        yield APPROX.format(word=one.approx)
    yield from _source(book, one)


def notes_of_derived(found: Derived) -> Iterator[Text]:
    """Yield the formula of what nobody published."""
    yield found.formula


def prices(pack: IndicatorPack) -> Text:
    """Say whether growth is real or nominal."""
    return NOMINAL if pack.nominal else REAL


def _source(book: Book, one: Observation) -> Iterator[Text]:
    if one.source:
        yield SOURCE.format(source=one.source)
    figure = book.figure(one)
    if figure is not None and one.published is not None:
        yield (PUBLISHED if figure.published else RECORDED).format(day=one.published)
    kept = book.vintages(one)
    if len(kept) > 1:
        number = next((at for at, each in enumerate(kept, 1) if each.row == one.row), len(kept))
        yield VINTAGE.format(count=len(kept), number=number)
