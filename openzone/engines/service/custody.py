"""Who may hand papers to whom: one step forward along a chain, any number of steps back."""

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from openzone.engines.text import Text
from openzone.engines.worktime.calendar import WorkCalendar
from openzone.engines.worktime.due import due_moment
from openzone.engines.worktime.durations import Duration
from openzone.engines.worktime.receipt import ReceiptRule


class Holder(StrEnum):
    """Who can hold papers."""

    APPLICANT = "applicant"
    AGENT = "agent"
    COMMUNITY = "community"
    STREET = "street"
    RECEIVING = "receiving"
    COURIER = "courier"
    DECIDING = "deciding"


ASSISTED = (Holder.APPLICANT, Holder.AGENT, Holder.COMMUNITY, Holder.STREET)
"""近邻代办: the agent collects, the community and the street review, papers come back."""
CROSS_REGION = (Holder.APPLICANT, Holder.RECEIVING, Holder.COURIER, Holder.DECIDING)
"""异地代收代办: received here, sent, decided there."""


def why_not(chain: Sequence[Holder], giver: Holder, taker: Holder) -> Text | None:
    """Return why papers cannot go from one to the other, ``None`` if they can.

    A step is never skipped on the way forward: whoever is left out would have signed for nothing.
    """
    if giver not in chain or taker not in chain:
        return Text("不在交接链条中", "not on the chain of custody")
    if giver is taker:
        return Text("不能交接给自己", "papers are not handed to oneself")
    if chain.index(taker) > chain.index(giver) + 1:
        return Text("不能跳过中间环节", "a link of the chain cannot be skipped")
    return None


def keep_until(
    since: dt.datetime, limit: Duration, calendar: WorkCalendar, rule: ReceiptRule
) -> dt.datetime:
    """Return until when originals may stay with a holder; moments are local."""
    return due_moment(since, limit, calendar, rule)
