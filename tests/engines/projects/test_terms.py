"""Terms are typed, filled in, said in sentences and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.projects import terms
from openzone.engines.projects.terms import FieldType, Promised, TermField, TermSection


def both(text: str) -> Bilingual:
    return Bilingual(zh=text, en=text)


FIELDS = (
    TermField(id="who", label=both("乙方"), type=FieldType.TEXT, required=True, fill="investor"),
    TermField(
        id="total", label=both("总投资"), type=FieldType.YUAN, fill="total",
        promise=Promised(side="investor", kind="amount", due="until"),
    ),
    TermField(id="land", label=both("用地"), type=FieldType.NUMBER, unit=both("亩")),
    TermField(id="until", label=both("竣工"), type=FieldType.DAY),
    TermField(id="way", label=both("方式"), type=FieldType.CHOICE, choices={"lease": both("租赁")}),
)  # fmt: skip
SECTIONS = (
    TermSection(
        heading=both("约定"), text=(both("{who}投资{total}，{until}前竣工，{land}{way}。"),)
    ),
)
GIVEN = {"who": "示例", "total": "350000000", "until": "2027-03-01", "land": "80", "way": "lease"}


def test_sentences_say_money_days_and_choices_in_words():
    ((heading, lines),) = terms.said(FIELDS, SECTIONS, GIVEN)
    assert heading.zh == "约定"
    assert lines[0].zh == "示例投资3.5亿元，2027年3月1日前竣工，80亩租赁。"
    assert lines[0].en == "示例投资350,000,000 yuan，2027-03-01前竣工，80 亩租赁。"


@pytest.mark.parametrize(
    ("yuan", "said"),
    [("8000", "8000元"), ("12345", "1.2345万元"), ("100000000", "1亿元"), ("0.5", "0.5元")],
)
def test_money_is_said_in_its_usual_unit(yuan, said):
    assert terms.shown(FIELDS[1], yuan).zh == said


def test_what_is_not_known_stays_blank():
    ((_heading, lines),) = terms.said(FIELDS, SECTIONS, {})
    assert lines[0].zh.count(terms.BLANK) == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("total", "三亿"), ("total", "0"), ("total", "NaN"), ("total", "Infinity"),
        ("total", "1e99"), ("until", "2027-02-30"), ("until", "20270301"), ("way", "gift"),
        ("who", "长" * 501), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_named_with_its_field(name, value):
    found = terms.faults(FIELDS, {name: value})
    assert set(found) == {name}
    assert found[name].zh
    assert found[name].en


def test_the_day_of_a_promise_is_missing_once_the_promise_is_made():
    assert [one.id for one in terms.missing(FIELDS, {})] == ["who"]
    assert [one.id for one in terms.missing(FIELDS, {"who": "示例", "total": "1"})] == ["until"]
    assert terms.missing(FIELDS, GIVEN) == []


def test_only_what_fits_is_filled_in():
    known = {"investor": "示例", "total": "未定", "colour": "red"}
    assert terms.filled(FIELDS, known) == {"who": "示例"}


values = st.dictionaries(st.sampled_from([one.id for one in FIELDS]), st.text(max_size=3))


@given(values, values)
def test_differences_are_what_turns_one_version_into_the_other(before, after):
    found = terms.differences(FIELDS, before, after)
    made = dict(before)
    for one in found:
        made.pop(one.field.id, None)
        made |= {} if one.after is None else {one.field.id: one.after}
    assert made == after
    assert (found == []) == (before == after)
