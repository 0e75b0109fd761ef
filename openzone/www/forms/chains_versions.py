"""Drafts of chains: a node, an edge, stages, how texts are read, files, publishing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openzone.engines.chains.model import Need, Relation
from openzone.engines.text import Text
from openzone.packs.chain_cells import members
from openzone.packs.tables import load_industries
from openzone.www.forms.casefields import FilesField
from openzone.www.forms.facts import DayField
from openzone.www.words_chains_versions import FIELDS, NEEDS, RELATIONS
from openzone.zone.chains.drafting import LONGEST_WORDS
from openzone.zone.chains.selectors.drafts import Reading

Entry = Mapping[str, Any]
ACCEPTED = ".yaml,.yml,.json,.graphml,.csv,.xlsx"
MARKS = (("", "—"), *((mark, mark) for mark in ("V", "V2", "L", "K")))
_CUT = "、"


class WordsField(forms.CharField):
    """Several words, one a line or with 、 between them."""

    def __init__(self, name: str, **options: Any) -> None:
        area = forms.Textarea(attrs={"rows": 2})
        super().__init__(
            label=FIELDS[name], required=False, max_length=20_000, widget=area, **options
        )

    def prepare_value(self, value: Any) -> Any:
        """Write a list as people read it; a mapping of brands stays one."""
        return _joined(value)

    def to_python(self, value: Any) -> Any:
        """Return the words, each once."""
        found = members(super().to_python(value) or "")
        return found if isinstance(found, Mapping) else list(dict.fromkeys(found))


def _joined(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "\n".join(f"{firm}：{node}" for firm, node in value.items())
    if isinstance(value, list | tuple):
        words = [str(one) for one in value]
        return ("\n" if any(_CUT in word for word in words) else _CUT).join(words)
    return value


class FirmsField(WordsField):
    """Brands at this node, or brands with the node each is at (``示例：cell``)."""

    def to_python(self, value: Any) -> Any:
        """Return the brands; with nodes where any has one."""
        found = super().to_python(value)
        if isinstance(found, Mapping) or not any("：" in one for one in found):
            return found
        pairs = [one.partition("：") for one in found]
        if any(not (firm.strip() and node.strip()) for firm, _colon, node in pairs):
            raise ValidationError(_("Either every brand has a node after “：”, or none has."))
        return {firm.strip(): node.strip() for firm, _colon, node in pairs}


class NodeForm(forms.Form):
    """A node of a chain."""

    id = forms.CharField(
        label=FIELDS["id"], max_length=64, help_text=_("Edges and children follow a new id.")
    )
    name_zh = forms.CharField(label=FIELDS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELDS["name_en"], max_length=200, required=False)
    stage = forms.ChoiceField(label=FIELDS["stage"])
    weight = forms.FloatField(label=FIELDS["weight"], required=False)
    parent = forms.ChoiceField(label=FIELDS["parent"], required=False)
    keywords = WordsField(
        "keywords",
        help_text=_("Tell it wherever they stand in a text. One a line, or with 、 between them."),
    )
    aliases = WordsField("aliases")
    heads = WordsField("heads", help_text=_("Tell it at the end of a phrase only."))
    excludes = WordsField("excludes", help_text=_("Take a phrase away from it."))
    aliases_firm = FirmsField("firms", help_text=_("Brands known to be here."))
    gbt4754 = WordsField("gbt4754")
    hs = WordsField("hs")
    strategic = WordsField("strategic")
    edition = forms.CharField(label=FIELDS["edition"], max_length=16, required=False)
    verified = forms.ChoiceField(label=FIELDS["verified"], choices=MARKS, required=False)
    note_zh = forms.CharField(label=FIELDS["note_zh"], max_length=500, required=False)
    note_en = forms.CharField(label=FIELDS["note_en"], max_length=500, required=False)

    def __init__(self, reading: Reading, entry: Entry, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_cells(entry))
        nodes = [one for one in _nodes(reading) if one[0] != entry.get("id")]
        stages = [(one, one) for one in reading.stages]
        _choose(self, "stage", _with(stages, entry.get("stage")))
        _choose(self, "parent", _with([("", "—"), *nodes], entry.get("parent")))
        if not entry:
            self.fields["edition"].initial = load_industries().edition.split()[0]

    def entry(self) -> dict[str, Any]:
        """Return the node as its file has it; what is empty is taken out."""
        given = self.cleaned_data
        plain = ("id", "stage", "weight", "parent", "keywords", "aliases", "heads", "excludes",
                 "aliases_firm", "verified")  # fmt: skip
        codes = {name: given[name] for name in ("gbt4754", "hs", "strategic") if given[name]}
        if codes and given["edition"]:
            codes["edition"] = given["edition"]
        return {name: given[name] for name in plain} | {
            "name": _both(given, "name"), "note": _both(given, "note"), "codes": codes
        }  # fmt: skip


class EdgeForm(forms.Form):
    """What goes into what."""

    source = forms.ChoiceField(label=FIELDS["from"])
    target = forms.ChoiceField(label=FIELDS["to"])
    rel = forms.ChoiceField(label=FIELDS["rel"], initial=Relation.INPUT.value)
    need = forms.ChoiceField(
        label=FIELDS["need"], required=False,
        help_text=_("Left open: an input is required, everything else is not."),
    )  # fmt: skip
    alt_group = forms.CharField(
        label=FIELDS["alt_group"], max_length=64, required=False,
        help_text=_("Edges into one node with the same group stand in for each other."),
    )  # fmt: skip
    cost_share = forms.FloatField(
        label=FIELDS["cost_share"], required=False, help_text=_("From 0 to 1.")
    )
    origin = forms.CharField(label=FIELDS["source"], max_length=300, required=False)
    verified = forms.ChoiceField(label=FIELDS["verified"], choices=MARKS, required=False)

    def __init__(self, reading: Reading, entry: Entry, data: QueryDict | None = None) -> None:
        known = {"source": entry.get("from"), "target": entry.get("to")}
        rest = {key: value for key, value in entry.items() if key not in ("from", "to", "source")}
        super().__init__(data, initial={**rest, **known, "origin": entry.get("source")})
        nodes = _nodes(reading)
        _choose(self, "source", _with(nodes, entry.get("from")))
        _choose(self, "target", _with(nodes, entry.get("to")))
        rels = [(one.value, RELATIONS[one.value]) for one in Relation]
        _choose(self, "rel", _with(rels, entry.get("rel")))
        needs = [("", "—"), *((one.value, NEEDS[one.value]) for one in Need)]
        _choose(self, "need", _with(needs, entry.get("need")))

    def entry(self) -> dict[str, Any]:
        """Return the edge as its file has it; what is empty is taken out."""
        given = self.cleaned_data
        return {
            "from": given["source"], "to": given["target"], "rel": given["rel"],
            "need": given["need"], "alt_group": given["alt_group"],
            "cost_share": given["cost_share"], "source": given["origin"],
            "verified": given["verified"],
        }  # fmt: skip


class HeadForm(forms.Form):
    """What the chain is."""

    name_zh = forms.CharField(label=FIELDS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELDS["name_en"], max_length=200, required=False)
    version = forms.CharField(label=FIELDS["version"], max_length=32)
    sources = WordsField("sources")
    verified = forms.ChoiceField(label=FIELDS["verified"], choices=MARKS, required=False)
    note_zh = forms.CharField(label=FIELDS["note_zh"], max_length=500, required=False)
    note_en = forms.CharField(label=FIELDS["note_en"], max_length=500, required=False)

    def __init__(self, entry: Entry, data: QueryDict | None = None) -> None:
        super().__init__(data, initial=_cells(entry))

    def entry(self) -> dict[str, Any]:
        """Return the head as its file has it."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("version", "sources", "verified")}
        return {"name": _both(given, "name"), **plain, "note": _both(given, "note")}


class RulesForm(forms.Form):
    """How the texts of firms are read; what is left open is as the packs have it."""

    strip_tails = WordsField("strip_tails")
    trade_words = WordsField("trade_words")
    equipment_tails = WordsField("equipment_tails")
    head_final = forms.TypedChoiceField(
        label=FIELDS["head_final"], required=False, empty_value=None,
        coerce=lambda value: value == "true",
        choices=[("", "—"), ("true", _("Yes")), ("false", _("No"))],
    )  # fmt: skip

    NUMBERS = (
        "inside", "trade", "code", "product", "scope", "name", "auto_from", "review_from", "lead"
    )  # fmt: skip

    def __init__(self, entry: Entry, data: QueryDict | None = None) -> None:
        final = entry.get("head_final")
        said = {True: "true", False: "false"}.get(final) if isinstance(final, bool) else None
        super().__init__(data, initial={**entry, "head_final": said})
        for name in self.NUMBERS:
            self.fields[name] = forms.FloatField(label=FIELDS[f"rule_{name}"], required=False)

    def entry(self) -> dict[str, Any]:
        """Return the rules as the file has them."""
        return dict(self.cleaned_data)


class NewChainForm(forms.Form):
    """A chain that is not there yet."""

    chain = forms.CharField(
        label=FIELDS["id"], max_length=64,
        help_text=_("For life: small Latin letters, digits and _, such as low_altitude."),
    )  # fmt: skip
    name_zh = forms.CharField(label=FIELDS["name_zh"], max_length=200)
    name_en = forms.CharField(label=FIELDS["name_en"], max_length=200, required=False)


class ChainFilesForm(forms.Form):
    """A chain as a file."""

    upload = FilesField(
        label=_("File of the chain"),
        help_text=_(
            "YAML, JSON, GraphML, CSV or Excel; nodes and edges may come as two CSV files. "
            "Faults are named and can be mended here."
        ),
    )

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["upload"].widget.attrs["accept"] = ACCEPTED

    def contents(self) -> list[tuple[str, bytes]]:
        """Return the files with their names."""
        files: Sequence[UploadedFile[bytes]] = self.cleaned_data["upload"]
        return [(file.name or "", bytes(file.read())) for file in files]


class NoteForm(forms.Form):
    """What a draft changes, said before it is submitted."""

    note = forms.CharField(label=_("What it changes"), max_length=LONGEST_WORDS)


class PublishForm(forms.Form):
    """From when a version applies."""

    valid_from = DayField(label=_("In force from"), initial=timezone.localdate)
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_WORDS, required=False,
        help_text=_("Needed only where it applies from a day before today."),
    )  # fmt: skip


def _cells(entry: Entry) -> dict[str, Any]:
    """Return an entry as a form shows it."""
    codes = entry.get("codes")
    found = {**entry, **(codes if isinstance(codes, Mapping) else {})}
    for name in ("name", "note"):
        both = entry.get(name)
        if isinstance(both, Mapping):
            found |= {f"{name}_zh": both.get("zh"), f"{name}_en": both.get("en")}
        else:
            found[f"{name}_zh"] = both
    return found


def _both(given: Entry, name: str) -> dict[str, str] | str:
    zh, en = given[f"{name}_zh"], given[f"{name}_en"]
    return {"zh": zh, "en": en} if zh and en and zh != en else zh or en


def _nodes(reading: Reading) -> list[tuple[str, str]]:
    return [(str(one.get("id")), named(one)) for one in reading.entries("nodes") if one.get("id")]


def named(node: Entry) -> str:
    """Return what a node is called in lists of choices: its name and its id."""
    return f"{name_of(node).zh} · {node.get('id')}"


def name_of(node: Entry) -> Text:
    """Return the name of a node as it is written, its id where it has none."""
    name = node.get("name")
    if isinstance(name, Mapping):
        zh, en = str(name.get("zh") or ""), str(name.get("en") or "")
        return Text(zh or en, en or zh)
    said = str(name or node.get("id") or "—")
    return Text(said, said)


def _with(choices: list[tuple[str, Any]], value: Any) -> list[tuple[str, Any]]:
    """Offer what stands there also if it is wrong, so that nothing changes by itself."""
    known = {key for key, _words in choices}
    return choices if value is None or str(value) in known else [*choices, (str(value), str(value))]


def _choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]
