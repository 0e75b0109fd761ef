"""Targets and evaluations, the report of projects, the leaders' page."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.people.services import create_user
from openzone.zone.performance.models import Round
from openzone.zone.performance.services import completions, objections, rounds
from openzone.zone.performance.services.targets import set_target
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A target counted in the ledger, one the handler's office reports with a report that waits, one of
# a person the handler is no leader of; an evaluation in each state. The administrator runs it.
COUNTED, REPORTED, PERSONS = ({"pk": f"{{e_{name}}}"} for name in ("counted", "reported", "person"))
OPEN, CLOSED, CONFIRMED = ({"pk": f"{{e_{name}}}"} for name in ("open", "closed", "confirmed"))
TARGET = {
    "indicator": "signed_projects", "scope": "zone", "first_year": "2026", "amount": "24",
    "document": "示例〔2026〕2号",
}  # fmt: skip
SPAN = "first=2026-01-01&last=2026-05-31"


def _do(what: str, status: int, found: dict[str, str] = OPEN, **data: str) -> Address:
    return post("round_act", status, 403, 403, 403, data=data, what=what, **found)


ADDRESSES: tuple[Address, ...] = (
    get("one_page", 200, 403, 403, 403),
    get("one_page", 400, 403, 403, 403, query="?first=2026-02-01&last=2026-01-01"),
    get("performance_report", 200, 403, 403, 403),
    get("performance_report", 200, 403, 403, 403, query=f"?{SPAN}"),
    get("performance_report", 400, 403, 403, 403, query="?first=x"),
    get("performance_report_rows", 200, 403, 403, 403,
        query=f"?{SPAN}&sentence=stages&slot=started"),
    get("performance_report_rows", 200, 403, 403, 403,
        query=f"?{SPAN}&sentence=money&slot=funds_share"),
    get("performance_report_rows", 404, 403, 403, 403, query="?sentence=stages&slot=nothing"),
    *(post("performance_report_file", 200, 403, 403, 403, kind=kind,
           data={"first": "2026-01-01", "last": "2026-05-31"}) for kind in ("word", "excel")),
    post("performance_report_file", 404, 404, 404, 404, kind="tape"),
    get("over_half", 200, 200, 403, 403),
    get("over_half", 200, 200, 403, 403, query="?year=2025"),
    get("over_half", 400, 400, 403, 403, query="?year=12"),
    get("targets", 200, 200, 403, 403),
    get("targets", 200, 200, 403, 403, query="?year=2026&scope=unit&behind=on"),
    get("targets", 400, 400, 403, 403, query="?scope=galaxy"),
    post("target_export", 200, 200, 403, 403, data={"year": "2026"}),
    get("target_new", 200, 403, 403, 403),
    get("target_new", 200, 403, 403, 403, query="?indicator=nothing&scope=zone"),
    post("target_new", 302, 403, 403, 403, data=TARGET),
    post("target_new", 400, 403, 403, 403, data=TARGET | {"amount": "0"}),
    post("target_new", 400, 403, 403, 403, data=TARGET | {"scope": "unit"}),
    post("target_new", 400, 403, 403, 403, data={}),
    get("target", 200, 200, 403, 403, **COUNTED),
    get("target", 200, 200, 403, 403, **REPORTED),
    get("target", 200, 403, 403, 403, **PERSONS),
    get("target", 404, 404, 404, 404, pk=NOWHERE),
    get("target_rows", 200, 200, 403, 403, **COUNTED),
    get("target_rows", 404, 404, 403, 403, **REPORTED),
    get("target_rows", 200, 403, 403, 403, **PERSONS),
    *(get("target_act", 200, 403, 403, 403, what=what, **COUNTED)
      for what in ("change", "withdraw")),
    get("target_act", 404, 404, 404, 404, what="nothing", **COUNTED),
    post("target_act", 302, 403, 403, 403, what="change", **COUNTED, data={
        "amount": "300", "document": "示例〔2026〕9号", "reason": "年中调整"}),
    post("target_act", 400, 403, 403, 403, what="change", **COUNTED, data={
        "amount": "284", "document": "示例〔2026〕1号", "reason": "年中调整"}),
    post("target_act", 302, 403, 403, 403, what="withdraw", **COUNTED, data={"reason": "误下达"}),
    post("target_act", 400, 403, 403, 403, what="withdraw", **COUNTED),
    get("target_report", 200, 200, 403, 403, **REPORTED),
    post("target_report", 400, 400, 403, 403, **REPORTED, data={
        "on": "2026-06-30", "value": "5", "text": "报表"}),
    get("completion", 200, 403, 403, 403, pk="{e_done}"),
    post("completion", 302, 403, 403, 403, pk="{e_done}", data={"confirmed": "yes"}),
    post("completion", 400, 403, 403, 403, pk="{e_done}", data={"confirmed": "no"}),
    get("completion", 404, 404, 404, 404, pk=NOWHERE),
    get("completion_evidence", 200, 200, 403, 403, pk="{e_done}"),
    get("rounds", 200, 200, 403, 403),
    get("round_new", 200, 403, 403, 403),
    post("round_new", 302, 403, 403, 403, data={
        "scheme": "county_groundwork", "title": "示例考核", "on": "2026-06-30"}),
    post("round_new", 400, 403, 403, 403, data={
        "scheme": "none", "title": "x", "on": "2026-06-30"}),
    get("round", 200, 403, 403, 403, **OPEN),
    get("round", 200, 403, 403, 403, **CONFIRMED),
    post("round", 200, 403, 403, 403, **OPEN),
    post("round", 200, 403, 403, 403, **CONFIRMED),
    get("round", 404, 404, 404, 404, pk=NOWHERE),
    *(get("round_act", 200, 403, 403, 403, what=what, **OPEN) for what in ("add", "drop", "close")),
    *(get("round_act", 200, 403, 403, 403, what=what, **CLOSED) for what in ("confirm", "return")),
    get("round_act", 200, 403, 403, 403, what="finish", **CONFIRMED),
    get("round_act", 404, 404, 404, 404, what="nothing", **OPEN),
    _do("add", 302, person="{e_other}", post="key"),
    _do("add", 400, person="{e_worker}", post="key"),
    _do("add", 400, post="king"),
    _do("drop", 302, participant="{e_in_open}"),
    _do("drop", 400, participant="{e_in_closed}"),
    _do("close", 302),
    _do("close", 400, CLOSED),
    _do("confirm", 302, CLOSED),
    _do("return", 302, CLOSED, remark="口径有误"),
    _do("return", 400, CLOSED),
    _do("finish", 400, CONFIRMED),
    *(post("round_file", 200, 403, 403, 403, kind=kind, **CONFIRMED) for kind in ("word", "excel")),
    post("round_file", 404, 404, 404, 404, kind="tape", **CONFIRMED),
    get("score", 200, 403, 403, 403, pk="{e_in_open}"),
    post("score", 200, 403, 403, 403, pk="{e_in_open}"),
    post("score", 200, 403, 403, 403, pk="{e_in_confirmed}"),
    get("score", 404, 404, 404, 404, pk=NOWHERE),
    get("score_object", 403, 403, 403, 403, pk="{e_in_confirmed}"),
    get("objection", 200, 403, 403, 403, pk="{e_objection}"),
    post("objection", 302, 403, 403, 403, pk="{e_objection}", data={
        "upheld": "no", "text": "已核对"}),
    post("objection", 400, 403, 403, 403, pk="{e_objection}", data={"upheld": "yes", "text": ""}),
    get("objection", 404, 404, 404, 404, pk=NOWHERE),
)  # fmt: skip

PDF = b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    today, now = timezone.localdate(), timezone.now()
    boss, worker, other = (
        create_user(actor=Actor.system("tests"), username=f"e-{name}")
        for name in ("boss", "worker", "other")
    )
    hand: dict[str, Any] = {"actor": Actor.system("tests"), "now": now, "user": boss}
    said = {"first_year": today.year, "last_year": today.year, "document": "示例〔2026〕1号"}
    counted = set_target(
        **hand, **said, indicator="funds_in_place", scope="zone", amount=Decimal(28_400_000_000)
    )
    reported = set_target(
        **hand, **said, indicator="park_revenue", scope="unit", unit=zone.charge.unit,
        amount=Decimal(1_000_000),
    )  # fmt: skip
    person = set_target(
        **hand, **said, indicator="signed_projects", scope="person", person=worker,
        amount=Decimal(4),
    )  # fmt: skip
    done = completions.report_completion(
        **hand, target=reported, on=today, value=Decimal(5), text="报表", file_name="示例.pdf",
        data=PDF, today=today,
    )  # fmt: skip
    opened, closed, confirmed = (
        _round(hand, worker, today - dt.timedelta(days=days)) for days in (0, 1, 2)
    )
    for one in (closed, confirmed):
        rounds.close_round(**hand, found=one)
    rounds.confirm_round(**(hand | {"user": other}), found=confirmed, today=today)
    mine = {
        f"in_{name}": one.participants.get()
        for name, one in (("open", opened), ("closed", closed), ("confirmed", confirmed))
    }
    objection = objections.object_to(
        **(hand | {"user": worker}), participant=mine["in_confirmed"], text="少计", today=today
    )
    made = {
        "counted": counted, "reported": reported, "person": person, "done": done, "open": opened,
        "closed": closed, "confirmed": confirmed, "objection": objection, **mine,
    }  # fmt: skip
    names = {"e_other": other.username, "e_worker": worker.username}
    return {f"e_{name}": row.pk for name, row in made.items()} | names


def _round(hand: dict[str, Any], worker: User, on: dt.date) -> Round:
    made = rounds.open_round(
        **hand, scheme="promotion_posts", title="示例考核", on=on, today=timezone.localdate(),
        synthetic=True,
    )  # fmt: skip
    rounds.add_participant(actor=hand["actor"], found=made, post="key", person=worker)
    return made
