"""Names: where they begin, what makes them one, and their fullest form."""

import pytest

from openzone.engines.reading.pages.aliases import fullest
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.mentions import mentions


def names(text: str, lexicon: Lexicon, kind: str) -> list[str]:
    found = mentions(text + "\n", [], lexicon).mentions
    return [one.name for one in found if one.kind == kind and not one.anaphor]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("近日，苏州工业园区推出新政", ["苏州工业园区"]),
        ("推动合肥高新区与长沙经开区合作", ["合肥高新区", "长沙经开区"]),
        ("走进成都市天府新区半导体材料产业功能区", ["成都市天府新区半导体材料产业功能区"]),
        ("打造先进制造业集聚区和千亿级产业园区", []),
        ("建设“示例谷”", ["示例谷"]),
    ],
)
def test_zones(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert names(text, lexicon, "zone") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("目前已有示例量子技术股份有限公司落户", ["示例量子技术股份有限公司"]),
        ("示例云科技（深圳）有限公司签约", ["示例云科技（深圳）有限公司"]),
        ("成都银行发放贷款", ["成都银行"]),
        ("吸引华为、中兴、示例牌等23家企业落户", ["华为", "中兴", "示例牌"]),
        ("结构件全球第一的示例力、等", ["示例力"]),
        ("发展人工智能、绿色能源和生物医药产业", []),
        ("支持示例投资发展集团融资", ["示例投资发展集团"]),
        ("建设工业集团投产", ["建设工业集团"]),
        ("近日，鼎和示例保险股份有限公司投资", ["鼎和示例保险股份有限公司"]),
        ("示例有限公司和雁来股份有限公司签约", ["示例有限公司", "雁来股份有限公司"]),
        ("山海集团（苏州）有限公司投产", ["山海集团（苏州）有限公司"]),
        ("示例股份有限公司苏州分公司", ["示例股份有限公司"]),
        ("由水电四局承建，中国建设银行贷款", ["水电四局", "中国建设银行"]),
        ("苏州雁来置业投资3亿元", ["苏州雁来置业"]),
    ],
)
def test_enterprises(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert names(text, lexicon, "enterprise") == expected


@pytest.mark.parametrize(
    "text",
    [
        "乘着政策东风，掀起创业浪潮",
        "环境优美的园区走访企业360家",
        "集中建设厂房，其中交通设施5处",
        "三星级酒店，三星湖水库，中兴路改造",
        "种植小米500亩，让人联想到从前",
        "规模以上汽车制造业，活动中交流10次，航空客运量，沿海信息化",
    ],
)
def test_ordinary_words_are_no_brands(lexicon: Lexicon, text: str) -> None:
    assert names(text, lexicon, "enterprise") == []


def test_an_enterprise_in_the_name_of_a_project_is_named(lexicon: Lexicon) -> None:
    found = mentions("国家电网示例换流站项目、示例县光伏电站投产\n", [], lexicon)
    assert [one.name for one in found.inside] == ["国家电网"]
    assert [one.kind for one in found.mentions] == ["project", "project"]


@pytest.mark.parametrize(
    "called", ["（以下简称“川示”）", "（简称川示）", "（下称“川示”）", "，以下简称“川示”，"]
)
def test_a_name_says_how_it_is_called(lexicon: Lexicon, called: str) -> None:
    text = f"四川雁来动力有限公司{called}投产"
    assert set(names(text, lexicon, "enterprise")) == {"四川雁来动力有限公司"}


def test_short_names_stand_for_the_full_ones(lexicon: Lexicon) -> None:
    text = "四川示例动力有限公司（以下简称“川示”）投产。示例动力扩产，川示增资，示例动力再投资。"
    assert set(names(text, lexicon, "enterprise")) == {"四川示例动力有限公司"}


def test_the_fullest_form_of_a_place_is_meant() -> None:
    full = fullest(["邛崃", "邛崃市", "四川省邛崃市", "成都市"])
    assert full["邛崃"] == full["邛崃市"] == "四川省邛崃市"
    assert full["成都市"] == "成都市"
