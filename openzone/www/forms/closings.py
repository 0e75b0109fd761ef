"""Finishing a programme: what was achieved, and why each task that is not done goes on."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openzone.www.forms.facts import DayField
from openzone.www.forms.records import RecordChoice
from openzone.www.forms.suggestions import lines
from openzone.zone.reforms.enums import ProgrammeState
from openzone.zone.reforms.models import Programme, Task
from openzone.zone.reforms.services.closings import Carry


class ClosingForm(forms.Form):
    """The closing of a programme; a reason and a day for every task that is not done."""

    summary = lines(5, label=gettext_lazy("What was achieved"), max_length=4000)

    def __init__(self, programme: Programme, left: list[Task], *args: Any) -> None:
        super().__init__(*args)
        self.left = left
        others = Programme.objects.exclude(pk=programme.pk)
        if left:
            self.fields["into"] = RecordChoice(
                others.exclude(state=ProgrammeState.FINISHED), label=_("Next programme")
            )
        for task in left:
            label = _("Why it is not done: %(task)s") % {"task": task}
            self.fields[f"reason-{task.pk}"] = forms.CharField(label=label, max_length=500)
            self.fields[f"due-{task.pk}"] = DayField(
                label=_("New day of %(n)s") % {"n": task.number}
            )

    def carries(self) -> list[Carry]:
        """Return the tasks that go on."""
        return [self._carry(task) for task in self.left]

    def _carry(self, task: Task) -> Carry:
        given = self.cleaned_data
        day: dt.date = given[f"due-{task.pk}"]
        return Carry(task, given["into"], day, given[f"reason-{task.pk}"])


class ReopenForm(forms.Form):
    """Why a finished programme goes on."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500)
