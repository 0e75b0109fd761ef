"""Published figures of real zones, with the sums that must come out: ``benchmark/figures.yaml``."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from openzone.engines.facts.catalogue import Bilingual
from openzone.engines.rules.document import Document, read_document
from openzone.engines.rules.problems import Finding, PackError
from openzone.engines.series.crosscheck import NUMBERS, STATEMENTS, Check, Figure, FigureSet
from openzone.engines.text import Text

FIGURES = Path(__file__).parent / "benchmark" / "figures.yaml"

BAD = Text("不符合要求:{msg}", "not acceptable: {msg}")
NO_SOURCE = Text("sources 里没有 {name}", "sources has no {name}")
TWICE = Text("id {name} 用了两次", "id {name} is used twice")
NO_OPERAND = Text("前面没有 {name}", "nothing before this is called {name}")
NO_FORMULA = Text("没有公式 {name};公式有:{names}", "no formula {name}: {names}")


def _as_written(value: object) -> object:
    """Refuse YAML floats: a published figure keeps the digits it was printed with."""
    if not isinstance(value, str):
        raise ValueError("write the figure in quotes")
    return value


Printed = Annotated[Decimal, BeforeValidator(_as_written)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Source(_Entry):
    place: Bilingual
    document: str


class _Figure(_Entry):
    id: str
    source: str
    row: str | None
    period: str | None
    indicator: Bilingual
    wording: str
    value: Printed
    unit: str
    approx: bool = False
    basis: Bilingual | None = None


class _Check(_Entry):
    id: str
    formula: str
    of: tuple[str, ...]
    expected: Printed | None = None
    unit: str = ""
    decimals: int = 0


class _File(_Entry):
    sources: dict[str, _Source]
    figures: list[_Figure]
    checks: list[_Check]


def load_figures(path: Path = FIGURES) -> FigureSet:
    """Read a file of figures and checks.

    Raises:
        PackError: with every problem of the file.

    """
    document = read_document(path.read_text("utf-8"), str(path))
    try:
        file = _File.model_validate(document.value)
    except ValidationError as error:
        raise _refusal(document, map(_shape, error.errors())) from None
    findings = list(_findings(file))
    if findings:
        raise _refusal(document, findings)
    figures = tuple(_figure(figure, file.sources[figure.source]) for figure in file.figures)
    return FigureSet(figures, tuple(Check(**check.model_dump()) for check in file.checks))


def _refusal(document: Document, findings: Iterable[Finding]) -> PackError:
    return PackError([document.problem(finding) for finding in findings])


def _shape(error: ErrorDetails) -> Finding:
    return Finding(error["loc"], BAD.format(msg=error["msg"]))


def _findings(file: _File) -> Iterator[Finding]:
    known: set[str] = set()
    for index, figure in enumerate(file.figures):
        if figure.source not in file.sources:
            yield Finding(("figures", index, "source"), NO_SOURCE.format(name=figure.source))
        if figure.id in known:
            yield Finding(("figures", index, "id"), TWICE.format(name=figure.id))
        known.add(figure.id)
    for index, check in enumerate(file.checks):
        path = ("checks", index)
        formulas = STATEMENTS if check.expected is None else NUMBERS
        if check.formula not in formulas:
            reason = NO_FORMULA.format(name=check.formula, names=", ".join(formulas))
            yield Finding((*path, "formula"), reason)
        for name in check.of:
            if name not in known:
                yield Finding((*path, "of"), NO_OPERAND.format(name=name))
        if check.id in known:
            yield Finding((*path, "id"), TWICE.format(name=check.id))
        known.add(check.id)


def _figure(figure: _Figure, source: _Source) -> Figure:
    given = figure.model_dump(exclude={"source", "indicator", "basis"})
    return Figure(
        **given,
        place=source.place.text,
        document=source.document,
        indicator=figure.indicator.text,
        basis=figure.basis.text if figure.basis else None,
    )
