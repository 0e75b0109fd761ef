"""The shipped pipelines, sizes, exclusions and checklist, and a zone's own over them."""

from pathlib import Path

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.pipelines import (
    load_exclusions,
    load_maturity,
    load_pack,
    load_pipeline,
    load_sizes,
    pipeline_files,
)

SIX = NATIONAL / "pipelines" / "six_batches.yaml"


def own(folder: Path, name: str, text: str) -> Path:
    path = folder / "pipelines" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return folder


def problem(folder: Path, old: str, new: str) -> tuple[int, str, str]:
    """The line, path and reason of the one problem of a changed six_batches.yaml."""
    text = SIX.read_text("utf-8")
    assert text.count(old) >= 1
    with pytest.raises(PackError) as caught:
        load_pipeline("six_batches", own(folder, "six_batches.yaml", text.replace(old, new, 1)))
    (found,) = caught.value.problems
    return found.line, found.path, found.reason.zh


def test_the_six_batches_are_spread_over_nine_stages_in_their_order() -> None:
    found = load_pipeline("six_batches", None)
    assert [one.id for one in found.stages] == [
        "reserve", "in_talks", "admission_review", "signed", "registered", "started", "completed",
        "in_production", "full_output",
    ]  # fmt: skip
    batches = [one.batch for one in found.stages if one.batch]
    assert batches == list(found.batches)
    assert len(batches) == 6


def test_the_seven_batches_are_those_of_the_county() -> None:
    found = load_pipeline("seven_batches", None)
    labels = [one.label.zh for one in found.stages]
    assert labels == ["谋划", "洽谈", "签约", "开工", "建设", "投产", "达产"]
    assert found["signed"].within_year == ("planned_start",)
    assert found["signed"].framework_apart


@pytest.mark.parametrize("name", ["six_batches", "seven_batches"])
def test_every_stage_says_what_it_means_and_asks_for_evidence(name: str) -> None:
    pack = load_pack(name, None)
    for stage in pack.stages:
        assert stage.groups, stage.id
        assert stage.meaning.zh != stage.meaning.en
    assert pack.source.zh


def test_sizes_exclusions_and_the_checklist_are_shipped() -> None:
    assert [int(one.least) // 10**8 for one in load_sizes(None).sizes] == [1, 5, 10, 50, 100]
    exclusions = load_exclusions(None).exclusions
    assert [one.id for one in exclusions if one.derived] == ["phase_in_contract"]
    assert len(exclusions) == 9
    maturity = load_maturity(None)
    assert (maturity.verified, len(maturity.grades)) == ("K", 4)


def test_a_zone_puts_its_own_file_in_the_place_of_a_shipped_one(tmp_path: Path) -> None:
    sizes = (
        "source: {zh: 本区, en: ours}\nverified: L\nby: fixed\n"
        "sizes:\n  - {id: small, label: {zh: 3000万, en: 30 million}, least: 30000000}\n"
    )
    own(tmp_path, "sizes.yaml", sizes)
    own(tmp_path, "ours.yaml", SIX.read_text("utf-8").replace("id: six_batches", "id: ours", 1))
    found = load_pipeline("ours", tmp_path)
    assert (found.size_by, [one.id for one in found.sizes]) == ("fixed", ["small"])
    assert set(pipeline_files(tmp_path)) == {"ours", "six_batches", "seven_batches"}


def test_a_pipeline_there_is_none_of_is_told_with_those_there_are() -> None:
    with pytest.raises(PackError, match="six_batches"):
        load_pipeline("nine_batches", None)


def test_a_file_must_be_named_like_its_id(tmp_path: Path) -> None:
    own(tmp_path, "other.yaml", SIX.read_text("utf-8"))
    with pytest.raises(PackError, match=r"six_batches\.yaml"):
        load_pipeline("other", tmp_path)


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    own(tmp_path, "sizes.yaml", "")
    (tmp_path / "pipelines" / "sizes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="UTF-8"):
        load_sizes(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("evidence: [concept]", "evidence: [concpet]", "concpet"),
        ("fields: [investor]", "fields: [invester]", "invester"),
        ("batch: sign", "batch: start", "sign"),
        ("batch: sign", "batch: signs", "signs"),
        ("counts_as: in_talks", "counts_as: reserve", "counts_as"),
        ("- id: in_talks", "- id: reserve", "reserve"),
        ("- id: in_talks", "- id: exit", "exit"),
        ("reached: landed", "reached: landing", "landing"),
    ],
)
def test_what_does_not_fit_together_is_refused_by_its_name(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    _, _, reason = problem(tmp_path, old, new)
    assert words in reason


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("optional: true", "optionl: true", "stages[1].optionl"),
        ("verified: L", "verified: maybe", "stages[0].verified"),
        ("basis: period", "basis: week", "rates[1].basis"),
    ],
)
def test_a_misspelt_key_or_value_is_told_with_its_line(
    tmp_path: Path, old: str, new: str, path: str
) -> None:
    line, found, _ = problem(tmp_path, old, new)
    text = (tmp_path / "pipelines" / "six_batches.yaml").read_text("utf-8").splitlines()
    assert found == path
    assert new in text[line - 1]


@pytest.mark.parametrize(
    "sizes",
    [
        "[{id: a, label: {zh: a, en: a}, least: 5}, {id: b, label: {zh: b, en: b}, least: 5}]",
        "[{id: a, label: {zh: a, en: a}, least: 5}, {id: b, label: {zh: b, en: b}, least: 3}]",
        "[{id: below, label: {zh: a, en: a}, least: 5}]",
        "[{id: a, label: {zh: a, en: a}, least: 0}]",
    ],
)
def test_sizes_must_grow_and_keep_clear_of_names_that_mean_something(
    tmp_path: Path, sizes: str
) -> None:
    own(tmp_path, "sizes.yaml", f"source: {{zh: 甲, en: a}}\nverified: K\nsizes: {sizes}\n")
    with pytest.raises(PackError):
        load_sizes(tmp_path)
