"""Shapes of land: parcels, offers, contracts, deliveries of net land, standard land."""

import datetime as dt
from decimal import Decimal
from typing import Any

from ninja import Schema

from openzone.engines.projects.landarea import mu
from openzone.www.api.bodies import Body
from openzone.www.api.paging import Part
from openzone.www.api.shapes.common import CaseRef, PersonOut, UnitOut, Words
from openzone.www.api.shapes.projects import ProjectRef
from openzone.www.api.values import Day, FileIn, Line, Paragraphs
from openzone.zone.land.selectors.digests import digest
from openzone.zone.land.selectors.standards import due_checks, lines, obligations
from openzone.zone.land.selectors.steps import standing_steps


class ParcelOut(Schema):
    """A parcel as lists show it; its area in m² as it is kept, and in mu to two places.

    ``use`` and ``tenure`` are ids of the pack. ``last_seq`` is the last step of its log.
    """

    id: int
    number: str
    name: str
    area_m2: Decimal
    area_mu: Decimal
    use: str
    tenure: str
    tenure_years: int | None
    state: str
    since: dt.date | None
    unit: UnitOut | None
    last_seq: int
    synthetic: bool

    @staticmethod
    def resolve_area_mu(row: Any) -> Decimal:
        """Return the area in mu."""
        return mu(row.area_m2)


class ParcelPart(Part):
    """A part of the parcels."""

    items: list[ParcelOut]


class StepOut(Schema):
    """A step of a parcel that stands."""

    state: str
    on: dt.date
    reason: str


class SaleOut(Schema):
    """An offer and how it ended; ``outcome`` is empty while it is open. Prices in yuan."""

    id: int
    kind: str
    announcement: str
    announced_on: dt.date
    closes_on: dt.date | None
    start_price: Decimal | None
    outcome: str
    outcome_on: dt.date | None
    price: Decimal | None
    buyer_name: str


class SiteOut(Schema):
    """What was seen of the work."""

    event: str
    on: dt.date
    built_m2: Decimal | None
    invested: Decimal | None
    text: str


class ContractOut(Schema):
    """A land contract and what was seen of the work."""

    id: int
    number: str
    signed_on: dt.date
    price: Decimal | None
    buyer_name: str
    delivery_due: dt.date | None
    begin_due: dt.date | None
    finish_due: dt.date | None
    ended_on: dt.date | None
    reports: list[SiteOut]

    @staticmethod
    def resolve_reports(row: Any) -> Any:
        """Return the reports, the oldest first."""
        return list(row.reports.all())


class LinkOut(Schema):
    """A project on the parcel."""

    id: int
    project: ProjectRef
    area_m2: Decimal
    floor_m2: Decimal | None


class ParcelDetail(ParcelOut):
    """A parcel with its conditions, what happened to it, and what others rely on as a hash."""

    conditions: dict[str, str]
    conditions_text: str
    boundary: list[list[float]]
    digest: str
    log: list[StepOut]
    sales: list[SaleOut]
    contracts: list[ContractOut]
    projects: list[LinkOut]

    @staticmethod
    def resolve_digest(row: Any) -> str:
        """Return the hash of number, area, use, tenure, conditions and boundary."""
        return digest(row)

    @staticmethod
    def resolve_log(row: Any) -> Any:
        """Return the steps that stand."""
        return standing_steps(row.log.all())

    @staticmethod
    def resolve_sales(row: Any) -> Any:
        """Return the offers."""
        return list(row.sales.all())

    @staticmethod
    def resolve_contracts(row: Any) -> Any:
        """Return the contracts."""
        return list(row.contracts.all())

    @staticmethod
    def resolve_projects(row: Any) -> Any:
        """Return the projects on it."""
        return list(row.links.select_related("project"))


class DeliveryOut(Schema):
    """A delivery in figures: areas in m², ``state`` as the board shows it."""

    id: int
    title: str
    unit: UnitOut
    set_on: dt.date
    due: dt.date
    area_m2: Decimal
    done_m2: Decimal
    parcels: int
    parcels_done: int
    obstacles: int
    done_on: dt.date | None
    state: str


class HandOverOut(Schema):
    """Land that was handed over."""

    id: int
    on: dt.date
    area_m2: Decimal
    text: str
    name: str
    recorded_by: PersonOut


class DeliveryPartOut(Schema):
    """A parcel of a delivery."""

    id: int
    parcel: str
    area_m2: Decimal
    done_m2: Decimal
    done_on: dt.date | None
    handovers: list[HandOverOut]
    obstacles: list[CaseRef]


class DeliveryDetail(DeliveryOut):
    """A delivery with its parcels."""

    parts: list[DeliveryPartOut]


class PromiseOut(Schema):
    """A promise and what the last check found: ``light`` green, yellow, red or unknown."""

    indicator: str
    label: Words
    direction: str
    promised: Decimal
    reached: Decimal | None
    short: Decimal | None
    light: str


class CheckDueOut(Schema):
    """A check: when it is due and where it stands."""

    stage: str
    due: dt.date
    state: str


class CheckOut(Schema):
    """A check that was held, and the cases that came of it."""

    id: int
    stage: str
    on: dt.date
    checker: PersonOut
    remark: str
    cases: list[CaseRef]

    @staticmethod
    def resolve_cases(row: Any) -> Any:
        """Return the cases of what was missed."""
        return [one.case for one in obligations(row)]


class StandardOut(Schema):
    """An agreement of standard land with its promises and checks."""

    id: int
    parcel: str
    number: str
    promiser: str
    control: str
    state: str
    signed_on: dt.date | None
    ended_on: dt.date | None
    promises: list[PromiseOut]
    due: list[CheckDueOut]
    checks: list[CheckOut]


def standard(row: Any, on: dt.date) -> dict[str, Any]:
    """Return an agreement as it is answered."""
    plain = ("id", "number", "promiser", "control", "state", "signed_on", "ended_on")
    return {
        **{name: getattr(row, name) for name in plain},
        "parcel": row.parcel.number,
        "promises": [
            {
                "indicator": line.indicator.id, "label": Words.of(line.indicator.label.text),
                "direction": line.indicator.direction.value, "promised": line.promised,
                "reached": line.reached,
                "short": line.short, "light": line.light.value,
            }
            for line in lines(row)
        ],
        "due": [
            {"stage": one.stage.value, "due": one.due, "state": one.state.value}
            for one in due_checks(row, on)
        ],
        "checks": list(row.checks.all()),
    }  # fmt: skip


class ConditionsIn(Body):
    """The planning conditions of a parcel, as a whole, by their ids in the pack."""

    conditions: dict[Line, Decimal]
    conditions_text: Paragraphs = ""


class PromisesIn(Body):
    """Figures by indicator, and the row of published control indicators they may not fall under."""

    promises: dict[Line, Decimal]
    control: Line = ""


class StandardIn(PromisesIn):
    """What is promised with a parcel."""

    number: Line
    promiser: Line
    completion_due: Day
    full_output_due: Day


class CheckIn(Body):
    """What was reached, by indicator; null where nobody knows yet."""

    stage: Line
    on: Day
    figures: dict[Line, Decimal | None]
    file: FileIn
    remark: Line = ""
