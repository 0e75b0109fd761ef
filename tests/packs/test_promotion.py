"""Lists, grades and days of promotion are whole, or the file says in which line they are not."""

import pytest

from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.promotion import NAME, load_promotion


def test_the_riper_a_lead_the_sooner_somebody_calls():
    pack = load_promotion(None)
    days = [one.quiet_days for one in pack.grades]
    assert days == sorted(days, reverse=True)
    assert pack.quiet_days[""] == pack.ungraded_quiet_days
    assert pack.label(pack.sources, "adviser") is not None
    assert pack.label(pack.sources, "nowhere") is None


def test_what_nobody_published_says_so():
    pack = load_promotion(None)
    assert (pack.grades_verified, pack.referrals.verified, pack.consent.verified) == ("K", "K", "K")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{id: online,", "{id: offline,"),
        ("{id: what,", "{id: who,"),
        ("quiet_days: 30", "quiet_days: 0"),
        ("step: contact", "step: dinner"),
        ("book_kind: noted", "book_kind: unknown"),
        ("handover_days", "hand_over"),
    ],
)
def test_what_is_not_whole_is_refused_with_its_line(tmp_path, old, new):
    text = (NATIONAL / NAME).read_text("utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as error:
        load_promotion(tmp_path)
    assert all(problem.line for problem in error.value.problems)
