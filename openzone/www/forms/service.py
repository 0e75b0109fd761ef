"""Service items, the matrix, commitments and credit records."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayInput
from openzone.www.forms.moments import MomentField
from openzone.www.forms.people import NOBODY
from openzone.www.forms.spokespersons import UnitField
from openzone.zone.catalogue.enums import Receiving
from openzone.zone.catalogue.models import ServiceItem
from openzone.zone.catalogue.packs import commitments, neighbourhood
from openzone.zone.catalogue.selectors.items import ItemFilter, in_force
from openzone.zone.catalogue.services.imports import read_papers
from openzone.zone.catalogue.services.items import ItemValues
from openzone.zone.commitments.enums import CheckBasis, CommitmentState
from openzone.zone.commitments.selectors.desk import CommitmentFilter
from openzone.zone.commitments.services.offers import Owed
from openzone.zone.registry.models import Enterprise


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick, each in a line of its own."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Leave the look of one box to the boxes: the list around them is none."""
        own = {key: given for key, given in (attrs or {}).items() if key != "class"}
        return super().get_context(name, value, own)


class EnterpriseField(forms.CharField):
    """An enterprise by its credit code, own number or full name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Enterprise"))
        options.setdefault("max_length", 200)
        options.setdefault("help_text", _("Credit code, own number or full name."))
        super().__init__(**options)

    def clean(self, value: Any) -> Enterprise | None:
        """Return the enterprise, ``None`` for an empty field."""
        text = super().clean(value)
        if not text:
            return None
        found = Enterprise.objects.filter(merged_into__isnull=True)
        for name in ("uscc", "external_id", "name"):
            if enterprise := found.filter(**{name: text}).first():
                return enterprise
        raise forms.ValidationError(_("There is no such enterprise on record."))


class ItemField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """An item of the catalogue."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Service item"))
        options.setdefault("empty_label", NOBODY)
        super().__init__(ServiceItem.objects.order_by("code"), to_field_name="code", **options)


class SheetForm(forms.Form):
    """A spreadsheet to take in."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        validators=[FileExtensionValidator(["xlsx", "xls", "csv"])],
        help_text=_("One problem in one row, and nothing of the file is taken."),
    )


class ItemFilterForm(forms.Form):
    """What the list of items is narrowed by."""

    q = forms.CharField(label=_("Name or code"), max_length=100, required=False)
    unit = UnitField(label=_("Deciding unit"), required=False)
    kind = forms.ChoiceField(label=_("Commitments"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.id, say(kind.label.text)) for kind in commitments().kinds]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *kinds,
            ("none", _("None accepted")),
            ("excluded", _("Excluded by law")),
        ]

    def chosen(self) -> ItemFilter:
        """Return the filter."""
        given = self.cleaned_data
        return ItemFilter(given["q"], given["unit"], given["kind"])


class ItemForm(forms.Form):
    """All there is to say about an item."""

    code = forms.SlugField(label=_("Code"), max_length=64)
    name = forms.CharField(label=_("Name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    deciding_unit = UnitField(label=_("Deciding unit"))
    legal_limit = forms.CharField(
        label=_("Legal limit"), max_length=32, required=False, help_text="20个工作日"
    )
    committed_limit = forms.CharField(
        label=_("Committed limit"), max_length=32, required=False, help_text="5个工作日"
    )
    receiving = forms.MultipleChoiceField(
        label=_("Ways to apply"),
        choices=Receiving.choices,
        required=False,
        widget=Ticks,
    )
    trips = forms.IntegerField(label=_("Trips"), min_value=0, max_value=99, required=False)
    main = forms.CharField(
        label=_("Main papers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, the form in brackets."),
    )
    secondary = forms.CharField(
        label=_("Secondary papers"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only these can be promised for later."),
    )
    kinds = forms.MultipleChoiceField(label=_("Commitments accepted"), required=False, widget=Ticks)
    excluded_reason = forms.CharField(
        label=_("Why no commitment"),
        max_length=300,
        required=False,
        help_text=_("Filled in, no commitment is accepted, whatever is ticked above."),
    )
    excluded_basis = forms.CharField(label=_("Legal basis"), max_length=200, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kinds"].choices = [  # type: ignore[attr-defined]
            (kind.id, say(kind.label.text)) for kind in commitments().kinds
        ]

    def values(self) -> ItemValues:
        """Return what the service takes."""
        given = {**self.cleaned_data}
        given.pop("code")
        main, secondary = given.pop("main"), given.pop("secondary")
        papers = [*read_papers(main, main=True), *read_papers(secondary, main=False)]
        return ItemValues(papers=papers, **given)


class RegionForm(forms.Form):
    """With which region, in which mode, and who decides."""

    division = forms.CharField(label=_("Division code"), max_length=6)
    region = forms.CharField(label=_("Region"), max_length=64)
    mode = forms.ChoiceField(label=_("Mode"))
    deciding_here = forms.BooleanField(label=_("Decided here, received there"), required=False)
    authority = forms.CharField(
        label=_("Deciding authority"),
        max_length=128,
        required=False,
        help_text=_("Where it is decided there; here it is the item's own unit."),
    )
    contact = forms.CharField(label=_("Contact of the other side"), max_length=128, required=False)
    document = forms.CharField(label=_("Document"), max_length=200, required=False)
    valid_from = forms.DateField(label=_("First day"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["mode"].choices = [  # type: ignore[attr-defined]
            (mode.id, say(mode.label.text)) for mode in neighbourhood().cross_region.modes
        ]

    def clean(self) -> dict[str, Any]:
        """Ask who decides where it is decided elsewhere."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("deciding_here") and not given.get("authority"):
            self.add_error("authority", _("Name who decides there."))
        return given


class CommitmentFilterForm(forms.Form):
    """What the list of commitments is narrowed by."""

    q = forms.CharField(label=_("Item, applicant or number"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[("", _("Open")), ("all", _("All")), *CommitmentState.choices],
        required=False,
    )
    kind = forms.ChoiceField(label=_("Kind of commitment"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = [(kind.id, say(kind.label.text)) for kind in commitments().kinds]
        self.fields["kind"].choices = [("", _("All")), *kinds]  # type: ignore[attr-defined]

    def chosen(self) -> CommitmentFilter:
        """Return the filter."""
        given = self.cleaned_data
        return CommitmentFilter(given["state"] or "open", given["kind"], given["q"])


class OfferForm(forms.Form):
    """A commitment for one application: who, what is missing, until when, what follows."""

    enterprise = EnterpriseField(required=False)
    person = forms.CharField(label=_("Name of the person"), max_length=64, required=False)
    identity = forms.CharField(label=_("Identity number"), max_length=32, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=32, required=False)

    def __init__(self, item: ServiceItem, kind: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = commitments().kind(kind)
        self.machine = chosen.machine if chosen else ""
        self.blanks = commitments().template(chosen).fields if chosen else ()
        for blank in self.blanks:
            self.fields[blank.id] = forms.CharField(
                label=say(blank.label.text), max_length=500, required=blank.required
            )
        if self.machine == "wait":
            self._ask_for_papers(item)
        elif self.machine == "decide_first":
            self.fields["check_by"] = forms.DateField(label=_("Check due"), widget=DayInput())

    def _ask_for_papers(self, item: ServiceItem) -> None:
        secondary = item.materials.filter(main=False)
        self.fields["main_complete"] = forms.BooleanField(
            label=_("The main papers are complete and lawful"), required=False
        )
        self.fields["owed"] = forms.MultipleChoiceField(
            label=_("Missing papers"),
            choices=[(one.name, str(one)) for one in secondary],
            required=False,
            widget=Ticks,
        )
        self.forms_of = {one.name: one.form or "原件" for one in secondary}
        self.fields["supply_by"] = MomentField(label=_("Papers due"), required=False)
        self.fields["consequence"] = forms.CharField(
            label=_("Consequence"),
            max_length=300,
            initial="逾期未补齐的，终止办理，损失由申请人自行承担",
        )

    def notice(self) -> dict[str, Any]:
        """Return what the notice says."""
        given = self.cleaned_data
        said: dict[str, Any] = {"values": {blank.id: given[blank.id] for blank in self.blanks}}
        for name in ("supply_by", "consequence", "main_complete", "check_by"):
            if name in given:
                said[name] = given[name]
        if "owed" in given:
            said["owed"] = [Owed(name, self.forms_of[name]) for name in given["owed"]]
        return said


class SignForm(forms.Form):
    """Who signs, and whether the promise is published."""

    name = forms.CharField(label=_("Signed by"), max_length=64)
    publish = forms.BooleanField(label=_("May be published"), required=False)


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=_("Reason"), max_length=300)


class CheckForm(forms.Form):
    """Whether a promise was kept."""

    kept = forms.TypedChoiceField(
        label=_("Finding"),
        choices=[("yes", _("Kept")), ("no", _("Broken"))],
        coerce=lambda word: word == "yes",
    )
    basis = forms.ChoiceField(label=_("Checked by means of"), choices=CheckBasis.choices)
    note = forms.CharField(label=_("What was found"), max_length=500)


class DecideForm(forms.Form):
    """Grant or refuse."""

    granted = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Grant")), ("no", _("Refuse"))],
        coerce=lambda word: word == "yes",
    )
    number = forms.CharField(label=_("Number of the decision"), max_length=100, required=False)
    why = forms.CharField(label=_("Reason"), max_length=300, required=False)


class DocumentForm(forms.Form):
    """A document by its number."""

    number = forms.CharField(label=_("Number of the document"), max_length=200)


class RecordForm(forms.Form):
    """A dishonesty record of another authority."""

    enterprise = EnterpriseField(required=False)
    person = forms.CharField(label=_("Name of the person"), max_length=64, required=False)
    identity = forms.CharField(label=_("Identity number"), max_length=32, required=False)
    document = forms.CharField(label=_("Document"), max_length=200)
    happened_on = forms.DateField(label=_("Happened on"), widget=DayInput)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)


class RepairForm(forms.Form):
    """The repair of a breach."""

    document = forms.CharField(label=_("Document of the repair"), max_length=200)
    repaired_on = forms.DateField(
        label=_("Repaired on"), widget=DayInput, initial=timezone.localdate
    )


class LookForm(forms.Form):
    """Why somebody wants to see a sensitive value."""

    reason = forms.CharField(label=_("Why you need to see it"), max_length=200)


class AcceptingItemForm(forms.Form):
    """Which item and kind a commitment is for."""

    item = ItemField()
    kind = forms.ChoiceField(label=_("Kind of commitment"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = in_force(timezone.localdate()).filter(acceptances__isnull=False)
        self.fields["item"].queryset = found.distinct().order_by("code")  # type: ignore[attr-defined]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind.id, say(kind.label.text)) for kind in commitments().kinds
        ]
