"""A case as its page shows it: to people of the zone, and to who asked."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from openzone.engines.cases.fields import Field, FieldKind
from openzone.engines.cases.fold import settle
from openzone.engines.cases.model import Action, Verb
from openzone.engines.cases.state import REQUESTER, State
from openzone.engines.text import Text
from openzone.www.cases import acts, asks, clocks, holders, words
from openzone.www.cases.acts import Offer
from openzone.www.cases.asking import Moment
from openzone.www.cases.timeline import EventLine, Teller
from openzone.www.formats import money, say
from openzone.zone.cases.folding import event_of, state_of
from openzone.zone.cases.models import Attachment, Case, CaseEvent
from openzone.zone.cases.packs import type_of, worktime
from openzone.zone.cases.permissions import may_see_contact
from openzone.zone.cases.selectors.offers import offers
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.people.models import User
from openzone.zone.registry.models import Place


class CaseView:
    """Everything a page shows of one case at one moment."""

    def __init__(self, case: Case, user: User, now: Moment, *, inside: bool) -> None:
        self.case, self.user, self.now, self.inside = case, user, now, inside
        self.type = type_of(case.version)
        self.events: Sequence[CaseEvent] = list(case.events.order_by("seq"))
        self.files = list(case.attachments.order_by("pk"))

    @cached_property
    def state(self) -> State:
        """What the events add up to now."""
        folded = state_of(self.case, [event_of(row) for row in self.events])
        return settle(folded, self.now.local, worktime())

    @cached_property
    def names(self) -> dict[str, str]:
        """The units' names by code."""
        return holders.unit_names()

    @cached_property
    def _answers(self) -> list[tuple[Action, bool, Text]]:
        """What each action is to the person, in the best of their roles."""
        found = offers(self.user, self.case, self.now.aware, self.now.day, self.state)
        return [
            (offer.action, offer.allowed, offer.reason)
            for offer in found
            if offer.action.verb is not Verb.TAKE_IN
        ]

    @cached_property
    def offers(self) -> list[Offer]:
        """The actions possible now, the one that moves the case on first."""
        may = [(action, reason) for action, allowed, reason in self._answers if allowed]
        listed = [(a, r) for a, r in may if a.verb not in asks.ELSEWHERE]
        key = acts.order(self.type, self.state.clocks.values())
        ranked = sorted(listed, key=lambda one: key(one[0]))
        return [
            Offer(a, a.label, r, number == 0 and acts.leads(self.type, self.state, a))
            for number, (a, r) in enumerate(ranked)
        ]

    @cached_property
    def groups(self) -> list[acts.Group]:
        """The same actions in their groups."""
        return acts.grouped(self.type, self.offers)

    @cached_property
    def may(self) -> frozenset[Verb]:
        """The verbs possible now, those with pages of their own too."""
        return frozenset(action.verb for action, allowed, _ in self._answers if allowed)

    @cached_property
    def refused(self) -> list[Offer]:
        """The actions of one's roles that are not possible now, each with the reason."""
        return [
            Offer(action, action.label, reason, False)
            for action, allowed, reason in self._answers
            if not allowed
        ]

    @cached_property
    def clocks(self) -> list[clocks.ClockLine]:
        """The clocks drawn."""
        return [
            clocks.drawn(clock, self.type, self.now.local, worktime())
            for clock in self.state.clocks.values()
        ]

    @cached_property
    def held(self) -> holders.Held:
        """Whose minutes they were."""
        return holders.held(self.state.stretches, worktime().calendar, self.now.local, self.names)

    @cached_property
    def timeline(self) -> list[EventLine]:
        """What happened, the last first."""
        return Teller(self.type, self.events, inside=self.inside).lines(self.files_shown)

    @cached_property
    def files_shown(self) -> list[Attachment]:
        """The papers the reader may open: who asked sees their own and the results."""
        if self.inside:
            return self.files
        mine = {e.seq for e in self.events if e.by_kind == "requester" or e.seq == 1}
        told = {e.seq for e in self.events if self.type.actions[e.action].verb in _TOLD}
        return [file for file in self.files if file.seq in mine | told]

    @cached_property
    def sees_contact(self) -> bool:
        """Whether the reader sees telephone and sensitive answers without asking."""
        return may_see_contact(self.user, self.case, self.now.day).allowed

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield the answers of the type's form in words; sensitive ones to the parties only."""
        for field in self.type.form:
            value = self.case.fields.get(field.id)
            if value in (None, "", []) or field.kind is FieldKind.FILE:
                continue
            if field.sensitive and not self.sees_contact:
                yield say(field.label), "****"
            else:
                yield say(field.label), answer_word(field, value)

    def _holder(self) -> str:
        holder = self.state.holder or ""
        if holder == REQUESTER and not self.inside:
            return gettext("you")
        return holders.holder_word(holder, self.names)

    def context(self) -> dict[str, Any]:
        """Return what both pages show."""
        case, state, proposal = self.case, self.state, self.state.proposal
        return {
            "case": case,
            "type_label": say(self.type.label),
            "stage": words.stage_word(_settled(case, state), public=not self.inside),
            "outcome": words.outcome_word(self.type, case.outcome),
            "pending": words.pending_words(case),
            "holder": self._holder(),
            "held_since": state.held_since if state.holder else None,
            "due": words.due(case, self.now.aware),
            "held": self.held,
            "clocks": self.clocks,
            "answers": list(self.answers()),
            "files_of_request": [file for file in self.files_shown if file.seq == 1],
            "proposal": proposal and {
                "outcome": words.outcome_word(self.type, proposal.outcome),
                "unit": self.names.get(proposal.unit or "", ""),
                "at": proposal.at,
                "text": proposal.text,
            },
            "satisfaction": state.satisfaction,
            "events": self.timeline,
            "topic": words.topic_word(case),
        }  # fmt: skip


_TOLD = frozenset({Verb.ANSWER, Verb.PROPOSE, Verb.ASK_REQUESTER, Verb.CLOSE})


def _settled(case: Case, state: State) -> Case:
    """Return the case at the stage of a state; the row may be a moment behind."""
    case.stage = state.stage
    return case


def answer_word(field: Field, value: Any) -> str:
    """Write an answer as its field words it."""
    labels = {choice.id: say(choice.label) for choice in field.choices}
    if isinstance(value, list):
        return "、".join(labels.get(str(one), str(one)) for one in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if field.kind is FieldKind.MONEY:
        return money(value)
    if field.kind is FieldKind.PLACE:
        place = Place.objects.filter(code=value).first()
        return place.name if place else str(value)
    if field.kind is FieldKind.ITEM:
        item = ServiceItem.objects.filter(code=value).first()
        return item.name if item else str(value)
    return labels.get(str(value), str(value))
