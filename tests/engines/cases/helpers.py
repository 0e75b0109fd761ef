"""A case type, parties and histories for the tests of the engine."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from openzone.engines.cases.clocks import Worktime
from openzone.engines.cases.definition import CaseType, case_type
from openzone.engines.cases.errors import Impossible
from openzone.engines.cases.events import Event, Party
from openzone.engines.cases.fold import apply
from openzone.engines.cases.state import State
from openzone.packs.calendars import default_receipt_rule, national_calendar
from openzone.packs.services import Services

WORKTIME = Worktime(national_calendar(), default_receipt_rule())
NUMBER = "OZ-QY-20261102-0001-T"
FIRM = Party("requester", "e1", "示例企业")
CENTRE = Party("user", "c1", "中心", "CENTRE")
CALLER = Party("user", "c2", "回访员", "CENTRE")
LEADER = Party("user", "l1", "领导", "LEADERS", "leader")
FIN = Party("user", "f1", "甲", "FIN")
FIN2 = Party("user", "f2", "乙", "FIN")
LAND = Party("user", "d1", "丙", "LAND")
TAX = Party("user", "t1", "丁", "TAX")
SYSTEM = Party("system", "clock", "系统")
OPENING: Mapping[str, Any] = {
    "number": NUMBER,
    "title": "示例",
    "centre": "CENTRE",
    "requester": {"kind": "enterprise", "id": "e1", "label": "示例企业"},
}


def label(text: str) -> dict[str, str]:
    return {"zh": text, "en": text}


def clock(limit: str, starts: str, stops: str, **more: Any) -> dict[str, Any]:
    return {
        "label": label("clock"),
        "limit": limit,
        "starts": [starts],
        "stops": [stops],
        "verified": "K",
        **more,
    }


CLOCKS: Mapping[str, Any] = {
    "respond": clock("1 working hour", "open", "accept", priority={"key": "30 working minutes"}),
    "resolve": clock(
        "5 workdays",
        "open",
        "propose",
        pausable=True,
        redo="resume",
        extension={"limit": "5 workdays", "times": 1, "ask_before": "1 workday"},
        priority={"key": "3 workdays"},
        colours={"yellow": 0.5, "orange": 0.75, "red": 1.0},
        reminders=[0.5, 0.8, 1.0],
    ),
}


def base_mapping() -> dict[str, Any]:
    """The shipped base as a mapping of its own, to be changed at will."""
    whole = Services.of(None).whole("base").without("extends", "abstract").data
    return {
        **whole,
        "id": "sample",
        "label": label("示例"),
        "number": {"scope": "OZ", "type": "QY"},
        "clocks": dict(CLOCKS),
        "escalation": [
            {"clock": "resolve", "after_share": 1.0, "to": "unit_head"},
            {"clock": "resolve", "after_share": 1.5, "to": "leader"},
        ],
        "routing": [{"when": {"topic": ["finance"]}, "unit": "FIN"}, {"default": "centre"}],
    }


def a_type(**changes: Any) -> CaseType:
    """The sample type with some top-level entries changed."""
    return case_type({**base_mapping(), **changes})


@cache
def sample() -> CaseType:
    return a_type()


def at(text: str) -> dt.datetime:
    """``at("02 09:30")``: that day of November 2026; a whole moment as it stands."""
    return dt.datetime.fromisoformat(text if len(text) > 9 else f"2026-11-{text}")


class History:
    """A case that is acted on line by line, as a test reads."""

    def __init__(self, type_: CaseType | None = None, worktime: Worktime = WORKTIME) -> None:
        self.type = type_ or sample()
        self.worktime = worktime
        self.events: list[Event] = []
        self.state: State | None = None

    def do(self, when: str, action: str, by: Party, **data: Any) -> State:
        event = Event(len(self.events) + 1, at(when), action, by, data)
        self.state = apply(self.type, self.state, event, self.worktime)
        self.events.append(event)
        return self.state

    def refused(self, when: str, action: str, by: Party, **data: Any) -> str:
        """The English reason why something is not possible; the state stays as it is."""
        before = self.state
        event = Event(len(self.events) + 1, at(when), action, by, data)
        with pytest.raises(Impossible) as error:
            apply(self.type, self.state, event, self.worktime)
        assert self.state is before
        assert error.value.seq == event.seq
        assert error.value.reason.zh != error.value.reason.en
        return error.value.reason.en

    def now(self) -> State:
        assert self.state is not None
        return self.state


def opened(type_: CaseType | None = None, when: str = "02 09:00", **data: Any) -> History:
    history = History(type_)
    history.do(when, "open", FIRM, **{**OPENING, **data})
    return history


def handled(type_: CaseType | None = None, **data: Any) -> History:
    """A case that FIN accepted on Monday 2 November 2026 at 10:00."""
    history = opened(type_, **{"unit": "FIN", **data})
    history.do("02 10:00", "accept", FIN)
    return history


def proposed(type_: CaseType | None = None) -> History:
    """A case that FIN says it has solved on Tuesday at 10:00."""
    history = handled(type_)
    history.do("03 10:00", "finish", FIN, text="已解决", evidence=["a"])
    return history
