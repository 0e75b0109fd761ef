"""One ``facts.yaml``: the series a pack adds to the catalogue.

``documents`` names the papers once; ``source`` and ``proof`` of a series are such names. A zone's
file may use the national names, and may teach national series the headings its own workbooks use
(``aliases: {revenue: [年收入]}``).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from openzone.engines.facts.catalogue import Bilingual, SeriesSpec
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError, PackProblem, Path
from openzone.engines.text import Text

_REASONS = {
    "missing": Text("缺少此项", "this key is missing"),
    "extra_forbidden": Text("这里没有这个键", "no such key here"),
    "enum": Text("只能是 {expected} 之一", "must be one of {expected}"),
    "string_pattern_mismatch": Text(
        "只能用小写字母、数字和下划线", "lower-case letters, digits and underscores only"
    ),
}
_OTHER = Text("不符合要求:{msg}", "not acceptable: {msg}")
NO_DOCUMENT = Text("documents 里没有 {name}", "documents has no {name}")

Documents = Mapping[str, Bilingual]
Headings = Annotated[tuple[str, ...], Field(min_length=1)]


class _Outline(BaseModel):
    """The file before its series are read one by one."""

    model_config = ConfigDict(extra="forbid")
    documents: dict[str, Bilingual] = {}
    series: list[dict[str, Any]] = []
    aliases: dict[str, Headings] = {}


@dataclass(frozen=True)
class FactsFile:
    """What one file says, and where it says it."""

    document: Document
    documents: Documents
    series: Mapping[int, SeriesSpec] = field(default_factory=dict)
    aliases: Mapping[str, Headings] = field(default_factory=dict)

    def problem(self, path: Path, reason: Text) -> PackProblem:
        """Return a problem at ``path`` of this file."""
        return self.document.problem(Finding(path, reason))


def read_facts(text: str, filename: str, known: Documents) -> FactsFile:
    """Read one file; ``known`` are documents named by the packs below it.

    Raises:
        PackError: with every problem of the file.

    """
    document = read_document(text, filename)
    try:
        outline = _Outline.model_validate(document.value)
    except ValidationError as error:
        raise PackError([document.problem(found) for found in _findings(error, ())]) from None
    documents = {**known, **outline.documents}
    series: dict[int, SeriesSpec] = {}
    problems: list[PackProblem] = []
    for index, raw in enumerate(outline.series):
        try:
            series[index] = _spec(raw, documents)
        except ValidationError as error:
            problems += map(document.problem, _findings(error, ("series", index)))
        except KeyError as error:
            finding = Finding(("series", index), NO_DOCUMENT.format(name=error.args[0]))
            problems.append(document.problem(finding))
    if problems:
        raise PackError(problems)
    return FactsFile(document, documents, series, outline.aliases)


def _spec(raw: Mapping[str, Any], documents: Documents) -> SeriesSpec:
    """Return the series with its documents put in for their names."""
    named = {
        key: documents[raw[key]] for key in ("source", "proof") if isinstance(raw.get(key), str)
    }
    return SeriesSpec.model_validate({**raw, **named})


def _findings(error: ValidationError, above: Path) -> Iterator[Finding]:
    for one in error.errors():
        reason = _REASONS.get(one["type"], _OTHER)
        values: dict[str, Any] = {"msg": one["msg"], **one.get("ctx", {})}
        yield Finding((*above, *one["loc"]), reason.format(**values))
