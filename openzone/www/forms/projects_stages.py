"""Moving a project: forward with what proves it, back, out; its pauses and its lights."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.stages import next_stages, standing
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.projects import OfProject
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.suggestions import lines
from openzone.zone.projects.models import LightOverride, Pause
from openzone.zone.projects.packs import light_rules, pipeline_of
from openzone.zone.projects.selectors.standing import log_items

SET_BY_HAND = (Colour.GREEN, Colour.YELLOW, Colour.RED, Colour.BLUE)


class StepForm(OfProject):
    """A step of a project; ``seen`` is the last one its page had shown."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    on = DayField(label=_("Day"))

    def prepare(self) -> None:
        """Begin with today, and with what is known now."""
        self.fields["seen"].initial = self.project.last_seq
        self.fields["on"].initial = self.today


class EnterForm(StepForm):
    """The project comes to its next stage."""

    stage = forms.ChoiceField(label=_("Stage of the project"))
    field_order = ("stage", "on")

    def prepare(self) -> None:
        """Offer every stage ahead, the next one first: the service says what is in between."""
        super().prepare()
        pipeline, here = pipeline_of(self.project), self.project.stage or None
        ahead = [one.id for one in pipeline.stages]
        if here in pipeline:
            ahead = ahead[pipeline.index(str(here)) + (0 if self.project.left else 1) :]
        nearest = next_stages(pipeline, here)
        self.fields["stage"].initial = nearest[0] if nearest else None
        self.choose("stage", ((one, say(pipeline[one].label)) for one in ahead))


class BackForm(StepForm):
    """The project goes back."""

    to = forms.ChoiceField(label=_("Back to"), required=False)
    void = forms.TypedChoiceField(
        label=_("What happened"),
        coerce=lambda value: value == "mistake",
        choices=[
            ("really", _("It really fell back: what it had entered stays counted")),
            ("mistake", _("Entered by mistake: it is taken back and never counted")),
        ],
        initial="really",
    )
    reason = lines(3, label=_("Reason"), max_length=500)
    field_order = ("to", "void", "on", "reason")

    def prepare(self) -> None:
        """Offer the stages it was at, and nothing at all for what never should have begun."""
        super().prepare()
        pipeline = pipeline_of(self.project)
        been = standing(log_items(self.project.log.all())).first
        stages = [one for one in pipeline.stages if one.id in been]
        self.choose(
            "to",
            [*((one.id, say(one.label)) for one in reversed(stages)), ("", _("No stage at all"))],
        )


class LeaveForm(StepForm):
    """The project leaves the pipeline."""

    reason = forms.ChoiceField(label=_("Leaves because"))
    text = lines(3, label=_("In words"), max_length=500)
    field_order = ("reason", "text", "on")

    def prepare(self) -> None:
        """Offer the reasons of the pack."""
        super().prepare()
        exits = pipeline_of(self.project).exits
        self.choose("reason", ((name, say(label)) for name, label in exits.items()))


class PauseForm(OfProject):
    """Asking that work may rest."""

    begins = DayField(label=_("From"))
    until = DayField(label=_("Until"))
    reason = lines(3, label=_("Reason"), max_length=500)
    document_no = forms.CharField(label=_("Document number"), max_length=100, required=False)


class RulePauseForm(OfProject):
    """Agreeing to a pause, or not."""

    pause = RecordChoice(Pause.objects.none(), label=_("Pause"), empty_label=None)
    granted = forms.TypedChoiceField(
        label=_("Decision"), coerce=lambda value: value == "yes",
        choices=[("yes", _("Agree")), ("no", _("Refuse"))],
    )  # fmt: skip
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, help_text=_("Needed for a no.")
    )

    def prepare(self) -> None:
        """Offer what waits for an answer."""
        self.offer("pause", self.project.pauses.filter(granted__isnull=True))
        self.fields["pause"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{one.begins} – {one.until} · {one.asked_by}"
        )


class LightForm(OfProject):
    """A light set by hand."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    colour = forms.ChoiceField(label=_("Light"))
    reason = lines(3, label=_("Reason"), max_length=500)
    begins = DayField(label=_("From"))
    until = DayField(
        label=_("Until"), help_text=_("On this day it ends by itself, and the rule speaks again.")
    )

    def prepare(self) -> None:
        """Offer the rules of the zone and the colours people may set."""
        self.choose("rule", [("", _("Under every rule")), *_rules()])
        self.choose("colour", ((one.value, say(one.label)) for one in SET_BY_HAND))
        self.fields["begins"].initial = self.today


def _rules() -> list[tuple[str, Any]]:
    return [(name, say(rule.label)) for name, rule in light_rules().items()]


class ReleaseForm(OfProject):
    """Letting the rule speak again."""

    override = RecordChoice(LightOverride.objects.none(), label=_("Light"), empty_label=None)

    def prepare(self) -> None:
        """Offer what was set and is not taken back."""
        self.offer("override", self.project.overrides.filter(withdrawn_at__isnull=True))
        self.fields["override"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: f"{say(Colour(one.colour).label)} · {one.begins} – {one.until}"
        )
