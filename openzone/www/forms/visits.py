"""The roster, assignments, visits."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.packs.services import service_types
from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.people import NOBODY
from openzone.www.forms.records import RecordChoice, offer
from openzone.www.forms.spokespersons import MemberField, UnitField
from openzone.zone.people.models import Unit
from openzone.zone.people.selectors import on_day
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.models import PersonInCharge, Place
from openzone.zone.visits.enums import Condition, ContactKind, Duty
from openzone.zone.visits.models import Invitation, Post
from openzone.zone.visits.packs import pack
from openzone.zone.visits.services.cases import COMPLAINT

_LONG = forms.Textarea(attrs={"rows": 4})


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg] # no subscript when it runs
    """A place of the zone, by its code."""

    def __init__(self, kinds: tuple[PlaceKind, ...] = (), **options: Any) -> None:
        places = Place.objects.filter(kind__in=kinds) if kinds else Place.objects.all()
        options.setdefault("empty_label", NOBODY)
        super().__init__(places.order_by("code"), to_field_name="code", **options)

    def label_from_instance(self, place: Place) -> str:
        """Write the code too: names of grids repeat."""
        return f"{place.name} · {place.code}"


def topics() -> list[tuple[str, str]]:
    """Return what findings can be about, in the reader's language."""
    return [("", NOBODY), *((one.id, say(one.title.text)) for one in pack().topics)]


class PostForm(forms.Form):
    """A place on the roster."""

    user = MemberField(label=_("Person"))
    duty = forms.TypedChoiceField(label=_("Duty"), choices=Duty.choices, coerce=Duty)
    unit = UnitField(label=_("Unit"))
    place = PlaceField(
        label=_("Place"),
        required=False,
        help_text=_("A grid officer needs a grid; a street or community officer their own place."),
    )
    phone = forms.CharField(label=_("Office telephone"), max_length=32, required=False)
    valid_from = DayField(label=_("From"), initial=timezone.localdate)
    valid_to = DayField(label=_("To"), required=False)


class EndForm(forms.Form):
    """The last day of something."""

    last_day = DayField(label=_("Last day"), initial=timezone.localdate)


class HandOverForm(forms.Form):
    """Who goes, who follows, from when on."""

    leaving = MemberField(label=_("Who hands over"))
    successor = MemberField(label=_("Who takes over"))
    first_day = DayField(label=_("First day"), initial=timezone.localdate)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class _PostChoice(RecordChoice):
    def label_from_instance(self, obj: Post) -> str:
        return f"{obj} · {obj.unit}"


class AssignForm(forms.Form):
    """Who looks after an enterprise."""

    post = _PostChoice(Post.objects.none(), label=_("Person"), empty_label=NOBODY)
    valid_from = DayField(label=_("From"), initial=timezone.localdate)

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        personal = Post.objects.filter(on_day(timezone.localdate())).exclude(duty=Duty.GRID)
        offer(self, "post", personal.select_related("user", "unit").order_by("duty", "pk"))


class GridForm(forms.Form):
    """Which grid an enterprise lies in."""

    grid = PlaceField((PlaceKind.GRID,), label=_("Grid"))
    valid_from = DayField(label=_("From"), initial=timezone.localdate)


class FileForm(forms.Form):
    """A file."""

    file = forms.FileField(label=_("File"))


class InviteForm(forms.Form):
    """An enterprise asks for a visit."""

    wish = forms.CharField(label=_("What it is about"), max_length=1000, widget=_LONG)
    first = DayField(label=_("From"), initial=timezone.localdate)
    last = DayField(label=_("To"))
    asked_by = forms.CharField(label=_("Who asks for it"), max_length=100)


class UnitsForm(forms.Form):
    """For which of one's units something is done."""

    unit = UnitField(label=_("For which unit"))

    def __init__(self, units: QuerySet[Unit], data: QueryDict | None = None, **options: Any):
        super().__init__(data, **options)
        offer(self, "unit", units)
        if len(units) == 1:
            self.fields["unit"].initial = units[0].code


class JoinForm(UnitsForm):
    """Going along."""

    purpose = forms.CharField(label=_("Purpose"), max_length=300)


class _InvitationChoice(RecordChoice):
    def label_from_instance(self, obj: Invitation) -> str:
        return f"{obj.first:%Y-%m-%d}–{obj.last:%Y-%m-%d} {obj.wish[:40]}"


class InvitedForm(UnitsForm):
    """Something the enterprise may have asked for; ``beside`` is what the page shows next to it."""

    beside: Mapping[str, object] = {}
    invitation = _InvitationChoice(
        Invitation.objects.none(),
        label=_("Asked for by the enterprise"),
        required=False,
        empty_label=NOBODY,
    )

    def __init__(
        self,
        units: QuerySet[Unit],
        invitations: QuerySet[Invitation],
        data: QueryDict | None = None,
        **options: Any,
    ) -> None:
        super().__init__(units, data, **options)
        offer(self, "invitation", invitations)


class PlanForm(InvitedForm):
    """A visit that is to come."""

    planned_on = DayField(label=_("Day"), initial=timezone.localdate)
    purpose = forms.CharField(label=_("Purpose"), max_length=300)
    apart_because = forms.CharField(
        label=_("Why not together"),
        max_length=200,
        required=False,
        help_text=_("Only where another unit plans a visit near that day."),
    )
    field_order = ("planned_on", "unit", "purpose", "invitation", "apart_because")


class _Record(forms.Form):
    beyond_cap = forms.CharField(
        label=_("Why beyond the cap"),
        max_length=200,
        required=False,
        help_text=_("Only for a visit beyond the cap that took place all the same."),
    )
    met_on = DayField(label=_("Day"), initial=timezone.localdate)
    condition = forms.TypedChoiceField(
        label=_("How it was found"), choices=Condition.choices, coerce=Condition
    )
    present = forms.CharField(label=_("Present for the enterprise"), max_length=300, required=False)
    summary = forms.CharField(label=_("What was talked about"), max_length=4000, widget=_LONG)


class RecordForm(_Record):
    """How a planned visit went."""

    field_order = ("met_on", "condition", "present", "summary", "beyond_cap")


class ContactForm(_Record, InvitedForm):
    """A call, or a visit nobody planned."""

    kind = forms.TypedChoiceField(label=_("Kind"), choices=ContactKind.choices, coerce=ContactKind)
    field_order = (
        "kind",
        "met_on",
        "unit",
        "condition",
        "present",
        "summary",
        "invitation",
        "beyond_cap",
    )


class FindingForm(forms.Form):
    """Something that came up."""

    topic = forms.ChoiceField(label=_("Topic"), choices=topics)
    text = forms.CharField(label=_("What came up"), max_length=4000, widget=_LONG)
    answer = forms.CharField(
        label=_("Answered on the spot"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def _matters() -> list[tuple[str, str]]:
    """Return what a complaint can be about, as its case type says."""
    form = service_types()[COMPLAINT].form
    matter = next(field for field in form if field.id == "matter")
    return [(one.id, say(one.label)) for one in matter.choices]


class ComplaintForm(forms.Form):
    """A complaint about who looks after an enterprise."""

    charge = RecordChoice(PersonInCharge.objects.none(), label=_("About whom"))
    matter = forms.ChoiceField(label=_("What it is about"), choices=_matters)
    text = forms.CharField(label=_("What happened"), max_length=4000, widget=_LONG)

    def __init__(self, charges: QuerySet[PersonInCharge], data: QueryDict | None = None) -> None:
        super().__init__(data)
        offer(self, "charge", charges)
