"""Reform programmes: setting up, reporting, checking, more time."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice, RecordChoices
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.www.forms.suggestions import lines
from openzone.zone.people.models import Unit
from openzone.zone.reforms.models import Area, Programme, Task
from openzone.zone.reforms.packs import pack
from openzone.zone.reforms.selectors.lights import DONE, DONE_TEXT
from openzone.zone.reforms.selectors.tasks import Filter

ANY = ("", _("Any"))
COLOURS = {
    "red": _("Red"),
    "orange": _("Orange"),
    "yellow": _("Yellow"),
    "green": _("Green"),
    DONE: _("Done"),
}


class ProgrammeForm(forms.Form):
    """A programme to be prepared."""

    title = forms.CharField(label=_("Title"), max_length=160)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    first_on = DayField(label=_("From"))
    last_on = DayField(label=_("To"))


class AreaForm(forms.Form):
    """A field of a programme."""

    title = forms.CharField(label=_("Area"), max_length=100)


class TaskForm(forms.Form):
    """A task."""

    area = RecordChoice(Area.objects.none(), label=_("Area"), empty_label=None)
    number = forms.CharField(label=_("Number"), max_length=16)
    title = forms.CharField(label=_("Task"), max_length=200)
    content = lines(3, label=_("What is to be done"), max_length=4000, required=False)
    lead = UnitField(label=_("Lead unit"))
    assisting = RecordChoices(
        Unit.objects.order_by("code"),
        label=_("Assisting units"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )
    owner = MemberField(label=_("Responsible person"), required=False)
    due_on = DayField(label=_("Due"))
    weight = forms.DecimalField(label=_("Weight"), max_digits=6, decimal_places=2, initial=1)

    def __init__(self, programme: Programme, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["area"].queryset = programme.areas.all()  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A sub-task or milestone."""

    title = forms.CharField(label=_("Sub-task or milestone"), max_length=200)
    due_on = DayField(label=_("Due"))
    unit = UnitField(label=_("Unit"), required=False)


class StepDoneForm(forms.Form):
    """What proves that a step is done."""

    proof = forms.CharField(label=_("What proves it"), max_length=300)


class OwnerForm(forms.Form):
    """Who is responsible from now on."""

    owner = MemberField(label=_("Responsible person"))

    def __init__(self, task: Task, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].of(task.lead)  # type: ignore[attr-defined]


class ReportForm(forms.Form):
    """How far a task is."""

    percent = forms.IntegerField(
        label=_("Progress (%)"),
        min_value=0,
        max_value=100,
        help_text=_("100 asks for the closing of the task."),
    )
    text = lines(4, label=_("What was achieved"), max_length=4000)
    evidence = forms.CharField(
        label=_("What proves it"),
        max_length=500,
        help_text=_("A document number, a link, where the paper is kept."),
    )


class VerdictForm(forms.Form):
    """A yes or a no, the no with its reason."""

    yes = forms.TypedChoiceField(label=_("Decision"), coerce=lambda value: value == "yes")
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, help_text=_("Needed for a no.")
    )

    def __init__(self, yes: str, no: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["yes"].choices = [("yes", yes), ("no", no)]  # type: ignore[attr-defined]


class ExtensionForm(forms.Form):
    """More time."""

    to_on = DayField(label=_("New day"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class TaskFilter(forms.Form):
    """The filters of a task list, all optional."""

    area = forms.TypedChoiceField(label=_("Area"), required=False, coerce=int, empty_value=None)
    unit = forms.ChoiceField(label=_("Lead unit"), required=False)
    light = forms.ChoiceField(label=_("Light"), required=False, choices=[ANY, *COLOURS.items()])
    text = forms.CharField(label=_("Words, or the number"), required=False, max_length=60)
    reported = forms.ChoiceField(
        label=_("Reported"),
        required=False,
        choices=[ANY, ("yes", _("Yes")), ("no", _("No"))],
    )

    def __init__(self, programme: Programme, data: Any) -> None:
        super().__init__(data)
        units = Unit.objects.filter(reform_tasks__area__programme=programme).distinct()
        self.fields["area"].choices = [  # type: ignore[attr-defined]
            ANY,
            *((one.pk, one.title) for one in programme.areas.all()),
        ]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ANY,
            *((one.code, one.name) for one in units.order_by("code")),
        ]

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        return Filter(**self.cleaned_data)


class UploadForm(forms.Form):
    """A task list."""

    file = forms.FileField(label=_("Spreadsheet"))


def light_rules() -> list[tuple[str, str]]:
    """Return the lights of the pack in their order, as the page explains them."""
    shown = [(one.id, say(one.text.text)) for one in pack().lights]
    return [*shown, (DONE, say(DONE_TEXT))]
