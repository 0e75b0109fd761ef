"""The fact catalogue as a vocabulary: every fact name is a column a table may have."""

from collections.abc import Callable, Iterator, Mapping

from openzone.engines.facts.catalogue import Catalogue, Fact, FactType, PeriodKind
from openzone.engines.identity.verdict import Verdict
from openzone.engines.tables.columns import Choice, Field, Vocabulary
from openzone.engines.tables.headers import parse_header

Check = Callable[[str], Verdict]


def vocabulary_of(
    catalogue: Catalogue,
    *,
    required: frozenset[str] = frozenset(),
    checks: Mapping[str, Check] | None = None,
) -> Vocabulary:
    """Build the vocabulary of a catalogue.

    `required` names the facts every row must have; `checks` give codes their standard form.
    """
    return Vocabulary(tuple(_fields(catalogue, required, checks or {})))


def _fields(
    catalogue: Catalogue, required: frozenset[str], checks: Mapping[str, Check]
) -> Iterator[Field]:
    for fact in catalogue:
        series, yearly = fact.series, fact.series.period is PeriodKind.YEAR
        yield Field(
            name=fact.name,
            type=str(fact.type),
            unit=_unit(fact),
            label_zh=fact.label.zh,
            label_en=fact.label.en,
            aliases=series.aliases,
            choices=tuple(
                Choice(value, (label.zh, label.en)) for value, label in series.choices.items()
            ),
            required=fact.name in required,
            can_be_absent=series.can_be_absent,
            below_zero=series.below_zero,
            check=checks.get(series.name),
            series=series.name if yearly else None,
            year_offset=fact.years_back if yearly else None,
        )


def _unit(fact: Fact) -> str | None:
    """The unit a number is kept in, which its label names: 用电量(千瓦时)."""
    if fact.type is not FactType.NUMBER:
        return None
    unit = parse_header(fact.series.label.zh).unit
    return unit.text if unit else None
