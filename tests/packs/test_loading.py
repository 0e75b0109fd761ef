"""What a zone is told when its packs are wrong, and what its packs change when they are right."""

from pathlib import Path

import pytest

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.problems import PackError
from openzone.packs.loading import (
    NATIONAL,
    check_folder,
    load_catalogue,
    load_rules,
    national_catalogue,
    national_rules,
    zone_catalogue,
    zone_folder,
    zone_rules,
)

SERIES = """
documents:
  visit: {zh: 走访记录, en: Visit record}
series:
  - name: floors
    type: number
    period: moment
    label: {zh: 厂房层数, en: Floors}
    source: visit
    proof: lease_or_deed
aliases:
  revenue: [年收入]
"""
TALL = """
rule: local.tall
title: {zh: 示例：多层厂房, en: "Example: tall factory"}
kind: qualify
versions:
  - version: "1"
    source: {title: 示例办法, number: 示例〔2026〕1号, issuer: 示例园区}
    effective_from: 2026-01-01
    verified: L
    when:
      all:
        - {id: floors, label: {zh: 三层以上, en: Three floors}, fact: floors, gte: 3}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.yaml").write_text(SERIES, "utf-8")
    (tmp_path / "rules").mkdir()
    return tmp_path


def problems(tmp_path: Path, text: str) -> list[str]:
    own = tmp_path / "facts.yaml"
    own.write_text(text, "utf-8")
    with pytest.raises(PackError) as refused:
        load_catalogue([NATIONAL / "facts.yaml", own])
    return [str(problem).replace(str(own), "facts.yaml") for problem in refused.value.problems]


def test_a_zone_adds_a_series_with_a_national_document(folder: Path) -> None:
    catalogue = zone_catalogue(folder)
    assert catalogue["floors"].type is FactType.NUMBER
    assert catalogue["floors"].series.proof.zh == "租赁合同或不动产权证"
    assert len(catalogue) == len(national_catalogue()) + 1


def test_a_zone_teaches_a_national_series_its_own_heading(folder: Path) -> None:
    assert "年收入" in zone_catalogue(folder).series_by_name["revenue"].aliases
    assert "年收入" not in national_catalogue().series_by_name["revenue"].aliases


def test_a_zone_adds_a_rule_over_its_own_fact(folder: Path) -> None:
    (folder / "rules" / "local.tall.yaml").write_text(TALL, "utf-8")
    ids = {rule.rule for rule in zone_rules(folder)}
    assert ids == {rule.rule for rule in national_rules()} | {"local.tall"}


def test_a_zones_file_takes_the_place_of_the_national_rule(folder: Path) -> None:
    text = (NATIONAL / "rules" / "cn.tech_sme.yaml").read_text("utf-8")
    changed = text.replace('version: "2017"', 'version: "2017-own"')
    (folder / "rules" / "cn.tech_sme.yaml").write_text(changed, "utf-8")
    versions = {rule.rule: rule.versions[0].version for rule in zone_rules(folder)}
    assert versions["cn.tech_sme"] == "2017-own"
    assert len(versions) == len(national_rules())


def test_without_a_folder_the_national_packs_hold() -> None:
    assert zone_catalogue(None) is national_catalogue()
    assert zone_rules(None) is national_rules()


def test_the_folder_comes_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENZONE_PACKS", str(folder))
    assert zone_folder() == folder
    monkeypatch.delenv("OPENZONE_PACKS")
    assert zone_folder() is None


def test_a_folder_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENZONE_PACKS", "/nowhere/packs")
    with pytest.raises(PackError, match="OPENZONE_PACKS names no folder"):
        zone_folder()


def test_every_mistake_is_reported_with_its_line_and_both_languages(tmp_path: Path) -> None:
    wrong = SERIES.replace("type: number", "type: nombre").replace(
        "proof: lease_or_deed", "prof: lease_or_deed"
    )
    found = problems(tmp_path, wrong)
    assert any(
        line.startswith("facts.yaml:6: series[0].type: 只能是") and "must be one of" in line
        for line in found
    )
    assert "facts.yaml:5: series[0].proof: 缺少此项 / this key is missing" in found
    assert "facts.yaml:10: series[0].prof: 这里没有这个键 / no such key here" in found


def test_an_unknown_document_is_named(tmp_path: Path) -> None:
    found = problems(tmp_path, SERIES.replace("source: visit", "source: hearsay"))
    assert found == ["facts.yaml:5: series[0]: documents 里没有 hearsay / documents has no hearsay"]


def test_a_national_name_cannot_be_given_again(tmp_path: Path) -> None:
    found = problems(tmp_path, SERIES.replace("name: floors", "name: employees"))
    assert any("the name employees is taken by series employees" in line for line in found)


def test_a_name_that_another_series_derives_is_taken_too(tmp_path: Path) -> None:
    found = problems(tmp_path, SERIES.replace("name: floors", "name: revenue_y1"))
    assert any("the name revenue_y1 is taken by series revenue" in line for line in found)


def test_a_heading_cannot_lead_to_two_series(tmp_path: Path) -> None:
    found = problems(tmp_path, SERIES.replace("年收入", "职工人数"))
    assert len(found) == 1
    assert "the alias 职工人数 belongs to employees" in found[0]


def test_a_heading_for_no_series_is_refused(tmp_path: Path) -> None:
    found = problems(tmp_path, SERIES.replace("revenue: [年收入]", "income: [年收入]"))
    assert found == ["facts.yaml:12: aliases.income: 没有序列 income / there is no series income"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"nofacts.yaml:1: 找不到文件 / file not found"):
        load_catalogue([tmp_path / "nofacts.yaml"])


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "facts.yaml").write_bytes(SERIES.encode("gb18030"))
    with pytest.raises(PackError, match="not UTF-8"):
        load_catalogue([tmp_path / "facts.yaml"])


def test_problems_of_two_files_come_together(tmp_path: Path) -> None:
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("series: 1", "utf-8")
    second.write_text("serie: []", "utf-8")
    with pytest.raises(PackError) as refused:
        load_catalogue([first, second])
    assert {problem.file for problem in refused.value.problems} == {str(first), str(second)}


def test_a_rule_file_is_named_after_its_rule(folder: Path) -> None:
    (folder / "rules" / "tall.yaml").write_text(TALL, "utf-8")
    with pytest.raises(PackError, match=r"must be named local\.tall\.yaml"):
        zone_rules(folder)


def test_one_rule_can_be_loaded_by_its_path() -> None:
    (rule,) = load_rules([NATIONAL / "rules" / "cn.size_class.yaml"], national_catalogue())
    assert rule.rule == "cn.size_class"


def test_a_folder_is_checked_as_the_zone_would_use_it(folder: Path) -> None:
    (folder / "rules" / "local.tall.yaml").write_text(TALL, "utf-8")
    catalogue, rules = check_folder(folder)
    assert "floors" in catalogue
    assert [rule.rule for rule in rules] == ["local.tall"]


def test_a_folder_of_rule_files_only_can_be_checked(tmp_path: Path) -> None:
    (tmp_path / "local.tall.yaml").write_text(TALL.replace("floors", "employees"), "utf-8")
    _, rules = check_folder(tmp_path)
    assert [rule.rule for rule in rules] == ["local.tall"]


def test_the_national_folder_can_be_checked_by_itself() -> None:
    catalogue, rules = check_folder(NATIONAL)
    assert len(catalogue) == len(national_catalogue())
    assert {rule.rule for rule in rules} == {rule.rule for rule in national_rules()}


def test_a_folder_without_packs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="holds no rule files"):
        check_folder(tmp_path)
    with pytest.raises(PackError, match="not a folder"):
        check_folder(tmp_path / "nothing")


def test_a_wrong_fact_in_a_zones_rule_is_named_with_its_line(folder: Path) -> None:
    (folder / "rules" / "local.tall.yaml").write_text(
        TALL.replace("fact: floors", "fact: storeys"), "utf-8"
    )
    with pytest.raises(PackError, match=r"local\.tall\.yaml:12: .*storeys"):
        check_folder(folder)
