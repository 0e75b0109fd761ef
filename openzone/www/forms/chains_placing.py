"""Where firms stand, what they are to a chain, and figures of links: one form for each."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.chains.model import Chain
from openzone.engines.rules.problems import PackError
from openzone.www.formats import say
from openzone.www.forms.cultivation import EnterpriseField
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import CompanyField
from openzone.www.forms.projects_lists import ALL
from openzone.www.forms.suggestions import lines
from openzone.zone.chains.enums import Band, PlacementMethod
from openzone.zone.chains.packs import figures_pack
from openzone.zone.chains.selectors.placements import PlacementFilter
from openzone.zone.chains.selectors.proposals import QueueFilter, equal_split
from openzone.zone.chains.selectors.versions import chain_ids, pack_on
from openzone.zone.projects.models import Project
from openzone.zone.promotion.models import Lead

Key = tuple[str, str]
M = TypeVar("M", Lead, Project)
HUNDRED = Decimal(100)
ROWS = 4
"""So many links of a firm one form asks for at least."""


def chains_on(on: dt.date) -> list[Chain]:
    """Return the chains that can be read on a day, by name."""
    found = []
    for name in chain_ids(on):
        try:
            found.append(pack_on(name, on).as_chain)
        except PackError:  # a file of the zone that has faults now: its own page says which
            continue
    return sorted(found, key=lambda chain: say(chain.name))


def node_choices(on: dt.date, chain: str = "") -> list[Any]:
    """Return every link to choose, under the name of its chain; the value is ``chain/node``."""
    return [
        (say(one.name), [(f"{one.id}/{node.id}", say(node.name)) for node in one.nodes.values()])
        for one in chains_on(on)
        if chain in ("", one.id)
    ]


def key_of(value: str) -> Key:
    """Return the chain and the node of a choice."""
    chain, _slash, node = value.partition("/")
    return chain, node


class ChainForm(forms.Form):
    """A form with a choice of chains, as they are on a day."""

    any_chain: tuple[str, Any] = ALL
    chain = forms.ChoiceField(label=_("Chain"), required=False)

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        names = [(one.id, say(one.name)) for one in chains_on(on)]
        self.fields["chain"].choices = [self.any_chain, *names]  # type: ignore[attr-defined]


class PlacementsForm(ChainForm):
    """What the list of placements is narrowed by."""

    node = forms.ChoiceField(label=_("Link of the chain"), required=False)
    method = forms.ChoiceField(
        label=_("How"), required=False, choices=[ALL, *PlacementMethod.choices]
    )
    text = forms.CharField(label=_("Enterprise"), required=False, max_length=100)

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(on, *args, **options)
        self.fields["node"].choices = [ALL, *node_choices(on)]  # type: ignore[attr-defined]

    def chosen(self) -> PlacementFilter:
        """Return the filter; a link says its chain too."""
        given = self.cleaned_data
        chain, node = key_of(given["node"])
        return PlacementFilter(chain or given["chain"], node, given["method"], given["text"])


class QueueForm(ChainForm):
    """What the queue is narrowed by."""

    band = forms.ChoiceField(label=_("Band"), required=False, choices=[ALL, *Band.choices])
    least = forms.FloatField(
        label=_("Score from"), required=False, min_value=0, max_value=1,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )  # fmt: skip

    def chosen(self) -> QueueFilter:
        """Return the filter."""
        given = self.cleaned_data
        return QueueFilter(given["chain"], given["band"], given["least"])


class ClearForm(ChainForm):
    """From which score on clear proposals of a chain are confirmed at once."""

    any_chain = ("", "—")
    least = forms.FloatField(
        label=_("Score from"), min_value=0, max_value=1, initial=0.6,
        widget=forms.NumberInput(attrs={"step": "0.05"}),
    )  # fmt: skip

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(on, *args, **options)
        self.fields["chain"].required = True


class RunForm(ChainForm):
    """Which firms are read against which chain."""

    any_chain = ("", _("All chains"))
    only_changed = forms.BooleanField(
        label=_("Only firms of which something changed since the last time"), required=False,
        initial=True,
    )  # fmt: skip


class SharesForm(forms.Form):
    """All links of a firm over all chains, with their shares in per cent: together 100."""

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        given: Mapping[Key, Decimal] = options.pop("parts", {})
        super().__init__(*args, **options)
        choices = [("", "—"), *node_choices(on)]
        known = list(given.items())
        self.rows = max(ROWS, len(known) + 2)
        for number in range(1, self.rows + 1):
            key, share = known[number - 1] if number <= len(known) else (None, None)
            self.fields[f"node_{number}"] = forms.ChoiceField(
                label=_("Link %(n)s") % {"n": number}, required=False, choices=choices,
                initial="/".join(key) if key else "",
            )  # fmt: skip
            self.fields[f"share_{number}"] = forms.DecimalField(
                label=_("Share (%)"), required=False, min_value=Decimal(0), max_value=HUNDRED,
                max_digits=9, decimal_places=6, initial=percent(share) if share else None,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Return the links as ``parts``; without any share they are shared evenly."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        parts: dict[Key, Decimal | None] = {}
        for number in range(1, self.rows + 1):
            node, share = given.pop(f"node_{number}", ""), given.pop(f"share_{number}", None)
            if share and not node:
                self.add_error(f"node_{number}", gettext("Choose the link of this share."))
            if node:
                if key_of(node) in parts:
                    self.add_error(f"node_{number}", gettext("This link is chosen twice."))
                parts[key_of(node)] = None if share is None else share / HUNDRED
        given["parts"] = self._shared(parts)
        return given

    def _shared(self, parts: dict[Key, Decimal | None]) -> dict[Key, Decimal]:
        stated = {key: share for key, share in parts.items() if share is not None}
        if stated and len(stated) < len(parts):
            message = gettext("Give the share of every link, or of none to share evenly.")
            raise ValidationError(message)
        return stated or equal_split(list(parts))


class StandForm(SharesForm):
    """Where a firm stands from a day on."""

    valid_from = DayField(label=_("From"))
    source = forms.CharField(label=_("What it rests on"), max_length=300, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class CorrectForm(SharesForm):
    """Where a firm stood is written down wrongly."""

    on = DayField(
        label=_("On the day"), help_text=_("What is said to hold on this day is put right.")
    )
    reason = lines(2, label=_("Reason"), max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class EndForm(forms.Form):
    """A day something ends with, and why."""

    on = DayField(label=_("From"), help_text=_("The first day on which it no longer holds."))
    reason = lines(2, label=_("Reason"), max_length=300)


class LeaveForm(EndForm):
    """A firm stands nowhere any more; ``seen`` is the last change the person saw."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class WhyForm(forms.Form):
    """Why something is taken back."""

    reason = lines(2, label=_("Reason"), max_length=300)


class RejectForm(forms.Form):
    """Why a firm stands nowhere in a chain, if somebody says."""

    reason = forms.CharField(max_length=300, required=False)


class RoleForm(ChainForm):
    """A firm is named leader of a chain, or supports one."""

    any_chain = ("", "—")
    enterprise = EnterpriseField()
    leader = CompanyField(label=_("Leader it supports"), required=False)
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    issued_by = forms.CharField(label=_("Issued by"), max_length=200, required=False)
    valid_from = DayField(label=_("From"))
    remark = lines(2, label=_("Remark"), max_length=500, required=False)
    field_order = ("chain", "enterprise", "leader", "document_no", "document", "issued_by")

    def __init__(self, on: dt.date, *args: Any, is_leader: bool = True, **options: Any) -> None:
        super().__init__(on, *args, **options)
        self.fields["chain"].required = True
        if is_leader:
            del self.fields["leader"]
        else:
            self.fields["leader"].required = True
        for name in ("document_no", "document", "issued_by"):
            self.fields[name].required = is_leader


class BroughtForm(forms.Form):
    """A leader brought a lead or a project."""

    lead = forms.CharField(label=_("Number of the lead"), max_length=40, required=False)
    project = forms.CharField(label=_("Number of the project"), max_length=40, required=False)
    on = DayField(label=_("Day"))
    how = forms.CharField(label=_("How"), max_length=300)

    def clean_lead(self) -> Lead | None:
        """Find the lead."""
        number = self.cleaned_data["lead"].strip()
        return _known(Lead.objects.filter(number=number).first(), number)

    def clean_project(self) -> Project | None:
        """Find the project."""
        number = self.cleaned_data["project"].strip()
        return _known(Project.objects.filter(number=number).first(), number)


def _known(found: M | None, number: str) -> M | None:
    if number and found is None:
        raise ValidationError(gettext("Nothing has the number “%s”.") % number)
    return found if number else None


class FigureForm(forms.Form):
    """A figure of a link as it was published."""

    node = forms.ChoiceField(label=_("Link of the chain"))
    enterprise = CompanyField(
        label=_("Enterprise"), required=False, help_text=_("Empty for the whole link.")
    )
    kind = forms.ChoiceField(label=_("Figure"))
    qualifier = forms.ChoiceField(label=_("Word beside it"), required=False)
    value = forms.DecimalField(
        label=_("Value"), min_value=Decimal(0), max_digits=20, decimal_places=6
    )
    unit = forms.ChoiceField(label=_("Unit"))
    period = forms.CharField(
        label=_("Period"), max_length=10, help_text=_("2025, 2025H1, 2025Q3 or 2025-06.")
    )
    source = forms.CharField(label=_("Source"), max_length=300)
    published_on = DayField(label=_("Date of the source"))

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        pack = figures_pack()
        words = [("", "—"), *((one.id, say(one.label.text)) for one in pack.qualifiers[1:])]
        choices = {
            "node": [("", "—"), *node_choices(on)],
            "kind": [("", "—"), *((one.id, say(one.label.text)) for one in pack.kinds)],
            "unit": [("", "—"), *((one.id, say(one.label.text)) for one in pack.units)],
            "qualifier": words,
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return the chain and the node apart."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["chain"], given["node"] = key_of(given.get("node", ""))
        return given


class LaterFigureForm(FigureForm):
    """A later figure of the same thing takes the place of one on record."""

    reason = lines(2, label=_("Reason"), max_length=300)
    field_order = ("qualifier", "value", "unit")

    def __init__(self, on: dt.date, *args: Any, **options: Any) -> None:
        super().__init__(on, *args, **options)
        for name in ("node", "enterprise", "kind", "period"):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """What it speaks of is what it takes the place of."""
        given: dict[str, Any] = forms.Form.clean(self) or self.cleaned_data
        return given


class SheetForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("File"))


def percent(share: Decimal) -> str:
    """Write a share in per cent, exactly."""
    return f"{(share * HUNDRED).normalize():f}"
