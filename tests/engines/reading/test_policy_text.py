"""What a pasted policy text says about itself, on texts as offices write them."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.reading.figures import Bound, FigureKind, figures
from openzone.engines.reading.gives import gives, kind_of, mode_of
from openzone.engines.reading.policy_text import LONGEST, dates, read_policy
from tests.engines.reading.samples import MEASURES, NOTICE, SHORT_TITLE


def test_a_document_with_a_red_head_is_read():
    found = read_policy(MEASURES)
    assert found.title == "关于印发《支持企业创新发展若干政策》的通知"
    assert found.number == "示例高管〔2026〕12号"
    assert found.issuers == ("示例高新技术产业开发区管理委员会",)
    assert found.adopted_on == dt.date(2026, 3, 5)
    assert found.issued_on == dt.date(2026, 3, 18)
    assert found.effective_from == dt.date(2026, 4, 1)
    assert found.effective_to == dt.date(2029, 3, 31)  # three years, the last day included


def test_clauses_keep_their_number_and_stop_before_the_signature():
    clauses = read_policy(MEASURES).clauses
    assert [clause.ref for clause in clauses] == [f"第{n}条" for n in "一二三四五六七八九"]
    assert clauses[0].text.startswith("为深入实施")
    assert "第二章" not in clauses[0].text
    assert clauses[-1].text.endswith("负责解释。")
    assert MEASURES.splitlines()[clauses[1].line - 1].startswith("第二条")


def test_what_is_promised_becomes_a_suggestion_with_its_wording():
    found = [(one.ref, one.title, one.kind) for one in read_policy(MEASURES).suggestions]
    assert found == [
        ("第二条", "研发投入补助", "subsidise"),
        ("第三条", "高企认定奖励", "subsidise"),
        ("第三条", "高企认定奖励", "subsidise"),
        ("第四条", "厂房租金减免", "reduce"),
        ("第五条", "列入市级以上重点项目的企业", "entitle"),
    ]


def test_neither_the_aim_nor_the_warning_is_a_promise():
    refs = {one.ref for one in read_policy(MEASURES).suggestions}
    assert refs.isdisjoint({"第一条", "第六条", "第七条", "第九条"})


def test_thresholds_shares_and_ceilings_are_told_apart():
    support = read_policy(MEASURES).suggestions[0]
    assert [(one.kind, one.value, one.bound) for one in support.figures] == [
        (FigureKind.MONEY, Decimal(5_000_000), Bound.AT_LEAST),
        (FigureKind.SHARE, Decimal("0.2"), Bound.AT_LEAST),
        (FigureKind.SHARE, Decimal("0.05"), Bound.EXACT),
        (FigureKind.MONEY, Decimal(1_000_000), Bound.AT_MOST),
    ]
    assert support.wording in MEASURES


def test_the_way_of_delivery_is_read_where_it_is_said():
    modes = {one.ref: one.mode for one in read_policy(MEASURES).suggestions}
    assert modes["第三条"] == "no_application"
    assert modes["第二条"] is None


def test_a_notice_without_clauses_is_cut_at_its_headings():
    found = read_policy(NOTICE)
    assert found.title == "关于开展2026年度专精特新企业奖励资金申报工作的通知"
    assert found.number == "示例经信发〔2026〕7号"
    assert found.issuers == ("示例市经济和信息化局", "示例市财政局")
    assert found.issued_on == found.effective_from == dt.date(2026, 5, 8)
    assert found.effective_to == dt.date(2027, 12, 31)
    assert [clause.ref for clause in found.clauses] == ["一", "二", "三"]
    amounts = [one.figures[-1].value for one in found.suggestions]
    assert amounts == [Decimal(300_000), Decimal(500_000)]


def test_full_width_digits_and_chinese_numerals_are_numbers_too():
    found = read_policy(SHORT_TITLE)
    assert found.number == "示例府办〔2025〕3号"
    relief, interest = found.suggestions
    assert (relief.kind, relief.figures[0].value) == ("reduce", Decimal("0.5"))
    assert interest.figures[-1] == figures_of("累计不超过两百万元")[0]
    assert interest.figures[-1].value == Decimal(2_000_000)


def figures_of(sentence):
    return list(figures(sentence))


@pytest.mark.parametrize(
    ("sentence", "value", "bound"),
    [
        ("给予最高1,000万元奖励", Decimal(10_000_000), Bound.AT_MOST),
        ("营业收入达到2亿元", Decimal(200_000_000), Bound.AT_LEAST),
        ("超过500万元的部分", Decimal(5_000_000), Bound.AT_LEAST),
        ("不超过500万元的部分", Decimal(5_000_000), Bound.AT_MOST),
        ("投资3000万元以上", Decimal(30_000_000), Bound.AT_LEAST),
        ("补贴1.5万元", Decimal(15_000), Bound.EXACT),
        ("奖励十五万元", Decimal(150_000), Bound.EXACT),
    ],
)
def test_an_amount_has_a_side(sentence, value, bound):
    (found,) = figures_of(sentence)
    assert (found.value, found.bound) == (value, bound)


def test_a_year_is_no_span_of_years():
    assert figures_of("2026年新认定的企业") == []
    assert [one.value for one in figures_of("连续3年给予支持")] == [Decimal(3)]
    assert figures_of("3年度") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "支持企业做大做强",
        "不得重复享受",
        "骗取补贴的，追回已发放的奖励资金10万元",
        "本办法由财政局负责解释",
    ],
)
def test_no_promise_no_suggestion(sentence):
    assert not gives(sentence)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("对认定为示范企业的，奖励20万元", "subsidise"),
        ("认定为市级示范企业", "qualify"),
        ("免征城镇土地使用税", "reduce"),
        ("优先安排用地指标", "entitle"),
    ],
)
def test_the_kind_of_what_is_given(sentence, kind):
    assert gives(sentence)
    assert kind_of(sentence) == kind


def test_the_mode_is_unknown_where_nothing_is_said():
    assert mode_of("企业提出申请") is None
    assert mode_of("经专家评审后") == "expert"


@pytest.mark.parametrize("text", ["2026年2月30日", "二〇二六年十三月一日", "2026年13月1日"])
def test_a_day_that_does_not_exist_is_no_date(text):
    assert dates(text) == []


def test_an_empty_text_has_no_structure():
    found = read_policy("")
    assert (found.title, found.number, found.clauses, found.suggestions) == ("", "", (), ())


def test_a_book_is_refused():
    with pytest.raises(ValueError, match="longer"):
        read_policy("长" * (LONGEST + 1))


@given(
    st.text(
        alphabet="第一二三条章、。；：\n〔2026〕号年月日 奖励补贴万元%最高不超过免征优先",
        max_size=300,
    )
)
def test_nothing_breaks_it_and_every_suggestion_stands_in_the_text(text):
    found = read_policy(text)
    plain = "".join(text.split())
    for one in found.suggestions:
        assert "".join(one.wording.split()) in plain
        assert one.ref in {clause.ref for clause in found.clauses}
        assert one.title
    for earlier, later in zip(found.clauses, found.clauses[1:], strict=False):
        assert earlier.line < later.line
