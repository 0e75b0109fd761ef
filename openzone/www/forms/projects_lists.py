"""What boards and lists of projects are narrowed by, and the days of a summary."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.projects.light_model import Colour
from openzone.engines.projects.pipeline import Pipeline
from openzone.engines.projects.sizes import BELOW, UNKNOWN
from openzone.packs.pipelines import DEFAULT
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.zone.people.models import Unit
from openzone.zone.projects.enums import Origin, Sector
from openzone.zone.projects.models import Project
from openzone.zone.projects.packs import (
    channel_title,
    channels,
    grades,
    light_rules,
    pipeline,
    pipeline_names,
)
from openzone.zone.projects.selectors.leadtimes import points
from openzone.zone.projects.selectors.listing import LEFT, Filter, latest_month
from openzone.zone.projects.selectors.statistics import live
from openzone.zone.registry.models import Place

ALL = ("", _("All"))
OUTCOMES = (
    ("met", _("conditions met")),
    ("unknown", _("not known yet")),
    ("not_met", _("conditions not met")),
)
SORTS = (
    ("new", _("Newest first")),
    ("total", _("Largest first")),
    ("since", _("Moved last first")),
)


def pipelines() -> list[tuple[str, str]]:
    """Return the pipelines of the zone in words, the usual one first."""
    names = sorted(pipeline_names(), key=lambda name: name != DEFAULT)
    return [(name, say(pipeline(name).label)) for name in names]


class PipelineForm(forms.Form):
    """Which pipeline a page is about; the first one unless another is asked for."""

    pipeline = forms.ChoiceField(label=_("Pipeline"), required=False)

    def __init__(self, data: QueryDict, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        self.fields["pipeline"].choices = pipelines()  # type: ignore[attr-defined]

    def pipeline_name(self) -> str:
        """Return the id of the pipeline."""
        asked = self.data.get("pipeline", "")
        names = [name for name, _label in pipelines()]
        return asked if asked in names else names[0]

    @property
    def chosen_pipeline(self) -> Pipeline:
        """The pipeline itself."""
        return pipeline(self.pipeline_name())


class ProjectFilter(PipelineForm):
    """The filters of a list, all optional."""

    text = forms.CharField(label=_("Words, or the number"), required=False, max_length=60)
    stage = forms.ChoiceField(label=_("Stage of the project"), required=False)
    place = RecordChoice(
        Place.objects.order_by("code"), label=_("Place"), required=False, empty_label=_("All")
    )
    unit = RecordChoice(
        Unit.objects.order_by("code"), label=_("Lead unit"), required=False, empty_label=_("All")
    )
    size = forms.ChoiceField(label=_("Size of the investment"), required=False)
    origin = forms.ChoiceField(label=_("Origin"), required=False, choices=[ALL, *Origin.choices])
    sector = forms.TypedChoiceField(
        label=_("Sector"), required=False, coerce=int, empty_value=None,
        choices=[ALL, *Sector.choices],
    )  # fmt: skip
    rule = forms.ChoiceField(label=_("Rule of the light"), required=False)
    light = forms.ChoiceField(label=_("Light"), required=False)
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=SORTS)

    def __init__(self, data: QueryDict, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        found = self.chosen_pipeline
        sizes = [(one.id, say(one.label)) for one in found.sizes]
        self._offer("stage", [*((one.id, say(one.label)) for one in found.stages),
                              (LEFT, gettext("Left the pipeline"))])  # fmt: skip
        self._offer("size", [(BELOW, gettext("Below the least size")), *sizes,
                             (UNKNOWN, gettext("Size not known"))])  # fmt: skip
        self._offer("rule", [(name, say(rule.label)) for name, rule in light_rules().items()])
        self._offer("light", [(one.value, say(one.label)) for one in Colour])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A light is a light under a rule."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("light") and not given.get("rule"):
            raise ValidationError(gettext("Choose the rule of the light as well."))
        return given

    def chosen(self, today: dt.date) -> Filter:
        """Return the filter of a valid form; lights are those of the last month that has any."""
        given = self.cleaned_data
        place, unit = given["place"], given["unit"]
        return Filter(
            text=given["text"], pipeline=self.pipeline_name(), stage=given["stage"],
            place=place.pk if place else None, unit=unit.pk if unit else None,
            size=given["size"], origin=given["origin"], sector=given["sector"],
            rule=given["rule"], light=given["light"], sort=given["sort"] or "new",
            month=latest_month(given["rule"], today) if given["rule"] else None,
        )  # fmt: skip


class SpanForm(PipelineForm):
    """The days a summary speaks of: this year up to today unless others are asked for."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        """The first day is not after the last."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = given.get("first"), given.get("last")
        if first and last and first > last:
            raise ValidationError(gettext("The first day is after the last."))
        return given

    def span(self, today: dt.date) -> tuple[dt.date, dt.date]:
        """Return the days of a form; of one that is wrong, the usual ones."""
        given = self.cleaned_data if self.is_valid() else {}
        last = given.get("last") or today
        return given.get("first") or min(last, last.replace(month=1, day=1)), last


class FiguresForm(SpanForm):
    """A period, and perhaps only projects of an industry: C is manufacturing, C38 a part of it."""

    industry = forms.RegexField(
        r"^[A-Ta-t]\d{0,4}$", label=_("Industry code, such as C or C38"), required=False,
        max_length=5,
    )  # fmt: skip

    def chosen_industry(self) -> str:
        """Return the industry that was asked for; of a form that is wrong, none."""
        return str(self.cleaned_data.get("industry", "")).upper() if self.is_valid() else ""


class LeadTimeForm(PipelineForm):
    """Between which two points time is measured, and which project is set against the others."""

    start = forms.ChoiceField(label=_("From this point"), required=False)
    end = forms.ChoiceField(label=_("To this point"), required=False)
    project = RecordChoice(
        Project.objects.none(), label=_("Project to compare"), required=False,
        widget=forms.HiddenInput,
    )  # fmt: skip
    months = forms.IntegerField(
        required=False, min_value=0, max_value=1200, widget=forms.HiddenInput
    )

    def __init__(self, mine: QuerySet[Project], data: QueryDict, *args: Any, **more: Any) -> None:
        super().__init__(data, *args, **more)
        self.fields["project"].queryset = mine  # type: ignore[attr-defined]
        known = points(live(self.pipeline_name()), self.pipeline_name())
        choices = [("", "—"), *((one, say(label)) for one, label in known.items())]
        for name in ("start", "end"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Both points, or none; and not twice the same."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if bool(start) != bool(end):
            raise ValidationError(gettext("Choose both points."))
        if start and start == end:
            raise ValidationError(gettext("Choose two different points."))
        return given


class PoolFilter(PipelineForm):
    """What the lists of the pools are narrowed by."""

    text = forms.CharField(label=_("Words, or the number"), required=False, max_length=60)
    grade = forms.ChoiceField(label=_("Grade of the reserve"), required=False)
    channel = forms.ChoiceField(label=_("Channel of funds"), required=False)
    outcome = forms.ChoiceField(
        label=_("Result of the match"), required=False,
        choices=[ALL, *OUTCOMES],
    )  # fmt: skip

    def __init__(self, data: QueryDict, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        graded = [(one.id, say(one.label)) for one in reversed(grades())]
        self._offer("grade", [*graded, ("ungraded", gettext("Below the lowest grade"))])
        self._offer("channel", [(name, say(channel_title(name))) for name in channels()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [ALL, *choices]  # type: ignore[attr-defined]
