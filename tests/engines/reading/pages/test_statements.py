"""What is said without a figure: about whom, and what is left alone. All names are 示例."""

import pytest

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from openzone.packs.reading import reading


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return reading()


def said(text: str, lexicon: Lexicon, attribute: str) -> set[tuple[object, str | None]]:
    """Return the values of an attribute and their subjects."""
    facts = read_page(text, lexicon).facts
    return {
        (one.value, one.subject)
        for one in facts
        if one.source == "fact" and one.attribute == attribute
    }


ROW = "示例光电产业化基地、示例软件研发中心、示例通信产业园等一批项目将于2020年全面建设。"


def test_projects_in_a_row_are_facts_by_their_names(lexicon: Lexicon) -> None:
    names = ["示例光电产业化基地", "示例软件研发中心", "示例通信产业园"]
    assert said(ROW, lexicon, "name") == {(name, name) for name in names}


def test_what_becomes_of_a_row_is_told_of_its_first(lexicon: Lexicon) -> None:
    assert said(ROW, lexicon, "stage") == {("全面建设", "示例光电产业化基地")}


def test_a_row_of_several_counted_is_none(lexicon: Lexicon) -> None:
    text = "建成3个产业基地、5个研发中心等项目。"
    assert said(text, lexicon, "name") == set()


@pytest.mark.parametrize(
    ("text", "stage", "subject"),
    [
        ("示例种苗脱毒中心今年3月投用，农户很高兴。", "投用", "示例种苗脱毒中心"),
        ("去年12月投运的示例蒸汽利用项目运行平稳。", "投运", "示例蒸汽利用项目"),
        ("示例光伏玻璃项目总投资20亿元，计划年内动工。", "动工", "示例光伏玻璃项目"),
        ("园区当年建成了示例会展中心。", "建成", "示例会展中心"),
        (
            "示例快速路甲河至乙山段建成通车，出行更加方便。",
            "建成通车",
            "示例快速路甲河至乙山段",
        ),
    ],
)
def test_a_stage_is_told_of_works(text: str, stage: str, subject: str, lexicon: Lexicon) -> None:
    assert (stage, subject) in said(text, lexicon, "stage")


@pytest.mark.parametrize(
    "text",
    [
        "示例光伏玻璃项目建成后，可新增产能。",
        "示例光伏玻璃项目投产率提高。",
        "示例高新区参加项目开工仪式。",
        "确保项目如期完工。",
    ],
)
def test_no_stage_is_told(text: str, lexicon: Lexicon) -> None:
    assert said(text, lexicon, "stage") == set()


@pytest.mark.parametrize(
    "text",
    [
        "让示例高新区成为全国领先的示范区。",
        "示例高新区将成为国家级示范园区。",
        "示例高新区17家企业先后获批省级“专精特新”企业。",
    ],
)
def test_no_title_is_won_yet_or_by_one(text: str, lexicon: Lexicon) -> None:
    assert said(text, lexicon, "designation") == set()


def test_two_titles_joined_are_two(lexicon: Lexicon) -> None:
    text = "示例软件有限公司被认定为国家软件示范企业和国家高新技术企业。"
    values = {value for value, _ in said(text, lexicon, "designation")}
    assert values == {"国家软件示范企业", "国家高新技术企业"}


def test_enterprises_share_a_title(lexicon: Lexicon) -> None:
    text = "园区以示例锂业有限公司和示例新材料有限公司两家链主企业为引领。"
    firms = {"示例锂业有限公司", "示例新材料有限公司"}
    assert said(text, lexicon, "designation") == {("链主企业", firm) for firm in firms}


def test_loans_in_a_row_are_products(lexicon: Lexicon) -> None:
    text = "示例高新区为企业提供示长贷、示保贷、示链贷等产品。"
    values = {value for value, _ in said(text, lexicon, "product")}
    assert values == {"示长贷", "示保贷", "示链贷"}


def test_a_meeting_has_its_day_and_place(lexicon: Lexicon) -> None:
    text = "2024年6月3日，成都高新区在北京举办生物医药产业招商推介会。"
    meeting = "生物医药产业招商推介会"
    assert {value for value, _ in said(text, lexicon, "event_held")} == {meeting}
    assert said(text, lexicon, "date") == {("2024-06-03", meeting)}
    assert said(text, lexicon, "location") == {("北京", meeting)}


def test_what_is_held_again_and_again_is_no_event(lexicon: Lexicon) -> None:
    assert said("示例高新区定期召开企业家座谈会。", lexicon, "event_held") == set()


def test_names_in_quotes_need_their_kind(lexicon: Lexicon) -> None:
    text = "示例高新区推出“示例管家”制度，坚持“一站式”服务，要做“店小二”。"
    assert {value for value, _ in said(text, lexicon, "name")} == {"示例管家"}


def test_an_issuer_stands_before_its_document(lexicon: Lexicon) -> None:
    text = "这是落实示例监督管理总局《关于推动绿色发展的指导意见》的举措。"
    title = "关于推动绿色发展的指导意见"
    assert said(text, lexicon, "issuer") == {("示例监督管理总局", title)}


def test_an_abbreviation_is_no_product(lexicon: Lexicon) -> None:
    text = "示例财产保险股份有限公司（以下简称“示例保险”）成立。"
    assert said(text, lexicon, "product") == set()
