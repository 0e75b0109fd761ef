"""Programs of the office that looks after land: the handler's, a colleague's, a stranger's."""

from typing import Any, NamedTuple

import pytest
from django.utils import timezone

from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit
from openzone.zone.people.services import create_unit
from tests.factories import TESTS
from tests.files import PDF
from tests.www.api.conftest import Program, done, file_of, refused

pytestmark = pytest.mark.django_db
PAPER = file_of("示例.pdf", PDF)
PARCEL = {
    "number": "示例2026-01号", "name": "示例地块", "area": "115", "use": "industrial",
    "tenure": "flexible", "tenure_years": 30, "unit": "land",
}  # fmt: skip


class Desk(NamedTuple):
    """Two programs of the unit, one of somebody else."""

    clerk: Program
    colleague: Program
    other: Program


@pytest.fixture
def desk(centre: Unit, make_user: Any, program_of: Any) -> Desk:
    unit, far = (
        create_unit(
            actor=TESTS, code=code, name=name, kind=UnitKind.DEPARTMENT, parent=centre.parent
        )
        for code, name in (("land", "示例自然资源局"), ("trade", "示例投促局"))
    )
    users = (("ziyuan", unit), ("tongshi", unit), ("toucu", far))
    return Desk(*[program_of(make_user(name, Role.HANDLER, one)) for name, one in users])


def made(desk: Desk, **more: Any) -> Any:
    return done(desk.clerk.post("/land/parcels", PARCEL | more), 201)


def act(who: Program, parcel: Any, what: str, **sent: Any) -> Any:
    return done(who.post(f"/land/parcels/{parcel['id']}/{what}", sent))


def today() -> str:
    return timezone.localdate().isoformat()


def test_a_parcel_is_recorded_offered_sold_and_built_on(desk: Desk) -> None:
    parcel = made(desk)
    assert (parcel["state"], float(parcel["area_mu"])) == ("planned", 115)
    act(desk.clerk, parcel, "enter", state="cleared", on="2026-01-10")
    listed = act(desk.clerk, parcel, "offer", kind="listing", announcement="示例告字3号",
                 on="2026-01-20", start_price="3600", scale="10000")  # fmt: skip
    sold = act(desk.clerk, parcel, "conclude", sale=listed["sales"][0]["id"], outcome="sold",
               on="2026-02-20", price="3800", buyer_name="示例公司", scale="10000")  # fmt: skip
    assert (sold["state"], float(sold["sales"][0]["price"])) == ("sold", 38_000_000)
    signed = act(desk.clerk, parcel, "contract", number="示例合8号", on="2026-02-20",
                 begin_due="2026-05-01", scale="10000")  # fmt: skip
    seen = act(desk.clerk, parcel, "site", contract=signed["contracts"][0]["id"], event="begun",
               on="2026-04-01", scale="10000")  # fmt: skip
    assert seen["contracts"][0]["reports"][0]["event"] == "begun"
    assert [one["state"] for one in seen["log"]] == ["cleared", "listed", "sold"]


def test_who_is_slower_is_told_who_was_quicker(desk: Desk) -> None:
    parcel = made(desk)
    act(desk.clerk, parcel, "enter", state="cleared", on="2026-01-10", seen=0)
    sent = {"state": "delivered", "on": "2026-02-10", "seen": 0}
    late = desk.colleague.post(f"/land/parcels/{parcel['id']}/enter", sent)
    assert "ziyuan" in refused(late, 409)["zh"]


def test_others_neither_see_nor_write(desk: Desk) -> None:
    parcel = made(desk)
    assert done(desk.other.get("/land/parcels"))["items"] == []
    refused(desk.other.get(f"/land/parcels/{parcel['id']}"), 404)
    refused(desk.other.post(f"/land/parcels/{parcel['id']}/void", {"reason": "x"}), 404)


def test_conditions_change_what_others_rely_on(desk: Desk) -> None:
    parcel = made(desk)
    sent = {"conditions": {"plot_ratio_min": "1.2"}}
    changed = act(desk.clerk, parcel, "conditions", **sent)
    assert changed["conditions"] == {"plot_ratio_min": "1.2"}
    assert changed["digest"] != parcel["digest"]
    path = f"/land/parcels/{parcel['id']}/conditions"
    assert refused(desk.clerk.post(path, {"conditions": {"none": "1"}}), 422)["field"]
    described = act(desk.clerk, parcel, "describe", **{
        name: PARCEL[name] for name in ("area", "use", "unit")} | {"name": "示例新名"})  # fmt: skip
    assert described["conditions"] == {"plot_ratio_min": "1.2"}


def test_net_land_is_handed_over(desk: Desk) -> None:
    made(desk)
    sent = {"title": "示例净地", "unit": "land", "set_on": "2026-01-10", "due": "2026-02-10",
            "parts": PARCEL["number"]}  # fmt: skip
    task = done(desk.clerk.post("/land/deliveries", sent), 201)
    part = f"/land/parts/{task['parts'][0]['id']}"
    stuck = done(desk.clerk.post(f"{part}/obstacles", {
        "topic": "land", "severity": "2", "title": "两户未迁", "text": "协商中"}))  # fmt: skip
    assert stuck["obstacles"] == 1
    over = done(desk.clerk.post(f"{part}/hand-over", {"on": "2026-01-31", "file": PAPER}))
    assert (over["state"], over["parcels_done"]) == ("done", 1)
    refused(desk.clerk.post(f"{part}/hand-over", {"on": "2026-01-31", "file": PAPER}), 409)
    (row,) = done(desk.clerk.get("/land/deliveries", state="done"))
    assert row["id"] == task["id"]


def test_a_promise_is_signed_checked_by_another_and_missed(desk: Desk) -> None:
    parcel = made(desk)
    sent = {"number": "示例标监1号", "promiser": "示例公司", "completion_due": "2026-06-30",
            "full_output_due": "2028-06-30", "control": "longchang.food",
            "promises": {"investment_per_mu": "149"}}  # fmt: skip
    path = f"/land/parcels/{parcel['id']}/standards"
    assert refused(desk.clerk.post(path, sent), 422)["field"] == "investment_per_mu"
    draft = done(desk.clerk.post(path, sent | {"promises": {"investment_per_mu": "300"}}), 201)
    root = f"/land/standards/{draft['id']}"
    done(desk.clerk.post(f"{root}/sign", {"on": "2026-01-10", "file": PAPER}))
    check = {"stage": "completion", "on": today(), "figures": {"investment_per_mu": "200"},
             "file": PAPER}  # fmt: skip
    refused(desk.clerk.post(f"{root}/checks", check), 403)
    found = done(desk.colleague.post(f"{root}/checks", check), 201)
    assert found["promises"][0]["light"] == "red"
    assert found["checks"][0]["cases"][0]["closed"] is False
    assert done(desk.clerk.get("/land/standards", parcel=parcel["number"]))[0]["id"] == draft["id"]
