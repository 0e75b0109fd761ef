"""A bureau of land with two clerks, a parcel of 115 mu, a factory on it, and who promises."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from openzone.engines.projects.landarea import AreaUnit, to_m2
from openzone.zone.audit.actors import Actor
from openzone.zone.land.enums import ParcelState
from openzone.zone.land.models import Parcel, StandardLand
from openzone.zone.land.services.parcels import create_parcel
from openzone.zone.land.services.standards import draft_standard, sign_standard
from openzone.zone.land.services.states import enter_state
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from openzone.zone.projects.models import Project
from openzone.zone.projects.services.projects import create_project
from openzone.zone.registry.enums import PlaceKind, StaffRole
from openzone.zone.registry.models import Enterprise, Place
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.people import add_staff

NOW = dt.datetime(2026, 6, 30, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
JANUARY = dt.date(2026, 1, 15)
PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PAPER = {"file_name": "示例.pdf", "data": PDF}
PROMISES = {
    "plot_ratio": Decimal("1.2"), "investment_per_mu": Decimal(300), "tax_per_mu": Decimal(20),
    "output_per_mu": Decimal(500), "energy_per_output": Decimal("0.5"),
}  # fmt: skip


def mu(value: float | str) -> Decimal:
    """Return mu as they are kept."""
    return to_m2(Decimal(str(value)), AreaUnit.MU)


class Land(NamedTuple):
    """The parcel, the factory, the unit, and who acts."""

    parcel: Parcel
    factory: Project
    company: Enterprise
    park: Place
    unit: Unit
    clerk: User
    colleague: User
    investor: User


@pytest.fixture
def land(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Land:
    unit = create_unit(
        actor=actor, code="land", name="示例自然资源局", kind=UnitKind.DEPARTMENT, parent=committee
    )
    park = Place.objects.create(code="west", name="示例西区", kind=PlaceKind.PARK)
    company = create_enterprise(actor=actor, name="示例汽车部件有限公司", synthetic=True)
    investor = make_user("touzifang")
    add_staff(
        actor=actor, user=investor, enterprise=company, role=StaffRole.STAFF,
        valid_from=dt.date(2020, 1, 1),
    )  # fmt: skip
    factory = create_project(
        actor=actor, name="示例汽车部件工厂", pipeline="six_batches", on=JANUARY, now=NOW,
        lead_unit=unit, enterprise=company, synthetic=True,
    )  # fmt: skip
    clerk, colleague = (make_user(name, Role.HANDLER, unit) for name in ("ziyuan", "tongshi"))
    parcel = create_parcel(
        actor=actor, number="示例2026-01号", name="示例西区一号地", area_m2=mu(115),
        use="industrial", tenure="flexible", tenure_years=30, place=park, unit=unit,
        conditions={"plot_ratio_min": "1.0"}, now=NOW, synthetic=True,
    )  # fmt: skip
    return Land(parcel, factory, company, park, unit, clerk, colleague, investor)


@pytest.fixture
def plot(actor: Actor, land: Land) -> Callable[..., Parcel]:
    """Bring another parcel into the record."""

    def make(number: str, area: float | str = 100, **more: Any) -> Parcel:
        return create_parcel(
            actor=actor, number=number, name=number, area_m2=mu(area), now=NOW,
            **{"use": "industrial", "unit": land.unit, "place": land.park} | more,
        )  # fmt: skip

    return make


@pytest.fixture
def come(actor: Actor, land: Land) -> Callable[..., Any]:
    """Let a parcel come to a state."""

    def enter(parcel: Parcel, state: str, on: dt.date = JANUARY, **more: Any) -> Any:
        return enter_state(
            actor=actor, parcel=parcel, state=ParcelState(state), on=on, user=land.clerk, now=NOW,
            today=TODAY, **more,
        )  # fmt: skip

    return enter


@pytest.fixture
def drafted(actor: Actor, land: Land) -> Callable[..., StandardLand]:
    """Draft what is promised with the parcel."""

    def put(**given: Any) -> StandardLand:
        said: dict[str, Any] = {
            "parcel": land.parcel, "number": "示例标准地〔2026〕1号", "promises": PROMISES,
            "enterprise": land.company, "completion_due": dt.date(2026, 8, 31),
            "full_output_due": dt.date(2028, 12, 31),
        }  # fmt: skip
        return draft_standard(actor=actor, now=NOW, **said | given)

    return put


@pytest.fixture
def standard(actor: Actor, land: Land, drafted: Callable[..., StandardLand]) -> StandardLand:
    """Return signed promises of the parcel."""
    return sign_standard(
        actor=actor, standard=drafted(), on=JANUARY, user=land.clerk, today=TODAY, **PAPER
    )
