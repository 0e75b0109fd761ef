"""Synthetic enterprises: a pure function of the parameters in ``packs/demo/enterprises.yaml``.

Every figure is drawn from a seeded generator, so the same pack gives the same zone on every
machine. Nothing here is a real firm: names carry 示例 and credit codes a division part that
GB/T 2260 does not assign.
"""

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from openzone.demo.parameters import Near, Parameters, Sector
from openzone.engines.facts.catalogue import NEVER
from openzone.engines.identity.uscc import make

T = TypeVar("T")
Value = str | int | Decimal | bool | dt.date | None
RARE = (
    "falsified_files",
    "major_data_incident",
    "tax_evasion",
    "innovation_demo_firm",
    "science_award_national_top3_3y",
)
RECHECKS = ("srdi_recheck", "little_giant_recheck")
ORGANISATION_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass
class Enterprise:
    """One made-up firm: its park and the facts a zone would hold about it."""

    park: str
    facts: dict[str, Value] = field(default_factory=dict)


def generate(parameters: Parameters, as_of: dt.date) -> Iterator[Enterprise]:
    """Yield the firms of the demo zone as known on ``as_of``."""
    rng = random.Random(parameters.seed)  # noqa: S311 - repeatable on purpose
    names = _Names(parameters, rng)
    for number in range(1, parameters.count + 1):
        sector = _weighted(rng, parameters.sectors, [s.weight for s in parameters.sectors])
        yield _Maker(parameters, sector, rng, as_of).make(number, names.next(sector))


class _Names:
    """Names that are never given twice."""

    def __init__(self, parameters: Parameters, rng: random.Random) -> None:
        self._parameters, self._rng, self._given = parameters, rng, set[str]()

    def next(self, sector: Sector) -> str:
        while True:
            brand = self._rng.choice(self._parameters.brands)
            if self._rng.random() < 0.75:  # two-part brands keep 3,000 names apart
                brand = brand[:2] + self._rng.choice(self._parameters.brands)[0]
            word = self._rng.choice(sector.words)
            name = f"{self._parameters.city}{brand}{word}{self._suffix()}"
            if name not in self._given:
                self._given.add(name)
                return name

    def _suffix(self) -> str:
        return _weighted(self._rng, self._parameters.suffixes, [60, 25, 10, 5])


class _Maker:
    """Draws one firm's facts so that they fit together."""

    def __init__(
        self, parameters: Parameters, sector: Sector, rng: random.Random, as_of: dt.date
    ) -> None:
        self.parameters, self.sector, self.rng, self.as_of = parameters, sector, rng, as_of
        self.near = self._drawn_near()

    def make(self, number: int, name: str) -> Enterprise:
        facts: dict[str, Value] = self._identity(number, name)
        facts |= self._size()
        facts |= self._accounts(facts)
        facts |= self._research(facts)
        facts |= self._standing(facts)
        facts |= self._excellence(facts)
        facts |= self._contact()
        if self.rng.random() < self.parameters.champions * (self.sector.high_tech > 0):
            facts |= self._champion(facts)
        park = _weighted(
            self.rng, self.parameters.parks, [park.weight for park in self.parameters.parks]
        )
        return Enterprise(park.code, self._with_gaps(facts))

    def _drawn_near(self) -> Near | None:
        """At most one value of a firm is set close to a limit."""
        draw = self.rng.random()
        for near in self.parameters.near:
            if draw < near.share:
                return near
            draw -= near.share
        return None

    def _value(self, fact: str, otherwise: float) -> float:
        if self.near is None or self.near.fact != fact:
            return otherwise
        return self.near.around * (1 + self.rng.uniform(-self.near.within, self.near.within))

    def _identity(self, number: int, name: str) -> dict[str, Value]:
        organisation = "".join(self.rng.choice(ORGANISATION_ALPHABET) for _ in range(8))
        age_days = int(self.rng.triangular(60, 25 * 365, 6 * 365))
        districts = list(self.parameters.registered_in)
        return {
            "id": f"DEMO-{number:05d}",
            "uscc": make("9", "1", self.parameters.uscc_division, organisation),
            "name": name,
            "short_name": name.removeprefix(self.parameters.city)[:4],
            "industry": self.rng.choice(self.sector.codes),
            "registered_on": self.as_of - dt.timedelta(days=age_days),
            "registered_in": _weighted(
                self.rng, districts, [self.parameters.registered_in[d] for d in districts]
            ),
            "in_mainland": True,
            "address": f"{self.parameters.city}示例路{self.rng.randint(1, 999)}号",
        }

    def _size(self) -> dict[str, Value]:
        drawn = self.sector.staff * math.exp(self.rng.gauss(0, self.sector.spread) - 0.3)
        employees = max(1, round(self._value("employees", drawn)))
        per_head = self.sector.per_head * math.exp(self.rng.gauss(0, 0.5))
        last = self._value("revenue_y1", employees * per_head)
        revenues = [last]
        for _ in range(2):
            revenues.append(revenues[-1] / (1 + self.rng.gauss(0.08, 0.15)))
        return {"employees": employees} | {
            f"revenue_y{back}": _yuan(revenue) for back, revenue in enumerate(revenues, start=1)
        }

    def _accounts(self, known: dict[str, Value]) -> dict[str, Value]:
        facts: dict[str, Value] = {}
        turnover = math.exp(self.rng.gauss(-0.1, 0.4))
        debt = min(1.1, max(0.05, self.rng.gauss(0.55, 0.18)))
        for back in (1, 2, 3):
            revenue = _float(known[f"revenue_y{back}"])
            assets = revenue * turnover
            main = revenue * min(1.0, self.rng.triangular(0.45, 1.02, 0.93))
            facts[f"sales_y{back}"] = _yuan(revenue * 0.99)
            facts[f"net_assets_y{back}"] = _yuan(assets * (1 - debt))
            if back == 1:
                facts["total_assets_y1"] = _yuan(assets)
                facts["total_liabilities_y1"] = _yuan(assets * debt)
                facts["total_income_y1"] = _yuan(revenue * 1.01)
                facts["hightech_income_y1"] = _yuan(revenue * self.rng.triangular(0.2, 0.98, 0.7))
                margin = self.rng.gauss(self.sector.margin, 0.05)
                facts["net_profit_y1"] = _yuan(revenue * margin)
                facts["cost_y1"] = _yuan(revenue * (1 - margin))
                facts["tax_paid_y1"] = _yuan(revenue * (0.015 + max(0.0, margin) / 4))
            if back <= 2:
                facts[f"main_business_revenue_y{back}"] = _yuan(main)
        return facts

    def _research(self, known: dict[str, Value]) -> dict[str, Value]:
        share = self.sector.research * math.exp(self.rng.gauss(0, 0.5))
        share = self._value("rd_share", share)
        expenses = [
            _float(known[f"revenue_y{back}"]) * share * (1 if back == 1 else 0.95)
            for back in (1, 2, 3)
        ]
        employees = int(_number(known["employees"]))
        staff = min(1.0, share * 3 * math.exp(self.rng.gauss(0, 0.3)))
        facts: dict[str, Value] = {
            f"rd_expense_y{back}": _yuan(expense) for back, expense in enumerate(expenses, start=1)
        }
        facts["rd_expense_domestic_3y"] = _yuan(sum(expenses) * self.rng.uniform(0.8, 1))
        facts["science_staff"] = round(employees * staff)
        facts["rd_staff"] = round(employees * staff * 0.8)
        facts["ip_class1"] = self._count(share * 25)
        facts["ip_class2"] = self._count(share * 90)
        facts["ip_class1_highvalue"] = self._count(share * 8)
        return facts

    def _count(self, mean: float) -> int:
        return int(self.rng.expovariate(1 / mean)) if mean > 0 else 0

    def _standing(self, known: dict[str, Value]) -> dict[str, Value]:
        high_tech = self.rng.random() < self.sector.high_tech
        core = high_tech or int(_number(known["ip_class1"])) > 0
        years = (self.as_of - _date(known["registered_on"])).days / 365
        return {
            "ip_core_owned": core,
            "supported_field": self.sector.high_tech > 0,
            "strategic_emerging": self.sector.high_tech >= 0.3,
            "innovation_score": round(self._value("innovation_score", self.rng.gauss(66, 9))),
            "hightech_certificate_valid_to": self._valid_to(0.8 if high_tech else 0),
            "tech_sme_valid_to": self._valid_to(0.5 if core else 0),
            "innovative_sme_valid_to": self._valid_to(0.12),
            "srdi_sme_valid_to": self._valid_to(0.05),
            "little_giant_valid_to": self._valid_to(0.004),
            "niche_years": max(0, round(self._value("niche_years", min(years, 12) * 0.8))),
            "niche_share": _share(self.rng.betavariate(1.2, 12)),
            "equity_raised_2y": _yuan(self._equity()),
            "equity_raised_3y": _yuan(self._equity()),
            "srdi_score": min(100, max(10, round(self.rng.gauss(55, 12)))),
            "major_offence_1y": self.rng.random() < 0.01,
            "on_abnormal_list": self.rng.random() < 0.02,
            "on_dishonest_list": self.rng.random() < 0.005,
            "prohibited_business": False,
            "rd_institution_level": _weighted(
                self.rng, ["none", "municipal", "provincial", "national"], [80, 12, 7, 1]
            ),
            "science_award_national_5y": self.rng.random() < 0.002,
            "science_award_3y": self.rng.random() < 0.01,
            "led_standard_5y": self.rng.random() < 0.02,
            "construction_qualification": str(known["industry"]).startswith("E")
            and self.rng.random() < 0.7,
        }

    def _excellence(self, known: dict[str, Value]) -> dict[str, Value]:
        """What the ladder from innovative SME to little giant asks for."""
        own = sum(self.rng.random() < 0.7 for _ in range(int(_number(known["ip_class1"]))))
        ranks = (1, 9) if self.rng.random() < 0.04 else (10, 400)
        score = min(100, max(10, round(self.rng.gauss(50, 12))))
        facts: dict[str, Value] = {
            "ip_class1_self": own,
            "ip_class1_self_applied": sum(self.rng.random() < 0.8 for _ in range(own)),
            "market_position": self.rng.random() < 0.15,
            "key_field": self.rng.random() < self.sector.high_tech,
            "niche_rank_national": self.rng.randint(*ranks),
            "niche_share_international": _share(self.rng.betavariate(1, 60)),
            "srdi_development_score_y1": score,
            "srdi_development_score_y2": max(0, score - self.rng.randint(-5, 8)),
            "main_business_revenue_y3": _yuan(_float(known["main_business_revenue_y2"]) * 0.94),
            "real_estate_active": str(known["industry"]).startswith("K70"),
        }
        for rare in RARE:
            facts[rare] = self.rng.random() < 0.004
        return facts | dict.fromkeys(RECHECKS, False)

    def _champion(self, known: dict[str, Value]) -> dict[str, Value]:
        """A firm that leads its niche, so that the upper rungs of the ladder are not empty."""
        patents, share = self.rng.randint(5, 30), self.rng.uniform(0.04, 0.09)
        facts: dict[str, Value] = {
            "ip_class1": patents,
            "ip_class1_self": patents,
            "ip_class1_self_applied": patents - 1,
            "niche_years": self.rng.randint(4, 15),
            "niche_share": _share(self.rng.uniform(0.1, 0.4)),
            "innovation_score": self.rng.randint(74, 92),
            "srdi_score": self.rng.randint(62, 85),
            "srdi_development_score_y1": self.rng.randint(55, 80),
            "hightech_certificate_valid_to": self.as_of + dt.timedelta(days=500),
            "srdi_sme_valid_to": self.as_of + dt.timedelta(days=700),
        }
        for back in (1, 2):
            revenue = _float(known[f"revenue_y{back}"])
            facts[f"rd_expense_y{back}"] = _yuan(revenue * share)
            facts[f"main_business_revenue_y{back}"] = _yuan(revenue * 0.95)
        return facts | dict.fromkeys(("ip_core_owned", "market_position", "key_field"), True)

    def _contact(self) -> dict[str, Value]:
        """Made-up people, telephone numbers that nobody has, land and power."""
        return {
            "legal_representative": f"示例{self.rng.choice('甲乙丙丁戊己庚辛')}",
            "contact_phone": f"000-{self.rng.randint(1_000_000, 9_999_999)}",
            "land_area": Decimal(round(math.exp(self.rng.gauss(9, 0.8)))),
            "electricity_kwh_y1": round(math.exp(self.rng.gauss(13, 1.4))),
        }

    def _valid_to(self, share: float) -> dt.date:
        """A certificate, or the knowledge that there is none: the lists are public."""
        if self.rng.random() >= share:
            return NEVER
        return self.as_of + dt.timedelta(days=self.rng.randint(-200, 900))

    def _equity(self) -> float:
        return math.exp(self.rng.gauss(15.5, 1.2)) if self.rng.random() < 0.06 else 0.0

    def _with_gaps(self, facts: dict[str, Value]) -> dict[str, Value]:
        """Drop what the zone would not know; whole series go missing together."""
        gone = {
            prefix for prefix, rate in self.parameters.missing.items() if self.rng.random() < rate
        }
        # In the order of the facts: a set's order differs from process to process.
        flags = [name for name, value in facts.items() if isinstance(value, bool)]
        lost_flags = {
            name for name in flags if self.rng.random() < self.parameters.missing["flags"]
        }
        return {
            name: value
            for name, value in facts.items()
            if value is not None
            and name not in lost_flags
            and not self._before_founding(name, facts)
            and not any(name == prefix or _of_series(name, prefix) for prefix in gone)
        }

    def _before_founding(self, name: str, facts: dict[str, Value]) -> bool:
        """A firm has no accounts for the years before it was registered."""
        series, _, back = name.rpartition("_y")
        founded = _date(facts["registered_on"]).year
        return bool(series) and back.isdigit() and self.as_of.year - int(back) < founded


def _of_series(name: str, series: str) -> bool:
    return name.startswith(series + "_") and name[len(series) + 1 :] in {
        "y1", "y2", "y3", "2y", "3y", "domestic_3y", "highvalue",
    }  # fmt: skip


def _weighted(rng: random.Random, choices: list[T], weights: list[int]) -> T:
    return rng.choices(choices, weights)[0]


def _yuan(amount: float) -> Decimal:
    return Decimal(round(amount, -2)).quantize(Decimal(1))


def _number(value: Value) -> Decimal | int:
    if not isinstance(value, Decimal | int):
        raise TypeError(value)
    return value


def _float(value: Value) -> float:
    return float(_number(value))


def _share(ratio: float) -> Decimal:
    return Decimal(str(round(ratio, 4)))


def _date(value: Value) -> dt.date:
    if not isinstance(value, dt.date):
        raise TypeError(value)
    return value
