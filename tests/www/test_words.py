"""Whatever packs and the log call by a short name has words."""

import re
from pathlib import Path
from typing import get_args

import pytest

from openzone.engines.rules.language import Verified
from openzone.engines.rules.schema import Kind
from openzone.www import words

APPS = "|".join(sorted(path.parent.name for path in Path("openzone/zone").glob("*/apps.py")))
ACTION = re.compile(rf'"((?:{APPS})\.[a-z_]+(?:\.[a-z_]+)?)"')
RECORDED = sorted(
    {
        action
        for path in Path("openzone/zone").rglob("*.py")
        if "services" in path.parts or "record(" in path.read_text()
        for action in ACTION.findall(path.read_text())
    }
)


def test_the_services_do_record_events() -> None:
    assert len(RECORDED) > 20


@pytest.mark.parametrize("action", RECORDED)
def test_every_event_of_the_log_has_words(action: str) -> None:
    assert words.action(action) != action


def test_no_words_are_kept_for_events_that_nothing_records() -> None:
    assert [action for action in words.ACTIONS if not _is_written(action)] == []


def _is_written(action: str) -> bool:
    """Say whether the services of the app write it whole, or put its last word after a noun.

    The steps of a commitment are words of the engine that knows which may follow which.
    """
    app, _, rest = action.partition(".")
    app = {"figures": "indicators"}.get(app, app)
    forms = (f'"{action}"', f'"{rest}"', f'"{rest.rpartition(".")[2]}"')
    rooms = (Path(f"openzone/zone/{app}"), Path("openzone/engines/service"))
    texts = [path.read_text() for room in rooms for path in room.rglob("*.py")]
    return any(form in text for form in forms for text in texts)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_of_rule_has_a_word(kind: str) -> None:
    assert words.rule_kind(kind)


@pytest.mark.parametrize("mark", get_args(Verified))
def test_every_mark_of_verification_is_explained(mark: str) -> None:
    assert words.verified(mark)
