"""A page brought in, its facts filtered, judged and added."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openzone.www.formats import say
from openzone.www.forms.facts import DayField
from openzone.www.forms.promotion_field import ALL
from openzone.zone.policies.models import Document
from openzone.zone.projects.models import Project
from openzone.zone.readings.enums import FactState, Origin
from openzone.zone.readings.models import JudgedFact, Page
from openzone.zone.readings.packs import label, labels, lexicon, pack
from openzone.zone.readings.selectors.listing import Asked
from openzone.zone.registry.selectors.search import search

TYPES = (
    ("indicator", _("Indicator")), ("project", _("Project")), ("enterprise", _("Enterprise")),
    ("policy", _("Policy document")), ("service", _("Service given")), ("finance", _("Finance")),
    ("zone", _("Zone")), ("event", _("Event")),
)  # fmt: skip
MOST_FOUND = 8


class PageFilter(forms.Form):
    """Which pages."""

    work = forms.ChoiceField(
        label=_("Work left"), required=False,
        choices=[ALL, ("open", _("To be judged")), ("accepted", _("All judged")),
                 ("waiting", _("Waits to be read")), ("failed", _("Could not be read"))],
    )  # fmt: skip
    q = forms.CharField(label=_("Words on the page"), max_length=60, required=False)

    def asked(self) -> Asked:
        """Return what is asked for."""
        return Asked(**self.cleaned_data)


class BringForm(forms.Form):
    """A page: its file, where and when it appeared."""

    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        help_text=_("txt, md, html, docx, pdf, jpg or png; pictures and scans need Tesseract."),
    )  # fmt: skip
    paper = forms.CharField(label=_("Paper or source"), max_length=200)
    published = DayField(
        label=_("Published on"),
        required=False,
        help_text=_("What “this year” and “May” mean; without it the text is asked."),
    )
    number = forms.CharField(label=_("Page number"), max_length=32, required=False)
    address = forms.URLField(
        label=_("Address on the web"), max_length=500, required=False, assume_scheme="https"
    )


class FactFilter(forms.Form):
    """Which facts of a page."""

    type = forms.ChoiceField(label=_("Type of fact"), required=False, choices=[ALL, *TYPES])
    subject = forms.CharField(label=_("Of whom"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[ALL, *FactState.choices])
    origin = forms.ChoiceField(
        label=_("Who found it"), required=False, choices=[ALL, *Origin.choices]
    )
    confidence = forms.FloatField(
        label=_("Confidence at most"), required=False, min_value=0, max_value=1
    )
    doubtful = forms.BooleanField(label=_("Only doubtful ones"), required=False)
    names = forms.BooleanField(label=_("Names too"), required=False)

    def keeps(self, one: JudgedFact) -> bool:
        """Whether a fact is asked for."""
        asked = self.cleaned_data
        return (
            (asked["names"] or not one.fact.names)
            and asked["type"] in ("", one.type)
            and asked["state"] in ("", one.state)
            and asked["origin"] in ("", one.fact.origin)
            and asked["subject"] in one.subject
            and (asked["confidence"] is None or one.fact.confidence <= asked["confidence"])
            and (not asked["doubtful"] or bool(one.fact.doubts or one.fact.candidates))
        )


class SeenForm(forms.Form):
    """A judgement of a fact as the person saw it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


class RejectForm(SeenForm):
    """Why it is no fact."""

    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].widget.attrs["list"] = "reading-reasons"
        self.offered = [say(one.text) for one in pack().reasons]


class AfterForm(SeenForm):
    """What it should say."""

    after = forms.CharField(label=_("What it should say"), max_length=200, required=False)


class ValueForm(AfterForm):
    """Another value; one that is not in the quote says why."""

    reason = forms.CharField(
        label=_("Reason"), max_length=300, required=False,
        help_text=_("Needed where the number cannot be read from the quote."),
    )  # fmt: skip


class AttributeForm(SeenForm):
    """Another attribute of the closed list."""

    after = forms.ChoiceField(label=_("Attribute"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["after"]
        field.choices = attributes()


class NoteForm(SeenForm):
    """A note; an empty one takes it away."""

    text = forms.CharField(label=_("Note"), max_length=300, required=False)


class SubjectForm(SeenForm):
    """Whose it is: a name of the page, another name, or a record that was searched for."""

    pick = forms.ChoiceField(label=_("Choose"), required=False)
    other = forms.CharField(label=_("Another name"), max_length=200, required=False)
    q = forms.CharField(
        label=_("Search the record"), max_length=60, required=False,
        help_text=_("Enterprises, projects and policy documents; then choose above."),
    )  # fmt: skip

    def offer(
        self, judged: JudgedFact, names: list[str], words: str, open_to: "QuerySet[Project]"
    ) -> None:
        """Offer names of the article, what they may mean, and what the search finds."""
        field: Any = self.fields["pick"]
        named = [(f"name:{name}", name) for name in names]
        field.choices = [("", "—"), *named, *_records(judged, words, open_to)]


def _called(kind: Promise, name: str) -> str:
    return f"{kind}: {name}"


def _records(judged: JudgedFact, words: str, open_to: "QuerySet[Project]") -> list[tuple[str, str]]:
    linked = judged.page.links.get(judged.subject, ())
    found = [(f"enterprise:{one['id']}", _called(_("On record"), one["name"])) for one in linked]
    query = (words or judged.subject)[:60]
    if query:
        rows = search(query)[:MOST_FOUND]
        found += [(f"enterprise:{one.pk}", _called(_("Enterprise"), one.name)) for one in rows]
        projects = open_to.filter(name__icontains=query)[:MOST_FOUND]
        found += [(f"project:{one.pk}", _called(_("Project"), one.name)) for one in projects]
        documents = Document.objects.filter(title__icontains=query)[:MOST_FOUND]
        found += [(f"document:{one.pk}", _called(_("Policy"), one.title)) for one in documents]
    return list(dict(found).items())


class AddForm(forms.Form):
    """A fact the machine missed: its quote stands on the page and holds its number."""

    quote = forms.CharField(
        label=_("Quote from the page"), max_length=500, widget=forms.Textarea({"rows": 3})
    )
    start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    kind = forms.ChoiceField(label=_("Type of fact"), choices=TYPES)
    subject = forms.CharField(label=_("Of whom"), max_length=200)
    attribute = forms.ChoiceField(label=_("Attribute"))
    value = forms.CharField(
        label=_("Value"), max_length=200, help_text=_("As it is printed: 19.3, or the words.")
    )
    unit = forms.CharField(
        label=_("Unit"), max_length=16, required=False, help_text=_("As it is printed: 亿元, %, 家")
    )
    period = forms.CharField(
        label=_("Period"), max_length=32, required=False,
        help_text=_("2026, 2026-05, 2026-01/2026-05, 2026-01/.. or ../2026-05"),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["attribute"]
        field.choices = attributes()


class HelpForm(forms.Form):
    """Yes, the text may leave."""

    confirmed = forms.BooleanField(label=_("Send the text of this article there"))


def attributes() -> list[tuple[str, str]]:
    """Return the closed list of attributes, growth of those that grow after each."""
    grow = {one.code for one in lexicon().attributes.values() if "money" in one.kinds}
    found = []
    for code in labels():
        found.append((code, say(label(code))))
        if code in grow:
            found.append((f"{code}_yoy", say(label(f"{code}_yoy"))))
    return found


def names_near(judged: JudgedFact) -> list[str]:
    """Return names that may be meant: other candidates first, then names of the article."""
    page: Page = judged.page
    rows = JudgedFact.objects.filter(page=page, fact__article=judged.fact.article)
    near = rows.exclude(subject="").values_list("subject", flat=True).distinct()[:40]
    named = [*map(str, judged.fact.candidates), judged.subject, *near]
    return [name for name in dict.fromkeys(named) if name]
