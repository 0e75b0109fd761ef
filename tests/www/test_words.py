"""Whatever packs and the log call by a short name has words."""

import re
from pathlib import Path
from typing import get_args

import pytest

from openzone.engines.rules.language import Verified
from openzone.engines.rules.schema import Kind
from openzone.www import words

ACTION = re.compile(
    r'"((?:jobs|people|registry|policies|spokespersons|cultivation)\.[a-z_]+(?:\.[a-z_]+)?)"'
)
RECORDED = sorted(
    {
        action
        for path in Path("openzone/zone").rglob("*.py")
        if "record(" in (text := path.read_text()) or "_log(" in text
        for action in ACTION.findall(text)
    }
)


def test_the_services_do_record_events() -> None:
    assert len(RECORDED) > 20


@pytest.mark.parametrize("action", RECORDED)
def test_every_event_of_the_log_has_words(action: str) -> None:
    assert words.action(action) != action


def test_no_words_are_kept_for_events_that_nothing_records() -> None:
    assert set(words.ACTIONS) <= set(RECORDED)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_rule_has_a_word(kind: str) -> None:
    assert words.rule_kind(kind)


@pytest.mark.parametrize("mark", get_args(Verified))
def test_every_mark_of_verification_is_explained(mark: str) -> None:
    assert words.verified(mark)
