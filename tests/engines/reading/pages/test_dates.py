"""When a page appeared: its head, its file's name, or what its text gives away."""

import pytest

from openzone.engines.reading.pages.dates import date_of_name, guess_date
from openzone.engines.reading.pages.folding import plain
from openzone.engines.reading.pages.lexicon import Lexicon


@pytest.mark.parametrize(
    ("page", "date"),
    [
        ("2023年7月10日 星期一 第3版\n今年以来，示例区2022年的项目投产。", "2023-07"),
        ("示例日报 2021-03-05\n示例区发展加快。", "2021-03"),
        ("2022年，示例区发展加快。今年5月，示例区产值3亿元。", "2023-05"),
        ("示例区启动2022年度招聘。5月起，岗位增加。", "2022-05"),
        ("示例区力争到2025年产值翻番。2021年9月3日签约。", "2021"),
        ("今年前5个月，示例区完成投资3亿元。", ""),
        ("2024年示例区公布规划。上半年，示例区完成投资3亿元。", "2024-07"),
        ("示例区发展加快。", ""),
    ],
)
def test_a_page_gives_its_date_away(lexicon: Lexicon, page: str, date: str) -> None:
    assert str(guess_date(plain(page), lexicon.dates)) == date


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("20240715_A3", "2024-07"),
        ("示例日报-2024-07-15", "2024-07"),
        ("2024年7月", "2024-07"),
        ("000_2b5c12fd4f265fe5", "None"),
        ("202413", "None"),
    ],
)
def test_a_name_of_a_file_may_have_a_date(name: str, date: str) -> None:
    assert str(date_of_name(name)) == date
