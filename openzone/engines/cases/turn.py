"""One turn of the fold: the situation an action is asked for in, and what was said with it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Json, Party, read_moment
from openzone.engines.cases.model import Action, CaseType
from openzone.engines.cases.state import State
from openzone.engines.text import Text
from openzone.engines.worktime.durations import Duration, parse_duration
from openzone.engines.worktime.errors import WorktimeError

MISSING = Text("缺少“{name}”", "“{name}” is missing")
NOT_A_LIST = Text("“{name}”应为列表", "“{name}” should be a list")
EMPTY_ENTRY = Text("“{name}”中有空项", "“{name}” has an empty entry")
NOT_YES_NO = Text("“{name}”应为true或false", "“{name}” should be true or false")
NOT_A_MARK = Text("“{name}”应为1到5的整数", "“{name}” should be a whole number from 1 to 5")
NOT_A_MOMENT = Text("“{name}”不是时刻", "“{name}” is not a moment")


class Scene(NamedTuple):
    """The situation: what guards look at. ``by`` is ``None`` where nobody has acted yet."""

    type: CaseType
    action: Action
    state: State
    at: dt.datetime
    by: Party | None


@dataclass(frozen=True, slots=True)
class Turn:
    """The situation with what the event said."""

    scene: Scene
    data: Mapping[str, Json]
    worktime: Worktime

    @property
    def type(self) -> CaseType:
        """The case type."""
        return self.scene.type

    @property
    def state(self) -> State:
        """The state before."""
        return self.scene.state

    @property
    def at(self) -> dt.datetime:
        """When it was done."""
        return self.scene.at

    @property
    def by(self) -> Party:
        """Who did it."""
        if self.scene.by is None:
            raise Impossible(MISSING.format(name="by"))
        return self.scene.by

    def text(self, name: str) -> str:
        """Return what has to be said."""
        value = self.data.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        raise Impossible(MISSING.format(name=name), field=f"data.{name}")

    def text_or(self, name: str, default: str) -> str:
        """Return what may be said."""
        return self.text(name) if self.data.get(name) not in (None, "") else default

    def yes(self, name: str) -> bool:
        """Return a ruling."""
        value = self.data.get(name)
        if isinstance(value, bool):
            return value
        raise Impossible(NOT_YES_NO.format(name=name), field=f"data.{name}")

    def mark(self, name: str) -> int:
        """Return a mark of satisfaction from 1 to 5."""
        value = self.data.get(name)
        if type(value) is int and 1 <= value <= 5:
            return value
        raise Impossible(NOT_A_MARK.format(name=name), field=f"data.{name}")

    def names(self, name: str) -> tuple[str, ...]:
        """Return a list of names, empty where none is given."""
        value = self.data.get(name)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            raise Impossible(NOT_A_LIST.format(name=name), field=f"data.{name}")
        found = tuple("" if one is None else str(one).strip() for one in value)
        if "" in found:  # an empty line would count as a piece of evidence
            raise Impossible(EMPTY_ENTRY.format(name=name), field=f"data.{name}")
        return found

    def moment(self, name: str) -> dt.datetime | None:
        """Return a moment that may be given."""
        if self.data.get(name) in (None, ""):
            return None
        moment = read_moment(self.data[name])
        if moment is None:
            raise Impossible(NOT_A_MOMENT.format(name=name), field=f"data.{name}")
        return moment

    def limit(self, name: str) -> Duration:
        """Return a limit."""
        try:
            return parse_duration(self.text(name))
        except WorktimeError as error:
            raise Impossible(error.reason, field=f"data.{name}") from None


def refuse_unless(true: object, reason: Text) -> None:
    """Raise ``Impossible`` where something does not hold."""
    if not true:
        raise Impossible(reason)
