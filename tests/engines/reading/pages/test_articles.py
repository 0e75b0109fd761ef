"""Which lines belong to one article, in the layouts pages come in."""

from openzone.engines.reading.pages.articles import articles
from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Lexicon
from tests.engines.reading.pages.samples import COLUMNS, MARKDOWN, TRAILING


def test_headings_part_articles_and_sections_do_not(lexicon: Lexicon) -> None:
    found = articles(plain(MARKDOWN), lexicon)
    assert [one.headline for one in found] == [
        "示例甲高新区：项目建设跑出“加速度”",
        "示例丙经开区多措并举优化营商环境",
    ]


def test_columns_part_at_bylines_and_datelines(lexicon: Lexicon) -> None:
    page = plain(COLUMNS)
    found = articles(page, lexicon)
    assert [one.headline for one in found] == ["示例甲高新区：推出服务“新清单”", ""]
    (start, _), *_ = found[1].spans
    assert page[start:].startswith("本报讯 示例戊县")


def test_headlines_at_the_end_go_to_the_articles_they_fit(lexicon: Lexicon) -> None:
    first, second = articles(plain(TRAILING), lexicon)
    assert first.headline == "示例甲市营商环境再优化"
    assert second.headline == "示例乙县技能培训惠民生"
    assert len(first.spans) == 2  # the text, and the headline at the end of the page


def test_a_page_without_lines_has_no_articles(lexicon: Lexicon) -> None:
    assert articles("\n \n", lexicon) == []
