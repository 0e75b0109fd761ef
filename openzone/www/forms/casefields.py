"""The fields of a case type as a form: labels, help, conditions; the engine checks the answers.

Everything is asked as text and judged by ``engines.cases.fields``: a page, a spreadsheet and a
program are refused for the same reasons in the same words.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openzone.engines.cases.fields import Condition, Field, FieldKind, FieldProblem, check
from openzone.www.formats import say
from openzone.www.forms.facts import DayInput
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.registry.models import Place

PREFIX = "f-"
"""What the names of a type's own fields begin with: they never meet a name of the page's."""

RADIO_MOST = 7
GROUPS = {FieldKind.CHOICES: "pick-many", FieldKind.BOOLEAN: "pick-one"}


class FilesInput(forms.ClearableFileInput):
    """A file input for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, none of them opened here: the gate of the zone looks at their content."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=FilesInput, allow_empty_file=True, max_length=200, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Return the files as a list."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)  # says where one is needed
        return [super(FilesField, self).clean(file, initial) for file in given]


class Row(NamedTuple):
    """A field as a template draws it. ``when`` is for the script, ``meant_when`` for people."""

    field: forms.BoundField
    group: str
    when: str
    meant_when: str
    needed: bool


class CaseFieldsForm(forms.Form):
    """The fields of a type or of one of its actions."""

    def __init__(
        self,
        fields: Sequence[Field],
        data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, UploadedFile[Any]] | None = None,
        *,
        initial: Mapping[str, Any] | None = None,
        sources: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        given = {PREFIX + name: value for name, value in (initial or {}).items()}
        super().__init__(data, files, initial=given)
        self.specs = {PREFIX + field.id: field for field in fields}
        offered = sources or {}
        for name, field in self.specs.items():
            self.fields[name] = form_field(field, offered.get(field.id))

    @cached_property
    def rows(self) -> list[Row]:
        """The fields in order, as a template draws them."""
        return [self._row(field) for field in self.visible_fields()]

    def _row(self, bound: forms.BoundField) -> Row:
        spec = self.specs.get(bound.name)
        grouped = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
        needed = spec.required if spec else bound.field.required
        if spec is None:
            return Row(bound, "pick-many" if grouped else "", "", "", needed)
        group = GROUPS.get(spec.kind, "pick-one") if grouped else ""
        return Row(
            bound, group, when_json(spec.when), meant_when(spec.when, self.specs.values()), needed
        )

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, by the fields' own names; files are not among it."""
        found = {}
        for name, spec in self.specs.items():
            value = self.cleaned_data.get(name)
            if spec.kind is FieldKind.FILE:
                value = [file.name for file in value or []]
            if value not in (None, "", []):
                found[spec.id] = value
        return found

    def uploads(self) -> list[Upload]:
        """Return the files of the fields that ask for some."""
        asked = [one for one in self.specs.items() if one[1].kind is FieldKind.FILE]
        return [
            upload
            for name, spec in asked
            for upload in uploads(self.cleaned_data.get(name) or [], spec.id)
        ]

    def settle(self) -> dict[str, Any] | None:
        """Return the answers in their types; ``None`` where one is wrong, with its reason shown."""
        clean, problems = check(tuple(self.specs.values()), self.answers())
        self.show(problems)
        return None if problems else clean

    def show(self, problems: Iterable[FieldProblem]) -> None:
        """Put every problem beside its field."""
        for problem in problems:
            name = PREFIX + problem.field
            self.add_error(name if name in self.fields else None, say(problem.reason))


def uploads(files: Iterable[UploadedFile[Any]], field: str = "") -> list[Upload]:
    """Return files as the zone takes them."""
    return [Upload(str(file.name), bytes(file.read()), field) for file in files]


def form_field(field: Field, offered: Sequence[tuple[str, str]] | None = None) -> forms.Field:
    """Return the form field of a type's field; ``offered`` are the answers of a look-up."""
    options: dict[str, Any] = {"label": say(field.label), "required": False}
    if field.help:
        options["help_text"] = say(field.help)
    if field.kind is FieldKind.FILE:
        return FilesField(**options)
    choices = list(offered) if offered is not None else _choices(field)
    if field.kind is FieldKind.CHOICES:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **options
        )
    if choices:
        return forms.ChoiceField(**_chosen(field, choices), **options)
    return forms.CharField(widget=_widget(field), **_hinted(field, options))


def _choices(field: Field) -> list[tuple[str, str]]:
    if field.kind is FieldKind.BOOLEAN:
        return [("true", gettext("Yes")), ("false", gettext("No"))]
    if field.kind is FieldKind.PLACE:
        return [(place.code, place.name) for place in Place.objects.order_by("code")]
    return [(choice.id, say(choice.label)) for choice in field.choices]


def _chosen(field: Field, choices: list[tuple[str, str]]) -> dict[str, Any]:
    """Return few answers as buttons, many as a list."""
    if len(choices) <= RADIO_MOST and field.kind in (FieldKind.CHOICE, FieldKind.BOOLEAN):
        return {"choices": choices, "widget": forms.RadioSelect}
    return {"choices": [("", "—"), *choices]}


def _widget(field: Field) -> forms.Widget:
    most = str(field.max) if field.max is not None else None
    attributes = {"maxlength": most} if most else {}
    if field.kind is FieldKind.LONG_TEXT:
        return forms.Textarea({"rows": 4, **attributes})
    if field.kind is FieldKind.DATE:
        return DayInput()
    if field.kind in (FieldKind.NUMBER, FieldKind.MONEY):
        return forms.TextInput({"inputmode": "decimal"})
    if field.kind is FieldKind.PHONE:
        return forms.TextInput({"inputmode": "tel", "autocomplete": "tel"})
    return forms.TextInput(attributes)


def _hinted(field: Field, options: dict[str, Any]) -> dict[str, Any]:
    hints = {FieldKind.MONEY: _("In yuan"), FieldKind.ENTERPRISE: _("Name or credit code")}
    return {"help_text": hints.get(field.kind, ""), **options}


def when_json(when: Condition) -> str:
    """Return a condition as the script reads it; empty where there is none."""
    if not when:
        return ""
    return json.dumps([[PREFIX + name, sorted(wanted)] for name, wanted in when])


def meant_when(when: Condition, fields: Iterable[Field]) -> str:
    """Return a condition in words, for who sees all the questions at once."""
    by_id = {field.id: field for field in fields}
    parts = [
        f"{say(by_id[name].label)}＝{'、'.join(_words(by_id[name], wanted))}"
        for name, wanted in when
        if name in by_id
    ]
    return gettext("Only where %(condition)s") % {"condition": "；".join(parts)} if parts else ""


def _words(field: Field, wanted: frozenset[str]) -> list[str]:
    labels = dict(_choices(field))
    return [str(labels.get(one, one)) for one in sorted(wanted)]
