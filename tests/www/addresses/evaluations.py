"""Evaluations: cycles in every state, data, results, objections, marks, simulators, trackers."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.evaluations.services import cycles, entrants, protests, rulings
from openzone.zone.evaluations.services.sheets import check_sheet
from openzone.zone.people.models import User
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.evaluations import field as f

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# The administrator runs it; the colleague's office enters the energy column of the open one; the
# owner speaks for the first firm of both; a stranger is not evaluated. Lists are for who works here
# and who is on them.
OPEN, SHOWN, PANEL = ({"pk": f"{{val_{name}}}"} for name in ("open", "shown", "panel"))
NEAR, OTHER = {"pk": "{val_near}"}, {"pk": "{val_other}"}
MINE, THEIRS = {"pk": "{val_mine}"}, {"pk": "{val_theirs}"}
ALL, ZONE = (200, 200, 200, 403), (200, 200, 403, 403)
RUNS, BUREAU = (200, 403, 403, 403), (200, 200, 403, 403)
DONE, WRONG = (302, 403, 403, 403), (400, 403, 403, 403)
GONE = (404, 404, 404, 403)


def _do(what: str, expected: tuple[int, ...], found: dict[str, str] = OPEN, **data: str) -> Address:
    return post("evaluation_act", *expected, what=what, data=data, **found)


def _about(
    what: str, expected: tuple[int, ...], found: dict[str, str] = OTHER, **data: str
) -> Address:
    return post("evaluation_entrant_act", *expected, what=what, data=data, **found)


ADDRESSES: tuple[Address, ...] = (
    get("evaluations", *ALL),
    get("evaluation_new", *RUNS),
    post("evaluation_new", *DONE, data={
        "scheme": "unnamed_city", "year": "2025", "title": "示例亩均"}),
    post("evaluation_new", *WRONG, data={
        "scheme": "huaian_2024", "year": "2025", "title": "示例亩均"}),
    post("evaluation_new", *WRONG, data={"scheme": "none", "year": "2025", "title": "x"}),
    get("evaluation_history", *ZONE),
    get("evaluation_credit", *ZONE),
    get("evaluation_satisfaction", *ZONE),
    get("evaluation", *ALL, **OPEN),
    get("evaluation", *ALL, **SHOWN),
    get("evaluation", 200, 403, 403, 403, **PANEL),
    get("evaluation", *GONE, pk=NOWHERE),
    *(get("evaluation_act", *RUNS, what=what, **OPEN) for what in ("add", "column", "gather",
                                                                   "post", "lock")),
    get("evaluation_act", *RUNS, what="reviewer", **PANEL),
    get("evaluation_act", *RUNS, what="finish", **SHOWN),
    get("evaluation_act", 404, 404, 404, 404, what="burn", **OPEN),
    _do("add", DONE, name="示例平台", group="above"),
    _do("add", WRONG, named="查无此企业", group="above"),
    _do("add", WRONG, name="示例平台", group="king"),
    _do("column", DONE, item="water", unit="office"),
    _do("column", WRONG, item="gold"),
    _do("gather", DONE),
    _do("post", DONE),
    _do("post", WRONG, SHOWN),
    _do("lock", WRONG, data_on="2026-01-01"),
    _do("lock", WRONG, SHOWN, data_on="2026-01-01"),
    _do("return", WRONG, remark="x"),
    _do("publish", WRONG),
    _do("finish", WRONG, SHOWN),
    _do("reviewer", DONE, PANEL, user="shuiwu", group="clusters"),
    _do("reviewer", WRONG, OPEN, user="shuiwu"),
    get("evaluation_data", *BUREAU, **OPEN),
    get("evaluation_data", *BUREAU, query="?missing=energy", **OPEN),
    get("evaluation_data", 404, 404, 403, 403, query="?missing=gold", **OPEN),
    post("evaluation_data_export", *BUREAU, **OPEN),
    get("evaluation_cell", *BUREAU, item="energy", **OTHER),
    get("evaluation_cell", 200, 403, 403, 403, item="tax", **OTHER),
    get("evaluation_cell", *GONE, item="gold", **OTHER),
    post("evaluation_cell", 403, 302, 403, 403, item="energy", **OTHER, data={
        "value": "5", "source": "示例", "reason": "更正"}),
    post("evaluation_cell", 403, 400, 403, 403, item="energy", **OTHER, data={
        "value": "-5", "source": "示例", "reason": "更正"}),
    get("evaluation_books", *BUREAU, **OPEN),
    post("evaluation_books", 400, 400, 403, 403, **OPEN),
    get("evaluation_book", 200, 403, 403, 403, pk="{val_book}"),
    get("evaluation_book", *GONE, pk=NOWHERE),
    post("evaluation_book_act", *DONE, pk="{val_book}", step="apply"),
    post("evaluation_book_act", *DONE, pk="{val_book}", step="discard"),
    post("evaluation_book_act", 404, 404, 404, 404, pk="{val_book}", step="burn"),
    get("evaluation_land", 403, 403, 403, 403, **OPEN),
    get("evaluation_land", *ALL, **SHOWN),
    get("evaluation_list", 403, 403, 403, 403, **OPEN),
    get("evaluation_list", *ALL, **SHOWN),
    *(post("evaluation_file", *ALL, kind=kind, **SHOWN) for kind in ("word", "pdf", "excel")),
    post("evaluation_file", 404, 404, 404, 404, kind="tape", **SHOWN),
    get("evaluation_scores", *RUNS, **OPEN),
    get("evaluation_scores", *RUNS, **SHOWN),
    get("evaluation_prices", *RUNS, **OPEN),
    get("evaluation_prices", *RUNS, query="?prices=example", **SHOWN),
    get("evaluation_prices", *WRONG, query="?prices=gold", **OPEN),
    get("evaluation_what_if", *RUNS, **OPEN),
    get("evaluation_what_if", *RUNS, **OPEN,
        query="?group=above&w-tax_per_mu=35&w-sales_per_mu=45"),
    get("evaluation_what_if", *WRONG, query="?group=above&w-tax_per_mu=99", **OPEN),
    get("evaluation_what_if", *WRONG, query="?group=above&w-tax_per_mu=x", **OPEN),
    get("evaluation_what_if", *WRONG, query="?group=kings", **OPEN),
    get("evaluation_marks", *RUNS, **PANEL),
    post("evaluation_marks", 403, 403, 403, 403, data={"m-1-points": "9"}, **PANEL),
    post("evaluation_marks_lock", 403, 403, 403, 403, **PANEL),
    get("evaluation_entrant", 200, 403, 200, 403, **NEAR),
    get("evaluation_entrant", 200, 403, 403, 403, **OTHER),
    get("evaluation_entrant", 200, 403, 200, 403, **MINE),
    get("evaluation_entrant", 200, 403, 403, 403, **THEIRS),
    get("evaluation_entrant", *GONE, pk=NOWHERE),
    *(get("evaluation_entrant_act", *RUNS, what=what, **OTHER)
      for what in ("place", "exclude", "veto", "adjust", "drop")),
    get("evaluation_entrant_act", 404, 404, 404, 404, what="burn", **OTHER),
    _about("place", DONE, group="above", parcel="G-1", land_since="2020-01-01"),
    _about("place", WRONG, group="above", landlord="{val_mine}"),
    _about("exclude", DONE, ground="utility", document="示例〔2026〕1号"),
    _about("exclude", WRONG, ground="zombie", document="示例〔2026〕1号"),
    _about("veto", DONE, ground="accident", document="示例〔2026〕1号"),
    _about("veto", WRONG, ground="accident"),
    _about("adjust", DONE, points="2", document="示例〔2026〕1号"),
    _about("adjust", WRONG, points="", document="示例〔2026〕1号"),
    _about("drop", WRONG),
    get("evaluation_entrant_act", 403, 403, 200, 403, what="object", **MINE),
    post("evaluation_entrant_act", 403, 403, 302, 403, what="object", **MINE,
         data={"text": "税收漏计"}),
    post("evaluation_entrant_act", 403, 403, 400, 403, what="object", **MINE),
    get("evaluation_entrant_act", 403, 403, 403, 403, what="object", **NEAR),
    get("evaluation_ruling_lift", *RUNS, pk="{val_ruling}"),
    post("evaluation_ruling_lift", *DONE, pk="{val_ruling}", data={"document": "示例〔2026〕2号"}),
    post("evaluation_ruling_lift", *WRONG, pk="{val_ruling}"),
    get("evaluation_protest", *RUNS, pk="{val_protest}"),
    post("evaluation_protest", *DONE, pk="{val_protest}", data={"upheld": "no", "text": "不属实"}),
    post("evaluation_protest", *WRONG, pk="{val_protest}", data={"upheld": "yes", "text": "属实"}),
    get("evaluation_protest", 404, 404, 404, 404, pk=NOWHERE),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now = Actor.system("tests"), timezone.now()
    at = f.field(actor, now, first=zone.near, count=3)
    office = zone.clerk.memberships.earliest("pk").unit
    cycles.assign_column(actor=actor, cycle=at.cycle, item="energy", unit=office)
    ruling = rulings.decide(
        actor=actor, user=at.opener, entrant=at.firm(3), kind="adjust", points=Decimal(1),
        document="示例〔2026〕1号", now=now,
    )  # fmt: skip
    book = check_sheet(
        actor=actor, user=at.taxman, cycle=at.cycle, file_name="税收.csv", source="示例核定表",
        data="企业名称,评价税收(万元),更正理由\n示例企业02有限公司,12,更正\n".encode(), now=now,
    )  # fmt: skip
    shown = f.field(actor, f.days(-14, now), first=zone.near, count=3, year=2024)
    f.published(actor, shown, f.days(-14, now))
    protest = protests.object_to(
        actor=actor, user=shown.owner, entrant=shown.firm(3), text="税收漏计", now=now
    )
    return {
        "val_open": at.cycle.pk, "val_near": at.firm(1).pk, "val_other": at.firm(2).pk,
        "val_ruling": ruling.pk, "val_book": book.pk, "val_shown": shown.cycle.pk,
        "val_mine": shown.firm(1).pk, "val_theirs": shown.firm(2).pk, "val_protest": protest.pk,
        **_panel(actor, at.opener, now),
    }  # fmt: skip


def _panel(actor: Actor, opener: User, now: object) -> dict[str, object]:
    made = cycles.open_cycle(
        actor=actor, user=opener, scheme="service_platforms_2022", year=2025,
        title="示例服务综合体评价", now=now,  # type: ignore[arg-type]
    )  # fmt: skip
    entrants.add_entrant(actor=actor, cycle=made, group="clusters", name="示例平台")
    return {"val_panel": made.pk}
