"""Documents, items, media, tasks, and what can be asked of their lists."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.imports import FileInput
from openzone.zone.ledger.models import Account
from openzone.zone.people.models import Unit
from openzone.zone.policies.enums import (
    DeliveryMode,
    DocumentStatus,
    Force,
    ItemKind,
    Level,
    MediaKind,
    TaskState,
)
from openzone.zone.policies.models import Document, Item
from openzone.zone.policies.selectors.library import Filter, categories, category_text
from openzone.zone.policies.sheet import (
    kept_text,
    read_issuers,
    read_papers,
)
from openzone.zone.rulebook.packs import rules

ANY = ("", _("Any"))
NOTHING = ("", "—")  # nothing is promised by default
PAPERS = ".png,.jpg,.jpeg,.pdf,.docx"


class Suggesting(forms.TextInput):
    """A text input that suggests values while one types; without scripts too."""

    def __init__(self, options: Callable[[], Iterable[tuple[str, str]]]) -> None:
        super().__init__(attrs={"autocomplete": "off"})
        self.options = options

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the input with its list beside it."""
        listed = f"{(attrs or {}).get('id', name)}-list"
        drawn = super().render(name, value, {**(attrs or {}), "list": listed}, renderer)
        options = format_html_join("", '<option value="{}">{}</option>', self.options())
        return format_html('{}<datalist id="{}">{}</datalist>', drawn, listed, options)


class Paragraphs(forms.Textarea):
    """A text of several lines."""

    def __init__(self, rows: int = 3) -> None:
        super().__init__(attrs={"rows": rows})


def _units(**options: Any) -> forms.ModelChoiceField:  # type: ignore[type-arg]
    return forms.ModelChoiceField(
        Unit.objects.order_by("code"), to_field_name="code", empty_label="—", **options
    )


def _day(label: Any, **options: Any) -> DayField:
    return DayField(label=label, required=False, **options)


def _categories() -> list[tuple[str, str]]:
    return [(one, say(category_text(one))) for one in categories()]


def _rules() -> list[tuple[str, str]]:
    return [(rule.rule, say(rule.title.text)) for rule in rules()]


class LibraryFilter(forms.Form):
    """The filters of the list of documents, all optional."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[ANY, *Level.choices])
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=lambda: [ANY, *_categories()]
    )
    force = forms.ChoiceField(
        label=_("Validity on the day"), required=False, choices=[ANY, *Force.choices]
    )
    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[ANY, *DocumentStatus.choices]
    )
    unit = _units(label=_("Unit"), required=False)

    def __init__(self, data: Any, *, inside: bool) -> None:
        super().__init__(data)
        if not inside:  # all that others can find is published
            del self.fields["status"]

    def chosen(self) -> Filter:
        """Return the filter of a valid form."""
        data = self.cleaned_data
        return Filter(
            text=data["q"],
            level=data["level"],
            category=data["category"],
            force=Force(data["force"]) if data["force"] else None,
            status=DocumentStatus(data["status"]) if data.get("status") else None,
            unit=data["unit"],
        )


class ItemFilter(forms.Form):
    """The filters of the list of items, all optional."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *ItemKind.choices])
    mode = forms.ChoiceField(
        label=_("Way of delivery"), required=False, choices=[ANY, *DeliveryMode.choices]
    )
    unit = _units(label=_("Responsible unit"), required=False)


class IssuersField(forms.CharField):
    """Issuers, one a line, the leading one first."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Issuers"),
            widget=Paragraphs(2),
            required=False,
            max_length=1000,
            help_text=_(
                "One a line. Of joint issuers the first one leads and interprets. "
                "A unit of this zone is recognised by its name or code."
            ),
        )

    def clean(self, value: Any) -> Any:
        """Return the issuers as the service takes them."""
        return read_issuers(super().clean(value))


class DocumentForm(forms.Form):
    """Everything a document says about itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    number = forms.CharField(label=_("Document number"), max_length=100, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.ZONE)
    category = forms.CharField(
        label=_("Category"), max_length=64, required=False, widget=Suggesting(_categories)
    )
    issuers = IssuersField()
    adopted_on = _day(_("Adopted on"))
    issued_on = _day(_("Issued on"))
    effective_from = _day(_("In force from"), help_text=_("Empty: from the day it was issued."))
    effective_to = _day(_("In force until"), help_text=_("The last day. Empty: until replaced."))
    supersedes = forms.ModelChoiceField(
        Document.objects.order_by("code"),
        label=_("Replaces"),
        to_field_name="code",
        required=False,
        empty_label="—",
        help_text=_("That document ends on the day before this one begins."),
    )
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")
    text = forms.CharField(label=_("Text of the document"), widget=Paragraphs(8), required=False)

    @staticmethod
    def of(document: Document) -> dict[str, Any]:
        """Return what the form shows of a document."""
        names = [*DocumentForm.base_fields]
        shown = {name: getattr(document, name) for name in names if name != "issuers"}
        issuers = kept_text(document, "issuers").replace("、", "\n")
        code = document.supersedes.code if document.supersedes else None
        return shown | {"issuers": issuers, "supersedes": code}


class PapersField(forms.CharField):
    """Papers, one a line, with the fact that makes each unnecessary."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Papers to hand in"),
            widget=Paragraphs(4),
            required=False,
            max_length=6000,
            help_text=_(
                "One a line: name | fact | note. The name of a fact of the catalogue, such as "
                "revenue_y1, makes the paper unnecessary where the record knows it. "
                "A question mark at the end: not required."
            ),
        )

    def clean(self, value: Any) -> Any:
        """Return the papers as the service takes them."""
        return read_papers(super().clean(value))


class ItemForm(forms.Form):
    """Everything an item says about itself."""

    title = forms.CharField(label=_("Title"), max_length=200)
    title_en = forms.CharField(label=_("English title"), max_length=200, required=False)
    clause = forms.CharField(label=_("Clause"), max_length=64, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[NOTHING, *ItemKind.choices])
    mode = forms.ChoiceField(label=_("Way of delivery"), choices=[NOTHING, *DeliveryMode.choices])
    owner = _units(label=_("Responsible unit"), required=False)
    rule_id = forms.CharField(
        label=_("Rule"),
        max_length=64,
        required=False,
        widget=Suggesting(_rules),
        help_text=_("Type a part of its name. Empty: a person decides."),
    )
    window_from = _day(_("Applications from"), help_text=_("Both empty: all year round."))
    window_to = _day(_("Applications until"))
    materials = PapersField()
    region = forms.RegexField(
        r"^\d{0,6}$", label=_("Region"), required=False, help_text=_("GB/T 2260 code, if narrower.")
    )
    budget = forms.ModelChoiceField(
        Account.objects.order_by("code"),
        label=_("Budget"),
        to_field_name="code",
        required=False,
        empty_label="—",
    )
    excerpt = forms.CharField(label=_("Wording"), widget=Paragraphs(4), required=False)

    @staticmethod
    def of(item: Item) -> dict[str, Any]:
        """Return what the form shows of an item."""
        plain = {name: getattr(item, name) for name in ItemForm.base_fields if name != "materials"}
        codes = {
            "owner": item.owner.code if item.owner else None,
            "budget": item.budget.code if item.budget else None,
        }
        return plain | codes | {"materials": kept_text(item, "materials")}


class PaperInput(FileInput):
    """A file input for what may stand beside a policy."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Name the kinds of files and the limit."""
        own = {"accept": PAPERS, "data-max-bytes": str(settings.MEDIA_LIMIT)}
        return super().build_attrs(base_attrs, extra_attrs) | own


class MediaForm(forms.Form):
    """A file, or the address of a video."""

    title = forms.CharField(label=_("Title"), max_length=200)
    kind = forms.TypedChoiceField(label=_("Kind"), choices=MediaKind.choices, coerce=MediaKind)
    file = forms.FileField(
        label=_("File"),
        widget=PaperInput,
        required=False,
        allow_empty_file=True,
        help_text=_("A picture (png, jpg), PDF or docx, for attachments and graphics."),
    )
    url = forms.URLField(
        label=_("Address of the video"), max_length=500, required=False, assume_scheme="https"
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the file or the address, whichever the kind needs."""
        data: dict[str, Any] = super().clean() or {}
        needed = "url" if data.get("kind") == MediaKind.VIDEO else "file"
        if "kind" in data and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("This is needed for the kind chosen."))
        return data


class TaskForm(forms.Form):
    """A task for a unit."""

    title = forms.CharField(label=_("Task"), max_length=300)
    clause = forms.CharField(label=_("Clause"), max_length=64, required=False)
    unit = _units(label=_("Responsible unit"))
    due_on = _day(_("Due on"))


class TaskStateForm(forms.Form):
    """How far a task is."""

    state = forms.TypedChoiceField(label=_("State"), choices=TaskState.choices, coerce=TaskState)
    due_on = _day(_("Due on"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class LibraryUpload(forms.Form):
    """A spreadsheet of documents and items."""

    file = forms.FileField(
        label=_("Spreadsheet of policies"),
        widget=FileInput,
        allow_empty_file=True,
        help_text=_("The template, filled in. Nothing is written before you have seen the result."),
    )
    synthetic = forms.BooleanField(label=_("Synthetic (example)"), required=False)


class PasteForm(forms.Form):
    """The text of a policy."""

    text = forms.CharField(
        label=_("Text of the policy"),
        widget=Paragraphs(16),
        max_length=200_000,
        help_text=_("From the title to the date at the end, as it was published."),
    )


class CompendiumForm(forms.Form):
    """Which policies a compendium holds."""

    as_of = DayField(label=_("In force on"), initial=timezone.localdate)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[ANY, *Level.choices])
    category = forms.ChoiceField(
        label=_("Category"), required=False, choices=lambda: [ANY, *_categories()]
    )
