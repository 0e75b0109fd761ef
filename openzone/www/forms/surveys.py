"""Opening a survey, answering one, writing down a call."""

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.zone.surveys.models import Survey
from openzone.zone.surveys.packs import pack
from openzone.zone.surveys.selectors.forms import form_of, scale_of


def quarterly() -> list[tuple[str, str]]:
    """Return the forms that are put to many each quarter."""
    return [(one.id, say(one.title.text)) for one in pack().forms if one.when == "quarter"]


class OpenSurveyForm(forms.Form):
    """Which form, and a day of the quarter it is about."""

    form = forms.ChoiceField(label=_("Form"), choices=quarterly)
    day = DayField(label=_("A day of the quarter"), initial=timezone.localdate)


class AnswerForm(forms.Form):
    """The questions of a survey, one choice each, and room for words."""

    def __init__(self, survey: Survey, data: QueryDict | None = None) -> None:
        super().__init__(data)
        grades = [(one.id, say(one.title.text)) for one in scale_of(survey).grades]
        for question in form_of(survey).questions:
            self.fields[question.id] = forms.ChoiceField(
                label=say(question.text.text),
                choices=grades,
                widget=forms.RadioSelect,
                required=question.required,
            )
        self.names = [question.id for question in form_of(survey).questions]
        self.fields["remark"] = forms.CharField(
            label=_("Remark"),
            max_length=1000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def answers(self) -> dict[str, str]:
        """What was chosen, by question."""
        return {name: self.cleaned_data[name] for name in self.names if self.cleaned_data[name]}

    def questions(self) -> list[forms.BoundField]:
        """Return the graded questions, for the page."""
        return [self[name] for name in self.names]


class CallForm(AnswerForm):
    """The same questions, asked on the telephone."""

    def __init__(self, survey: Survey, data: QueryDict | None = None) -> None:
        super().__init__(survey, data)
        self.fields["reached"] = forms.BooleanField(label=_("Somebody was reached"), required=False)
        if data is not None and "reached" not in data:
            for name in self.names:
                self.fields[name].required = False
