"""Doubts are told and lower the confidence; nothing is dropped."""

from tests.engines.reading.pages.conftest import Read


def test_two_values_for_one_thing_contradict(read: Read) -> None:
    page = (
        "# 示例甲市GDP突破\n\n2022年，示例甲市完成GDP500亿元。\n\n2022年，示例甲市完成GDP50亿元。\n"
    )
    facts = [fact for fact in read(page) if fact.attribute == "gdp"]
    assert [fact.doubts for fact in facts] == [("differs:5000000000",), ("differs:50000000000",)]


def test_a_part_is_not_above_its_total(read: Read) -> None:
    facts = read("2022年，示例甲市完成GDP50亿元，规模以上工业增加值500亿元。")
    assert [fact.doubts for fact in facts] == [(), ("above:gdp",)]


def test_sizes_that_cannot_be_are_doubted(read: Read) -> None:
    share, output = read("示例甲市高新技术产业占比150%。示例甲市工业总产值5亿元，同比增长8000%。")
    assert (share.doubts, output.doubts) == (("share",), ("growth",))
    assert share.confidence < 0.6
