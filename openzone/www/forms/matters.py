"""What people outside the zone fill in: a new matter, and looking how one stands."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from openzone.www.forms.casefields import FilesField
from openzone.www.forms.records import RecordChoice
from openzone.zone.cases.enums import RequesterKind
from openzone.zone.cases.services.intake import Requester
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise


def new_request_id() -> str:
    """Return a name for one submission: sent twice, it is the same case."""
    return uuid.uuid4().hex


class MatterForm(forms.Form):
    """What every matter has, whatever its type."""

    request_id = forms.RegexField(
        r"^[0-9a-f]{32}$", widget=forms.HiddenInput, initial=new_request_id
    )
    title = forms.CharField(
        label=_("In one sentence"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example: the street light at the north gate has been out for a week."),
    )
    text = forms.CharField(
        label=_("What happened, and what you want"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )
    papers = FilesField(
        label=_("Papers or pictures"),
        required=False,
        help_text=_("PDF, pictures, Word, Excel; at most 20 MB each."),
    )

    @property
    def given(self) -> dict[str, Any]:
        """The answers every case takes."""
        names = ("title", "text", "request_id")
        return {name: self.cleaned_data[name] for name in names}


class OwnMatterForm(MatterForm):
    """A matter of somebody who is logged in: of an enterprise, or their own."""

    enterprise = RecordChoice(
        Enterprise.objects.none(), label=_("For"), required=False, empty_label=_("Myself")
    )

    def __init__(self, firms: Any, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        field = self.fields["enterprise"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type
        field.queryset = firms
        if not firms:
            del self.fields["enterprise"]
        else:
            field.initial = firms[0].pk

    def requester(self, phone: str) -> Requester:
        """Return who asks, with the telephone the type's own form asked for."""
        firm, name = self.cleaned_data.get("enterprise"), str(self.user)
        if firm is not None:
            return Requester(RequesterKind.ENTERPRISE, firm, self.user, name=name, phone=phone)
        return Requester(RequesterKind.PERSON, user=self.user, name=name, phone=phone)


class PublicMatterForm(MatterForm):
    """A matter of a visitor without a login: with a way to reach them, or without a name."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=50,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("Empty: without a name. The receipt code shows you how it stands either way."),
    )
    phone = forms.RegexField(
        r"^\+?\d[\d\- ]{5,18}\d$",
        label=_("Telephone"),
        required=False,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel"}),
        help_text=_("Only who handles your matter sees it."),
    )

    def requester(self, phone: str) -> Requester:
        """Return who asks, with the telephone the type's own form asked for."""
        name, phone = self.cleaned_data["name"], phone or self.cleaned_data.get("phone", "")
        kind = RequesterKind.PERSON if name or phone else RequesterKind.ANONYMOUS
        return Requester(kind=kind, name=name, phone=phone)


class StatusForm(forms.Form):
    """The number and the code of a receipt."""

    number = forms.CharField(
        label=_("Number"), max_length=48, widget=forms.TextInput({"autocomplete": "off"})
    )
    code = forms.CharField(
        label=_("Receipt code"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters"}),
    )
