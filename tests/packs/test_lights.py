"""The shipped light rules, and a zone's own over them."""

from pathlib import Path

import pytest

from openzone.engines.projects.lights import Colour
from openzone.engines.rules.problems import PackError
from openzone.packs.lights import light_pack, light_packs, load_light
from openzone.packs.loading import NATIONAL

RULES = NATIONAL / "lights"


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    text = (RULES / f"{name}.yaml").read_text("utf-8")
    assert old in text
    path = folder / "lights" / f"{name}.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_six_rules_of_five_places_are_shipped() -> None:
    assert set(light_packs(None)) == {
        "wuhan.progress_ratio", "yinchuan.progress_points", "haikou.two_yellows",
        "yinchuan.start_overdue", "yinchuan.statistical_entry", "suqian.slips",
    }  # fmt: skip


def test_every_rule_says_what_was_published_and_marks_what_is_ours() -> None:
    for pack in light_packs(None).values():
        assert pack.verified == "V"
        assert pack.source.zh
        assert pack.says.zh != pack.says.en
        assert all(one.verified == "K" for one in pack.readings)
        assert pack.readings


def test_the_runs_of_months_are_data() -> None:
    two, three = (
        light_pack(name, None) for name in ("haikou.two_yellows", "yinchuan.start_overdue")
    )
    assert two.run is not None
    assert three.run is not None
    assert (two.run.times, three.run.times) == (2, 3)
    assert three.as_rule.run is not None
    assert three.as_rule.run.of == {Colour.YELLOW}


def test_a_zone_puts_its_own_bounds_in_the_place_of_the_shipped_ones(tmp_path: Path) -> None:
    changed(tmp_path, "wuhan.progress_ratio", "red_below: 0.6", "red_below: 0.5")
    pack = light_pack("wuhan.progress_ratio", tmp_path)
    assert str(pack.rule.red_below) == "0.5"  # type: ignore[union-attr]
    assert set(light_packs(tmp_path)) == set(light_packs(None))


def test_a_rule_may_be_named_by_its_file(tmp_path: Path) -> None:
    path = changed(tmp_path, "suqian.slips", "near_days: 30", "near_days: 7")
    assert light_pack(str(path), None).rule.near_days == 7  # type: ignore[union-attr]


def test_a_rule_there_is_none_of_is_told_with_those_there_are() -> None:
    with pytest.raises(PackError, match=r"wuhan\.progress_ratio"):
        light_pack("wuhan", None)


@pytest.mark.parametrize(
    ("name", "old", "new", "path"),
    [
        (
            "wuhan.progress_ratio",
            "red_below: 0.6",
            "red_below: 60",
            "rule.progress_ratio.red_below",
        ),
        (
            "wuhan.progress_ratio",
            "red_below: 0.6",
            "red_belo: 0.6",
            "rule.progress_ratio.red_below",
        ),
        ("wuhan.progress_ratio", "kind: progress_ratio", "kind: ratio", "rule"),
        ("wuhan.progress_ratio", "red_below: 0.6", "red_below: 0.9", "rule.progress_ratio"),
        (
            "yinchuan.progress_points",
            "yellow_from: 0.1",
            "yellow_from: 0.4",
            "rule.progress_points",
        ),
        ("yinchuan.statistical_entry", "red_after_months: 2", "red_after_months: 0", "rule"),
        ("haikou.two_yellows", "times: 2", "times: 1", "run.times"),
        ("haikou.two_yellows", "of: [yellow, red]", "of: [purple]", "run.of[0]"),
        ("suqian.slips", "near_days: 30", "near_days: -1", "rule.slips.near_days"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_path(
    tmp_path: Path, name: str, old: str, new: str, path: str
) -> None:
    file = changed(tmp_path, name, old, new)
    with pytest.raises(PackError) as caught:
        load_light(file)
    found = caught.value.problems[0]
    assert found.file == str(file)
    assert found.path.startswith(path)
    line = file.read_text("utf-8").splitlines()[found.line - 1]
    assert line.startswith(("rule:", "run:"))
    assert found.reason.zh != found.reason.en


def test_problems_of_several_files_are_told_together(tmp_path: Path) -> None:
    changed(tmp_path, "suqian.slips", "near_days: 30", "near_days: -1")
    changed(tmp_path, "haikou.two_yellows", "times: 2", "times: 1")
    with pytest.raises(PackError) as caught:
        light_packs(tmp_path)
    assert len({one.file for one in caught.value.problems}) == 2


def test_a_file_must_be_named_like_its_id_and_be_text(tmp_path: Path) -> None:
    path = changed(tmp_path, "suqian.slips", "id: suqian.slips", "id: suqian.other")
    with pytest.raises(PackError, match=r"suqian\.other\.yaml"):
        load_light(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PackError, match="UTF-8"):
        load_light(path)
