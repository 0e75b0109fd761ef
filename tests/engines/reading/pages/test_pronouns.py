"""Words that stand for a name: whose the figures are that are told of 园区, 前者, 我们, 集团."""

import pytest

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from tests.engines.reading.pages.conftest import Read

ZONE, OTHER, PARK = "示例甲高新区", "示例乙经开区", "示例丙软件园"
FIRM, RIVAL = "示例甲丁科技有限公司", "示例乙戊机械有限公司"
LEAD = f"{ZONE}今年以来狠抓项目。{ZONE}把企业请进来。\n\n"


def whose(read: Read, text: str, value: float) -> str | None:
    (fact,) = [one for one in read(LEAD + text) if one.value == value]
    return fact.subject


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        # a zone's kind, where a clause opens
        (f"位于城东的{PARK}，园区规划面积1500亩。", 1500, PARK),
        (f"{PARK}去年开园。软件园入驻企业63家。", 63, PARK),
        (f"{OTHER}起步早。说到规模，经开区有企业88家。", 88, OTHER),
        # the one told last in the paragraph, or mostly
        (f"与{OTHER}相比，该区有规上企业92家。", 92, ZONE),
        # two names told before
        (f"{ZONE}和{OTHER}都在比。前者有企业118家，后者有企业97家。", 118, ZONE),
        (f"{ZONE}和{OTHER}都在比。前者有企业118家，后者有企业97家。", 97, OTHER),
        # an enterprise, and a project without a name
        (f"{FIRM}落户三年。这家靠模具起家的企业，去年营业收入3.6亿元。", 360_000_000, FIRM),
        (f"{FIRM}落户三年。集团不大，企业年产轴承80万套。", 800_000, FIRM),
        (f"{FIRM}在扩产。二期项目投资8亿元。", 800_000_000, FIRM),
        (f"{FIRM}在{RIVAL}隔壁。去年，该公司营业收入4.5亿元。", 450_000_000, FIRM),
        # an institute or a fund
        ("示例甲概念验证中心不看论文。中心累计受理项目412项。", 412, "示例甲概念验证中心"),
        ("示例甲天使基金投早投小，基金规模5亿元。", 500_000_000, "示例甲天使基金"),
    ],
)
def test_a_word_stands_for_the_name_it_means(
    read: Read, text: str, value: float, subject: str
) -> None:
    assert whose(read, text, value) == subject


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        (f"“我们去年营业收入2.4亿元。”{FIRM}总经理李明说。", 240_000_000, FIRM),
        (f"{FIRM}董事长李明说：“去年营业收入2.4亿元。”", 240_000_000, FIRM),
        (f"“去年全区新增企业61家。”{OTHER}管委会主任王刚说。", 61, OTHER),
        # a person named before, and one without the name of a firm
        (f"{FIRM}总经理李明说，形势不错。“去年营业收入2.4亿元。”李明笑道。", 240_000_000, FIRM),
        (f"{FIRM}建厂五年。“去年营业收入2.4亿元。”总经理李明说。", 240_000_000, FIRM),
        # straight marks, as many pages have them
        (f'"我们去年营业收入2.4亿元。"{FIRM}总经理李明说。', 240_000_000, FIRM),
        # those who do not speak
        (f"{OTHER}总量小。“他们有企业70家。”{ZONE}管委会主任王刚说。", 70, OTHER),
    ],
)
def test_who_speaks_is_meant_by_what_is_quoted(
    read: Read, text: str, value: float, subject: str
) -> None:
    assert whose(read, text, value) == subject


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        # behind a relative clause stands the topic
        (f"邻近的{OTHER}同样以轴承起家，企业只有210家。", 210, OTHER),
        (f"投资额最高的是{FIRM}，去年营业收入2.4亿元。", 240_000_000, FIRM),
        (f"主营陶瓷的{FIRM}上市，去年营业收入2.4亿元。", 240_000_000, FIRM),
        # in a row each has its own
        (f"盘活土地5120亩，其中{ZONE}2340亩、{OTHER}1780亩。", 1780, OTHER),
        # one of several that are counted is not told of
        (f"{ZONE}一季度签约，{FIRM}等11家企业入驻。", 11, ZONE),
        # what the clause before ends with
        (f"去年，区里建起{PARK}，建筑面积12万平方米。", 120_000, PARK),
        # whom the next clause opens with
        (f"凭12件专利，{FIRM}拿到了贷款。", 12, FIRM),
        # outside of it is not it
        (f"{FIRM}去年营业收入7400万元，其中{ZONE}外的客户贡献2900万元。", 29_000_000, FIRM),
    ],
)
def test_the_sentence_tells_of_whom(read: Read, text: str, value: float, subject: str) -> None:
    assert whose(read, text, value) == subject


def test_names_of_a_zone_that_differ_in_their_type_alone_are_one(lexicon: Lexicon) -> None:
    page = f"{ZONE}扩区。示例甲高新技术产业开发区有企业320家。该区去年新增企业31家。"
    facts = read_page(page, lexicon).facts
    full = "示例甲高新技术产业开发区"
    assert {one.subject for one in facts} == {full}


def test_a_word_without_a_name_before_it_means_nobody(read: Read) -> None:
    (fact,) = read("集团去年营业收入2.4亿元。")
    assert fact.subject is None


def test_short_names_of_parks_count_where_a_page_has_them_twice(lexicon: Lexicon) -> None:
    page = "金塘园去年纳税1.2亿元。今年上半年，金塘园纳税8000万元。公园去年接待8万人次。"
    names = {one.value for one in read_page(page, lexicon).facts if one.source == "entity"}
    assert names == {"金塘园"}
