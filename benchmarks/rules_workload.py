"""A generated workload for the rule engine: enterprises with 60 facts, and policies on them.

All of it is made up (示例). Rates of missing data, shapes of the distributions and the mix of
conditions follow what registers and published policies look like: most pairs fail on region or
industry, thresholds are round, the same sets of industries come back in many policies.
"""

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from openzone.engines.facts.catalogue import (
    Bilingual,
    Catalogue,
    FactType,
    PeriodKind,
    SeriesSpec,
)
from openzone.engines.rules.schema import Rule

AS_OF = dt.date(2026, 11, 20)
EPOCH = dt.date(1970, 1, 1)
Condition = dict[str, Any]
LABEL = {"zh": "示例", "en": "example"}

LEGAL_FORMS = ["llc", "jsc", "partnership", "sole", "coop", "branch", "soe", "fie"]
PROVINCES = [f"{number:02}" for number in range(11, 42)]
CITIES = [f"{province}{number:02}" for province in PROVINCES for number in range(1, 12)]
DISTRICTS = [f"{city}{number:02}" for city in CITIES for number in range(1, 9)]
DIVISIONS = [("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52),
             ("G", 53, 60), ("I", 63, 65), ("L", 71, 72), ("M", 73, 75)]  # fmt: skip
INDUSTRIES = [
    f"{letter}{division:02}{group}{item}"
    for letter, first, last in DIVISIONS
    for division in range(first, last + 1)
    for group in range(1, 5)
    for item in range(1, 6)
]


@dataclass(frozen=True)
class Coded:
    """A code with its words, the share that is missing, and how unequal the words are."""

    words: list[str]
    missing: float
    skew: float


@dataclass(frozen=True)
class Sized:
    """A number, log-normal, with the share that is missing."""

    missing: float
    mean: float
    spread: float
    whole: bool = False


CODES = {
    "registered_in": Coded(DISTRICTS, 0.05, 0.5),
    "city": Coded(CITIES, 0.0, 1.1),
    "industry": Coded(INDUSTRIES, 0.03, 0.5),
    "legal_form": Coded(LEGAL_FORMS, 0.02, 1.0),
    "ownership": Coded(["private", "state", "collective", "foreign", "joint", "hmt"], 0.05, 1),
    "credit_grade": Coded(["a", "b", "m", "c", "d"], 0.35, 0.6),
    "taxpayer_type": Coded(["general", "small", "exempt"], 0.1, 0.5),
    "size_class": Coded(["micro", "small", "medium", "large"], 0.08, 0.8),
    "listing_status": Coded(["none", "main", "star", "chinext", "bse", "neeq"], 0.1, 2),
    "park": Coded([f"p{number:03}" for number in range(500)], 0.7, 0.4),
    "registration_status": Coded(["active", "revoked", "cancelled", "moved"], 0.0, 2),
    "tax_authority": Coded(["state", "local", "joint"], 0.15, 0.5),
    "customs_grade": Coded(["aeo", "general", "watch", "none"], 0.6, 0.7),
    "research_link": Coded(["none", "university", "institute", "laboratory"], 0.55, 0.9),
}  # fmt: skip
GOOD_FLAGS = {
    "is_hightech": 0.02, "is_tech_sme": 0.05, "is_specialised": 0.05, "is_little_giant": 0.05,
    "is_champion": 0.05, "is_gazelle": 0.3, "is_unicorn": 0.3, "has_rd_centre": 0.2,
    "has_postdoc": 0.2, "has_tech_centre": 0.2, "has_iso9001": 0.4, "has_iso14001": 0.4,
    "has_ip_system": 0.4,
}  # fmt: skip
BAD_FLAGS = {"is_dishonest": 0.02, "had_accident": 0.1, "had_env_penalty": 0.1}
DATES = {
    "registered_on": 0.01, "hightech_since": 0.75, "tax_offence_on": 0.85, "accident_on": 0.9,
    "listed_on": 0.95, "env_penalty_on": 0.9,
}  # fmt: skip
NUMBERS = {
    "registered_capital": Sized(0.02, 15, 1.8), "paid_in_capital": Sized(0.4, 14.5, 2),
    "revenue": Sized(0.25, 16, 2), "revenue_before": Sized(0.3, 15.9, 2),
    "revenue_earlier": Sized(0.4, 15.8, 2), "rd_expense": Sized(0.5, 13, 2),
    "rd_expense_before": Sized(0.55, 12.8, 2), "total_assets": Sized(0.3, 16.3, 2),
    "total_liabilities": Sized(0.32, 15.5, 2), "net_profit": Sized(0.35, 13.5, 2),
    "tax_paid": Sized(0.2, 12.5, 2), "exports": Sized(0.6, 12, 3),
    "employees": Sized(0.1, 3, 1.5, True), "rd_staff": Sized(0.5, 1.2, 1.3, True),
    "insured_staff": Sized(0.1, 2.8, 1.5, True), "masters_staff": Sized(0.6, 0.6, 1, True),
    "patents": Sized(0.05, 0.4, 1.4, True), "inventions": Sized(0.05, -0.3, 1.3, True),
    "software": Sized(0.1, 0.3, 1.4, True), "standards": Sized(0.3, -1.5, 1, True),
    "energy_use": Sized(0.65, 6, 2), "fixed_investment": Sized(0.6, 14, 2),
    "equipment_investment": Sized(0.65, 13.5, 2), "loans": Sized(0.6, 14, 1.5),
}  # fmt: skip
RATIOS = [
    ("rd_expense", "revenue", [0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1]),
    ("rd_staff", "employees", [0.05, 0.1, 0.2, 0.3]),
    ("total_liabilities", "total_assets", [0.5, 0.6, 0.7, 0.75, 0.8]),
    ("exports", "revenue", [0.1, 0.2, 0.3, 0.5]),
    ("revenue", "revenue_before", [1.05, 1.1, 1.15, 1.2, 1.3, 1.5]),
    ("rd_expense", "rd_expense_before", [1.05, 1.1, 1.2]),
    ("masters_staff", "employees", [0.02, 0.05, 0.1]),
    ("tax_paid", "revenue", [0.01, 0.02, 0.03]),
]
AMOUNTS = [1e5, 2e5, 5e5, 1e6, 2e6, 3e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 3e8, 4e8, 5e8, 1e9]
COUNTS = [1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 100, 200, 300, 500, 1000]


def catalogue() -> Catalogue:
    """Return the 60 facts of the workload."""
    kinds = dict.fromkeys(CODES, FactType.CODE) | dict.fromkeys(DATES, FactType.DATE)
    kinds |= dict.fromkeys([*GOOD_FLAGS, *BAD_FLAGS], FactType.BOOL)
    kinds |= {n: FactType.NUMBER if s.whole else FactType.YUAN for n, s in NUMBERS.items()}
    text = Bilingual.model_validate(LABEL)
    return Catalogue(
        tuple(
            SeriesSpec(
                name=name, type=kind, period=PeriodKind.NONE, label=text, source=text, proof=text
            )
            for name, kind in kinds.items()
        )
    )


def enterprises(rows: int, seed: int = 1) -> pa.Table:
    """Return a table of made-up enterprises."""
    random = np.random.default_rng(seed)

    def hidden(share: float) -> Any:
        return random.random(rows, dtype=np.float32) < share

    columns: dict[str, Any] = {"id": pa.array(np.arange(rows).astype(str))}
    for name, coded in CODES.items():
        codes = _codes(random, rows, coded)
        indices = pa.array(codes, mask=hidden(coded.missing))
        columns[name] = pa.DictionaryArray.from_arrays(indices, pa.array(coded.words))
    for name, missing in (GOOD_FLAGS | BAD_FLAGS).items():
        share = 0.05 if name in BAD_FLAGS else 0.15
        columns[name] = pa.array(hidden(share), mask=hidden(missing))
    for name, missing in DATES.items():
        days = (AS_OF - EPOCH).days - random.gamma(1.6, 1800, rows)
        columns[name] = pa.array(days.astype(np.int32), mask=hidden(missing)).cast(pa.date32())
    for name, sized in NUMBERS.items():
        values = np.exp(random.normal(sized.mean, sized.spread, rows))
        values = np.floor(values) if sized.whole else np.round(values, 2)
        if name == "net_profit":
            values *= np.where(hidden(0.25), -1, 1)
        columns[name] = pa.array(values, mask=hidden(sized.missing))
    return pa.table(columns)


def _codes(random: np.random.Generator, rows: int, coded: Coded) -> Any:
    weights = 1 / np.arange(1, len(coded.words) + 1) ** coded.skew
    if len(coded.words) > 10:
        weights = weights[np.random.default_rng(len(coded.words)).permutation(len(weights))]
    bounds = np.cumsum(weights / weights.sum())
    return np.searchsorted(bounds, random.random(rows)).clip(0, len(weights) - 1).astype(np.int16)


class Policies:
    """Draws policies; the same seed gives the same policies."""

    def __init__(self, seed: int = 2) -> None:
        self.random = np.random.default_rng(seed)
        divisions = sorted({code[:3] for code in INDUSTRIES})
        self.groups = sorted({code[:4] for code in INDUSTRIES})
        self.industry_sets = [self._some(divisions, 2, 12) for _ in range(25)]
        self.industry_sets += [["C"], ["C", "D"], ["I", "M"], ["I"]]
        self.city_sets = [self._some(CITIES, 1, 4) for _ in range(60)]
        self.province_sets = [[p] for p in PROVINCES] + [
            self._some(PROVINCES, 3, 4) for _ in "123456"
        ]

    def draw(self, count: int) -> list[Rule]:
        """Return ``count`` rules of one version each."""
        return [Rule.model_validate(self.rule(number)) for number in range(count)]

    def rule(self, number: int) -> dict[str, Any]:
        """Return one rule as its file would hold it."""
        clauses = [{"id": f"c{n}", "label": LABEL} | c for n, c in enumerate(self._clauses())]
        return {
            "rule": f"example.p{number}",
            "title": LABEL,
            "kind": "subsidise",
            "versions": [
                {
                    "version": "1",
                    "source": {"title": "示例", "number": "示例〔2026〕1号", "issuer": "示例"},
                    "effective_from": dt.date(2020, 1, 1),
                    "verified": "L",
                    "when": {"all": clauses},
                }
            ],
        }

    def _clauses(self) -> list[Condition]:
        """Return the top-level clauses of a policy."""
        found = [self._region()]
        optional: list[tuple[float, Callable[[], Condition]]] = [
            (0.7, self._industry),
            (0.6, self._category),
            (0.7, lambda: {"not": self._flag(BAD_FLAGS)}),
            (0.5, self._date),
        ]
        found += [make() for share, make in optional if self._chance(share)]
        found += [self._one([self._number, self._ratio])() for _ in range(self._between(1, 4))]
        if self._chance(0.6):
            found.append({"any": [self._flag(GOOD_FLAGS) for _ in range(self._between(2, 4))]})
        if self._chance(0.25):
            both = {"all": [self._leaf(), self._leaf()]}
            found.append({"any": [both, {"all": [self._leaf(), {"not": self._leaf()}]}]})
        return found

    # ---- comparisons ----------------------------------------------------------------------

    def _leaf(self) -> Condition:
        makers = [
            self._category,
            lambda: self._flag(GOOD_FLAGS),
            self._date,
            self._number,
            self._ratio,
        ]
        return self._one(makers)()

    def _region(self) -> Condition:
        x = self.random.random()
        if x < 0.3:
            return {"fact": "city", "in": self._one(self.city_sets)}
        if x < 0.55:
            return {"fact": "city", "prefix": self._one(self.province_sets)}
        if x < 0.65:
            return {"fact": "registered_in", "in": self._some(DISTRICTS, 1, 7)}
        return {"fact": "registration_status", "in": ["active"]}

    def _industry(self) -> Condition:
        if self._chance(0.7):
            return {"fact": "industry", "prefix": self._one(self.industry_sets)}
        return {"fact": "industry", "prefix": self._some(self.groups, 1, 9)}

    def _category(self) -> Condition:
        name = self._one([name for name, coded in CODES.items() if len(coded.words) < 10])
        words = CODES[name].words
        return {"fact": name, "in": self._some(words, 1, max(2, len(words) - 1))}

    def _flag(self, flags: dict[str, float]) -> Condition:
        return {"fact": self._one(list(flags)), "is": True}

    def _date(self) -> Condition:
        name = self._one(["registered_on"] * 4 + list(DATES)[1:])
        old = name == "registered_on" and self._chance(0.7)
        years = self._between(1, 11)
        return {"fact": name, "at_or_before" if old else "at_or_after": {"as_of": f"-{years}y"}}

    def _number(self) -> Condition:
        name = self._one(list(NUMBERS))
        test = "gte" if self._chance(0.75) else self._one(["lte", "lte", "lt"])
        return {"fact": name, test: self._near_median(NUMBERS[name], test == "gte")}

    def _ratio(self) -> Condition:
        top, bottom, limits = self._one(RATIOS)
        test = "lte" if top == "total_liabilities" else "gte"
        return {"number": {"ratio": [top, bottom]}, test: self._one(limits)}

    def _near_median(self, sized: Sized, lower: bool) -> float:
        """Return a round limit that about four in five pass."""
        values = np.array(COUNTS if sized.whole else AMOUNTS)
        distance = np.log(values) - (sized.mean + (-0.8 if lower else 0.8))
        weights = np.exp(-(distance**2) / 4.5)
        return float(self.random.choice(values, p=weights / weights.sum()))

    # ---- chance ---------------------------------------------------------------------------

    def _chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def _between(self, low: int, high: int) -> int:
        return int(self.random.integers(low, high))

    def _one(self, values: Any) -> Any:
        return values[int(self.random.integers(len(values)))]

    def _some(self, values: list[str], low: int, high: int) -> list[str]:
        size = min(self._between(low, high), len(values))
        return sorted(self.random.choice(values, size, replace=False).tolist())


def plain_rows(table: pa.Table, rows: int) -> list[dict[str, Any]]:
    """Return the first rows as dictionaries without what is missing."""
    found = table.slice(0, rows).to_pylist()
    return [{k: v for k, v in row.items() if v is not None and not _is_nan(v)} for row in found]


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)
