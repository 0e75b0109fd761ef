"""Explaining a policy, and answering what people ask about it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.library import Paragraphs
from openzone.zone.policies.enums import DraftedBy
from openzone.zone.policies.models import Document, Interpretation, Item
from openzone.zone.policies.services.meaning import FiveFields

LONGEST = 8_000
DRAFTED = _(
    "Say so where a language model wrote the first version: somebody else has to review it."
)


def _drafted_by() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Drafted by"), choices=DraftedBy.choices, coerce=DraftedBy, help_text=DRAFTED
    )


def _field(label: Any, hint: Any = "") -> forms.CharField:
    return forms.CharField(label=label, widget=Paragraphs(), max_length=LONGEST, help_text=hint)


class InterpretationForm(forms.Form):
    """The five fields, and who drafted them."""

    content = _field(_("What the policy gives"), _("In words an enterprise understands."))
    audience = _field(_("Whom it is for"))
    period = _field(_("When it applies"))
    conditions = _field(_("Conditions"))
    materials = _field(_("Papers to hand in"), _("None needed is an answer too."))
    drafted_by = _drafted_by()

    def fields_given(self) -> FiveFields:
        """Return the five fields of a valid form."""
        return FiveFields(*(self.cleaned_data[name] for name in FiveFields._fields))

    @staticmethod
    def of(latest: Interpretation | None) -> dict[str, Any]:
        """Return what the form begins with: the latest version."""
        if latest is None:
            return {}
        shown = {name: getattr(latest, name) for name in FiveFields._fields}
        return shown | {"drafted_by": latest.drafted_by}


class AnswerForm(forms.Form):
    """A question with its answer."""

    item = forms.ModelChoiceField(
        Item.objects.none(), label=_("Policy item"), required=False, empty_label="—"
    )
    question = forms.CharField(label=_("Question"), widget=Paragraphs(2), max_length=2_000)
    text = _field(_("Answer given"))
    drafted_by = _drafted_by()
    publish = forms.BooleanField(
        label=_("Publish at once"),
        required=False,
        initial=True,
        help_text=_("What a model drafted waits for its review either way."),
    )

    def __init__(self, document: Document, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        items: forms.ModelChoiceField = self.fields["item"]  # type: ignore[type-arg,assignment]
        items.queryset = document.items.order_by("code")
