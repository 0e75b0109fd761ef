"""Reports: a zone of five synthetic parks; rounds closed, under way, sent back, late."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from openzone.demo.scenes.cast import Cast
from openzone.engines.series.due import last_day
from openzone.engines.series.periods import Period
from openzone.zone.audit.actors import Actor
from openzone.zone.indicators.enums import BatchKind, EntityKind
from openzone.zone.indicators.models import Entity, Report, ReportRound
from openzone.zone.indicators.report_packs import before, form_of, last_ended
from openzone.zone.indicators.services.entities import add_entity, attribute, change_entity
from openzone.zone.indicators.services.figures import (
    Row,
    approve_batch,
    enter_batch,
    submit_batch,
)
from openzone.zone.indicators.services.reports import (
    approve_report,
    return_report,
    save_report,
    submit_report,
)
from openzone.zone.indicators.services.rounds import close_round, excuse, open_round
from openzone.zone.people.models import User
from openzone.zone.registry.models import Enterprise

PARKS: Final = ("示例东园", "示例西园", "示例北园", "示例中园")
"""Beside 示例南园, which is there already."""
DIVISIONS: Final = ("示例甲区", "示例乙区")
FIRMS: Final[tuple[tuple[str, Mapping[str, str]], ...]] = (
    ("恒能动力", {"示例东园": "1"}), ("驰越电池系统", {"示例东园": "1"}),
    ("纬创能源", {"示例东园": "0.5", "示例西园": "0.5"}), ("长风汽车", {"示例西园": "1"}),
    ("先导智造", {"示例西园": "1"}), ("华铸精密", {"示例东园": "1"}), ("顺达物流", {}),
)  # fmt: skip
"""Brands, and where each counts; the last one is in no park."""
JOINED: Final = "先导智造"
"""On the list only since the year before."""
LEFT: Final = "合力电池"
"""On the list only until then."""
FORM: Final = "enterprise_monthly"
PARK_FORM: Final = "park_monthly"
REPORTED: Final = 3
"""So many reported for the period before; the others were excused."""
NOTE: Final = "已核实（示例）"


def reporting(cast: Cast) -> None:
    """Attribute, report, approve, close; then a round under way."""
    period = last_ended(form_of(FORM), cast.today)
    since = last_day(period.years_back(1))
    firms = _firms(cast, since)
    _year_before(cast, [*firms, _firm(cast, LEFT, valid_to=since)], period)
    earlier = _opened(cast, FORM, before(form_of(FORM), period), 50)
    for place, firm in enumerate(firms):
        if place < REPORTED:
            _approved(cast, earlier, firm, _cells(place, Decimal("0.9")), 46)
        else:
            _excused(cast, earlier, firm)
    close_round(actor=cast.who("stats")[0], report_round=earlier, now=cast.at(40))
    _under_way(cast, firms, period)
    _parks(cast, period)


def _firms(cast: Cast, since: dt.date) -> list[Entity]:
    actor, _ = cast.who("stats")
    zone = Entity.objects.get(code="demo-zone")
    places = {
        name: add_entity(actor=actor, kind="park", name=name, parent=zone, synthetic=True,
                         unit=cast.units["science"])
        for name in PARKS
    }  # fmt: skip
    south = Entity.objects.get(code="demo-south")
    change_entity(actor=actor, entity=south, name=south.name, code="demo-south", parent=zone,
                  unit=cast.units["science"])  # fmt: skip
    divisions = [
        add_entity(actor=actor, kind="division", name=name, synthetic=True) for name in DIVISIONS
    ]
    found = [Entity.objects.get(enterprise=cast.firm.root_id)]
    for brand, shares in FIRMS:
        first = since + dt.timedelta(days=1) if brand == JOINED else None
        made = _firm(cast, brand, valid_from=first)
        found.append(made)
        for name, share in shares.items():
            _counts(cast, made, places[name], "economic", share)
    for place, one in enumerate(found):
        _counts(cast, one, divisions[place % 2], "division", "1")
    return found


def _firm(
    cast: Cast, brand: str, *, valid_from: dt.date | None = None, valid_to: dt.date | None = None
) -> Entity:
    firm = Enterprise.objects.get(name=f"示例{brand}有限公司")
    return add_entity(
        actor=cast.who("stats")[0], kind="enterprise", name=firm.name, enterprise=firm,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip


def _counts(cast: Cast, one: Entity, to: Entity, key: str, share: str) -> None:
    attribute(
        actor=cast.who("stats")[0], entity=one, to=to, key=key, share=Decimal(share),
        valid_from=dt.date(cast.today.year - 1, 1, 1), document="示例归属文件",
    )  # fmt: skip


def _cells(place: int, size: Decimal = Decimal(1)) -> dict[str, str]:
    """Return made-up figures of a firm, in the units of the form."""
    base = (Decimal(9000 + 2700 * place) * size).quantize(Decimal(1))
    return {
        "output": str(base), "revenue": str((base * Decimal("1.04")).quantize(Decimal(1))),
        "profit": str((base * Decimal("0.07")).quantize(Decimal(1))),
        "tax": str((base * Decimal("0.05")).quantize(Decimal(1))),
        "electricity": str((base / 40).quantize(Decimal("0.1"))),
        "gas": str((base / 500).quantize(Decimal("0.1"))), "diesel": str(place),
        "coal": "不适用", "employees": str(120 + 35 * place),
        "rd": str((base * Decimal("0.03")).quantize(Decimal(1))),
    }  # fmt: skip


def _year_before(cast: Cast, firms: list[Entity], period: Period) -> None:
    """What they reported a year before, taken over as a table."""
    actor, user = cast.who("stats")
    earlier = period.years_back(1)
    rows = []
    for place, firm in enumerate(firms):
        cells = _cells(place, Decimal("0.92"))
        rows += [
            Row(firm, {"series": series, "period": str(earlier), "value": cells[name],
                       "unit": unit, "published": str(dt.date(cast.today.year, 1, 2))})
            for name, series, unit in (
                ("output", "industrial_output", "万元"), ("revenue", "revenue", "万元"),
                ("tax", "tax", "万元"), ("electricity", "electricity", "万千瓦时"))
        ]  # fmt: skip
    batch = enter_batch(
        actor=actor, user=user, kind=BatchKind.TABLE, title="示例上年企业月报", rows=rows,
        now=cast.at(60), document="示例上年企业月报", synthetic=True,
    )  # fmt: skip
    said = {row.number: NOTE for row in batch.rows.all() if row.flags}
    submit_batch(actor=actor, user=user, batch=batch, now=cast.at(60), explanations=said)
    chief = User.objects.get(username="demo-stats")
    approve_batch(actor=Actor.of(chief), batch=batch, user=chief, now=cast.at(59))


def _opened(cast: Cast, form: str, period: Period, ago: int) -> ReportRound:
    return open_round(
        actor=cast.who("stats")[0], form=form, period=period, now=cast.at(ago), on=cast.today,
        synthetic=True,
    )  # fmt: skip


def _typed(
    cast: Cast, one: ReportRound, entity: Entity, cells: Mapping[str, str], ago: int
) -> tuple[Report, User]:
    user = _reporter(cast, entity)
    report = Report.objects.get(round=one, entity=entity)
    kept = save_report(
        actor=Actor.of(user), report=report, version=report.version, cells=cells,
        notes=dict.fromkeys(cells, NOTE), now=cast.at(ago, 9),
    )  # fmt: skip
    return kept, user


def _reporter(cast: Cast, entity: Entity) -> User:
    if entity.kind == EntityKind.PARK:
        return cast.users["handler"]
    if entity.enterprise_id == cast.firm.root_id:
        return cast.users["qiye"]
    return cast.applicant


def _sent(
    cast: Cast, one: ReportRound, entity: Entity, cells: Mapping[str, str], ago: int
) -> Report:
    kept, user = _typed(cast, one, entity, cells, ago)
    return submit_report(
        actor=Actor.of(user), report=kept, version=kept.version, user=user, now=cast.at(ago, 10)
    )


def _approved(
    cast: Cast, one: ReportRound, entity: Entity, cells: Mapping[str, str], ago: int
) -> None:
    sent = _sent(cast, one, entity, cells, ago)
    actor, user = cast.who("stats")
    approve_report(actor=actor, report=sent, version=sent.version, user=user, now=cast.at(ago, 15))


def _excused(cast: Cast, one: ReportRound, entity: Entity) -> None:
    report = Report.objects.get(round=one, entity=entity)
    excuse(
        actor=cast.who("stats")[0], report=report, reason="示例：上期尚未纳入报送", now=cast.at(45)
    )


def _under_way(cast: Cast, firms: list[Entity], period: Period) -> None:
    """Three approved, one waits, one was sent back, one has begun, one has not."""
    one = _opened(cast, FORM, period, 14)
    own, *others = firms
    for place, firm in enumerate(others[:3], start=1):
        _approved(cast, one, firm, _cells(place), 12 if place < 3 else 1)
    _sent(cast, one, others[4], _cells(5), 2)
    sent = _sent(cast, one, others[5], _cells(6) | {"tax": "1"}, 3)
    return_report(
        actor=cast.who("stats")[0], report=sent, version=sent.version, now=cast.at(2),
        cells={"tax": "与营业收入不相称，请核对完税证明（示例）"}, reason="",
    )  # fmt: skip
    _typed(cast, one, own, {"output": "9000", "revenue": "约9360"}, 1)


def _parks(cast: Cast, period: Period) -> None:
    """Three parks approved, one waits, one is silent."""
    parks = list(Entity.objects.filter(kind=EntityKind.PARK, synthetic=True).order_by("pk"))
    one = _opened(cast, PARK_FORM, period, 14)
    for place, park in enumerate(parks[:4]):
        size = Decimal(30 - 5 * place)
        cells = {
            "revenue": str(size), "output": str(size * Decimal("0.8")),
            "tax": str(size * Decimal("0.06")), "investment": str(size / 4),
            "industrial_investment": str(size / 5), "enterprises": str(400 - 60 * place),
            "above_size": str(40 - 6 * place),
        }  # fmt: skip
        if place < 3:
            _approved(cast, one, park, cells, 10)
        else:
            _sent(cast, one, park, cells, 2)
