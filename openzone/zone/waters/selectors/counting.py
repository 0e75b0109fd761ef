"""The counters of joint work in a period, and the sentence a report says them with."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from openzone.engines.text import Text
from openzone.zone.projects.permissions import Visitor
from openzone.zone.waters.enums import CampaignState, EntryState, Kind
from openzone.zone.waters.models import LogEntry
from openzone.zone.waters.selectors.register import campaigns, log

SAID = Text(
    "{first}至{last}：联合监测{campaigns}次（双方已确认{approved}次），联合巡河{patrol}次，"
    "交换水质信息{exchange}次，联合实施应急处置{incident}次，预警调度{dispatch}次"
    "（其中洪水过境{flood}次，{casualties}）。以上记录中对方已确认{confirmed}条，待确认{waiting}条。",
    "{first} to {last}: {campaigns} joint campaigns ({approved} approved by both sides), {patrol} "
    "joint patrols, {exchange} exchanges of water quality, {incident} emergencies handled "
    "together, {dispatch} warnings and dispatches ({flood} floods; {casualties}). The other side "
    "confirmed {confirmed} of these entries, {waiting} wait for it.",
)
NOT_KNOWN = Text("{n}次未登记伤亡情况", "casualties of {n} not on record")
COUNTED = Text("伤亡{n}人", "{n} casualties")


class Counted(NamedTuple):
    """An entry of the log by kind, and how many of them the other side confirmed."""

    kind: Kind
    total: int
    confirmed: int


class Counters(NamedTuple):
    """What both sides did from ``first`` to ``last``, both days included."""

    first: dt.date
    last: dt.date
    kinds: tuple[Counted, ...]
    campaigns: int
    approved: int
    floods: int
    casualties: int
    unknown: int

    def of(self, kind: str) -> Counted:
        """Return one kind."""
        return next(one for one in self.kinds if one.kind == kind)

    @property
    def sentence(self) -> Text:
        """What a report says."""
        said = {one.kind.value: one.total for one in self.kinds}
        confirmed = sum(one.confirmed for one in self.kinds)
        rest = {
            "first": self.first, "last": self.last, "campaigns": self.campaigns,
            "approved": self.approved, "flood": self.floods, "confirmed": confirmed,
            "waiting": sum(said.values()) - confirmed,
        }  # fmt: skip
        hurt = (
            NOT_KNOWN.format(n=self.unknown) if self.unknown else COUNTED.format(n=self.casualties)
        )
        return Text(SAID.zh.format(**said, **rest, casualties=hurt.zh),
                    SAID.en.format(**said, **rest, casualties=hurt.en))  # fmt: skip


def in_period(rows: "QuerySet[LogEntry]", first: dt.date, last: dt.date) -> "QuerySet[LogEntry]":
    """Return the rows behind a counter: of the period, without what was withdrawn.

    An emergency was handled together where both sides have a measure in it.
    """
    found = rows.filter(on__range=(first, last)).exclude(state=EntryState.WITHDRAWN)
    joint = found.annotate(taking_part=Count("measures__side", distinct=True))
    alone = Q(kind=Kind.INCIDENT) & Q(taking_part__lt=2)
    return joint.exclude(alone).order_by("-on", "-id")


def counters(user: Visitor, on: dt.date, first: dt.date, last: dt.date) -> Counters:
    """Return the counters of what somebody may see."""
    kinds = []
    for kind in Kind:
        rows = in_period(log(user, on, kind), first, last)
        states = list(rows.values_list("state", flat=True))
        kinds.append(Counted(kind, len(states), states.count(EntryState.CONFIRMED)))
    held = campaigns(user, on).exclude(state=CampaignState.CANCELLED)
    of_period = held.filter(planned__sample_on__range=(first, last)).distinct()
    floods = list(
        in_period(log(user, on, Kind.DISPATCH), first, last)
        .filter(term="flood").values_list("casualties", flat=True)
    )  # fmt: skip
    return Counters(
        first, last, tuple(kinds), of_period.count(),
        of_period.filter(state=CampaignState.APPROVED).count(), len(floods),
        sum(one for one in floods if one is not None), floods.count(None),
    )  # fmt: skip
