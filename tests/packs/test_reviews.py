"""The cadences of a zone are days that exist, for classes whose tiers there are."""

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.reviews import NAME, load_reviews


def test_leaders_monthly_chief_half_monthly_task_force_weekly():
    pack = load_reviews(None)
    assert [(one.id, one.every.value) for one in pack.tiers] == [
        ("force", "week"),
        ("chief", "half_month"),
        ("leaders", "month"),
    ]
    assert pack.ladder.ladder[-1] == "leaders"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("days: [15, 30]", "days: [15]"),
        ("days: [1]", "days: [8]"),
        ("tiers: [chief]}", "tiers: [nobody]}"),
        ("id: chief,", "id: force,"),
        ("missed: 2", "missed: 0"),
        ("missed: 2", "mist: 2"),
    ],
)
def test_what_is_no_cadence_is_refused_with_its_line(tmp_path, old, new):
    text = (NATIONAL / NAME).read_text("utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as error:
        load_reviews(tmp_path)
    assert all(problem.line for problem in error.value.problems)


def test_the_pack_says_who_meets_at_a_tier_and_when():
    tiers = load_reviews(None).by_tier
    assert {name: one.of.value for name, one in tiers.items()} == {
        "force": "force",
        "chief": "chief",
        "leaders": "zone",
    }
    assert all(one.at.hour >= 8 and one.minutes > 0 for one in tiers.values())
