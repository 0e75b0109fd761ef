"""The file of the policy library, and a zone's own laid over it."""

from pathlib import Path

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.library import load_library


def test_the_national_file_says_where_each_term_comes_from():
    pack = load_library()
    assert len(pack.categories.list) == 12
    assert pack.categories.verified == "K"  # the names were not found in the source
    limits = {name: str(term.duration.amount) for name, term in pack.terms.items()}
    assert limits == {"item_list": "7", "guide": "7", "redemption": "60"}
    assert {term.source.number for term in pack.terms.values()} == {"川办函〔2024〕17号"}
    assert all(term.region == ("51",) for term in pack.terms.values())
    assert pack.terms["redemption"].modes == ("fast",)


def test_a_zone_replaces_one_term_and_keeps_the_rest(tmp_path: Path):
    own = """
terms:
  item_list:
    label: {zh: 发布清单, en: Publish the list}
    starts: issued_on
    limit: 3个工作日
    source: {number: 示例发〔2026〕1号, issuer: 示例管委会}
    verified: L
expiring_within_days: 30
"""
    (tmp_path / "library.yaml").write_text(own, "utf-8")
    pack = load_library(tmp_path)
    assert pack.terms["item_list"].duration.amount == 3
    assert pack.terms["guide"].duration.amount == 7
    assert (pack.expiring_within_days, len(pack.categories.list)) == (30, 12)


def test_without_a_file_of_its_own_a_zone_has_the_national_one(tmp_path: Path):
    assert load_library(tmp_path) == load_library()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("expiring_within_days: 0", 1, "greater than or equal to 1"),
        ("similar_title: 200", 1, "less than or equal to 100"),
        ("reminders: yes", 1, "Extra inputs"),
        ("terms:\n  guide: {limit: 半天}", 2, "半天"),
        ("terms:\n  guide: {starts: someday}", 2, "issued_on"),
        ("expiring_within_days: 1\nexpiring_within_days: 2", 2, "twice"),
    ],
)
def test_a_fault_is_named_by_file_line_and_reason(tmp_path: Path, text: str, line: int, words: str):
    path = tmp_path / "library.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(PackError) as error:
        load_library(tmp_path)
    found = [problem for problem in error.value.problems if words in str(problem.reason)]
    assert found, error.value.problems
    assert (found[0].file, found[0].line) == (str(path), line)
