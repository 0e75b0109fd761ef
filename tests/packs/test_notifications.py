"""What people are told: the pack says everything, and a bad pack says what is wrong with it."""

import pytest
import yaml

from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.notifications import NAME, load_notifications


@pytest.fixture
def own(tmp_path):
    """``own(change)``: load the national file after a change."""

    def load(change):
        data = yaml.safe_load((NATIONAL / NAME).read_text("utf-8"))
        change(data)
        (tmp_path / NAME).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
        return load_notifications(tmp_path)

    return load


def test_what_is_overdue_always_reaches_its_holder_both_ways():
    overdue = load_notifications(None).by_id["overdue"]
    assert set(overdue.always) == {"in_app", "email"}


def test_whatever_cannot_be_switched_off_says_why_in_both_languages():
    fixed = [kind for kind in load_notifications(None).kinds if kind.always]
    assert {kind.id for kind in fixed} == {"overdue", "escalated", "my_turn", "service"}
    assert all(kind.why.zh and kind.why.en for kind in fixed)


def test_a_zone_chooses_its_own_defaults(own):
    pack = own(lambda data: data["kinds"][0].update(default=["email"]))
    assert pack.by_id["assigned"].default == ("email",)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["kinds"].pop(),
        lambda data: data["kinds"].append(data["kinds"][0]),
        lambda data: data["kinds"][0].update(always=["in_app"]),
        lambda data: data["kinds"][3].pop("why"),
        lambda data: data["kinds"][3].update(default=["in_app"]),
        lambda data: data["kinds"][0].update(default=["pigeon"]),
        lambda data: data["brief"].update(weekday=8),
    ],
    ids=["one missing", "one twice", "no why", "why lost", "always not default", "way", "day"],
)
def test_a_pack_that_does_not_fit_is_refused(own, change):
    with pytest.raises(PackError):
        own(change)
