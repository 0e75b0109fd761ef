"""The form of one action on one case: what the verb asks, with answers this case can take."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from openzone.engines.cases.fields import Field, FieldKind, check
from openzone.engines.cases.model import Action, CaseType, Verb
from openzone.engines.cases.state import State
from openzone.engines.cases.verbs.extending import extendable
from openzone.engines.worktime.localtime import to_local
from openzone.www.cases import asks
from openzone.www.formats import say
from openzone.www.forms.casefields import CaseFieldsForm
from openzone.www.forms.moments import MomentField
from openzone.zone.cases.packs import worktime
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Membership, Unit, User
from openzone.zone.people.selectors import on_day

Pairs = Sequence[tuple[str, str]]
STARS = tuple((str(n), f"{n} {'★' * n}") for n in range(5, 0, -1))


class ActionForm(CaseFieldsForm):
    """What somebody says with an action; ``seen`` is the last event their page had shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, action: Action, type_: CaseType, state: State | None, on: dt.date,
        *args: Any, **options: Any,
    ) -> None:  # fmt: skip
        self.action, self.type, self.state = action, type_, state
        fields = asks.fields_of(action, type_)
        offered = Sources(action.verb, type_, state, on).of(fields)
        super().__init__(fields, *args, sources=offered, **options)
        for name, spec in self.specs.items():
            if spec.id in asks.MOMENTS and spec.kind is FieldKind.TEXT:
                self.fields[name] = MomentField(label=say(spec.label), required=False)
            if spec.id in asks.MARKS:
                self.fields[name].widget = forms.RadioSelect(choices=STARS)

    def data_of_event(self) -> dict[str, Any] | None:
        """Return what the event says; ``None`` where an answer is wrong, with its reason shown."""
        given = self.answers()
        moments = {name: given.pop(name) for name in asks.MOMENTS & given.keys()}
        plain = tuple(one for one in self.specs.values() if one.id not in moments)
        choices = tuple(_open(one) for one in plain)
        clean, problems = check(choices, given)
        missing = [one for one in problems if one.field not in asks.MOMENTS or not moments]
        self.show(missing)
        if missing or not self.is_valid():
            return None
        papers = {one.id for one in plain if one.kind is FieldKind.FILE}
        said = {name: value for name, value in clean.items() if name not in papers}
        return {**{name: _typed(name, value) for name, value in said.items()}, **_iso(moments)}


def _open(field: Field) -> Field:
    """Return a field that takes what a look-up offered: the zone knows more than the type."""
    if field.kind is FieldKind.CHOICES and not field.choices:
        return Field(field.id, field.label, FieldKind.ITEM, (), field.required, field.when)
    return field


def _typed(name: str, value: Any) -> Any:
    if name in asks.MARKS:
        return int(value)
    if name in asks.LINES:
        return [line.strip() for line in str(value).splitlines() if line.strip()]
    return value


def _iso(moments: Mapping[str, dt.datetime]) -> dict[str, str]:
    return {name: timezone.localtime(at).isoformat() for name, at in moments.items()}


class Sources:
    """The answers a case can take where a type cannot know them: units, people, clocks, tasks."""

    def __init__(self, verb: Verb, type_: CaseType, state: State | None, on: dt.date) -> None:
        self.verb, self.type, self.state, self.on = verb, type_, state, on

    def of(self, fields: Sequence[Field]) -> dict[str, Pairs]:
        """Return the answers by field, for those fields that have a list."""
        makers: Mapping[str, Callable[[], Pairs]] = {
            "unit": self._units, "units": self._units, "attended": self._units,
            "owner": self._units, "to": self._colleagues, "leader": self._leaders,
            "level": self._levels, "clock": self._clocks, "task": self._tasks,
            "meeting": self._meetings, "satisfied": lambda: STARS,
        }  # fmt: skip
        if self.type.pauses is not None and any(field is asks.PAUSE for field in fields):
            makers = {**makers, "reason": self._reasons}
        long = (FieldKind.LONG_TEXT, FieldKind.DATE)
        return {
            one.id: makers[one.id]() for one in fields if one.id in makers and one.kind not in long
        }

    def _units(self) -> Pairs:
        about = self.state.about_unit if self.state else None
        units = Unit.objects.exclude(code=about or "").order_by("code")
        return list(units.values_list("code", "name"))

    def _colleagues(self) -> Pairs:
        lead = self.state.lead if self.state else None
        held = Membership.objects.filter(on_day(self.on), unit__code=lead or "")
        return _people(User.objects.filter(is_active=True, memberships__in=held).distinct())

    def _leaders(self) -> Pairs:
        held = Membership.objects.filter(on_day(self.on), role=Role.LEADER)
        return _people(User.objects.filter(is_active=True, memberships__in=held).distinct())

    def _levels(self) -> Pairs:
        """Return priorities, or the steps of the ladder where an action goes up it."""
        if self.verb is Verb.ESCALATE:
            steps = dict.fromkeys(step.to for step in self.type.escalation)
            words = {"unit_head": _("head of the unit"), "leader": _("leader of the committee")}
            return [(step, words.get(step, step)) for step in steps or words]
        known = {name for clock in self.type.clocks.values() for name in clock.priority} or {"key"}
        return [(name, _("key enterprise") if name == "key" else name) for name in sorted(known)]

    def _clocks(self) -> Pairs:
        """Return the clocks that can still be extended, or those whose extension waits."""
        if self.state is None:
            return []
        if self.verb is Verb.ASK_EXTENSION:
            at = to_local(timezone.now())
            names = extendable(self.type, self.state, at, worktime())
        else:
            names = [one.clock for one in self.state.extensions]
        return [(name, say(self.type.clocks[name].label)) for name in names]

    def _tasks(self) -> Pairs:
        tasks = self.state.tasks if self.state else ()
        return [(one.id, one.what) for one in tasks if one.finished_at is None]

    def _meetings(self) -> Pairs:
        meetings = self.state.meetings if self.state else ()
        return [(one.id, one.at.strftime("%Y-%m-%d %H:%M")) for one in meetings]

    def _reasons(self) -> Pairs:
        rule = self.type.pauses
        return [(one.id, say(one.label)) for one in rule.reasons.values()] if rule else []


def _people(found: Any) -> Pairs:
    return [(str(user.pk), str(user)) for user in found.order_by("username")]
