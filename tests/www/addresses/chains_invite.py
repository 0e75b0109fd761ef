"""Whom to invite: candidates, cities, trips, weights, lists of outside firms."""

from typing import TYPE_CHECKING

from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.chains.models import CandidateFirm
from openzone.zone.promotion.services.trips import open_team
from tests.www.addresses.address import NOWHERE, Address, get, post
from tests.zone.chains import inviting

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# People of the zone read; handlers and the centre keep lists; leaders and the centre adopt weights.
CHAIN, LIST = {"chain": inviting.CHAIN}, {"pk": "{i_list}"}
READ, DONE, WRONG = (200, 200, 403, 403), (302, 302, 403, 403), (400, 400, 403, 403)
GONE = (404, 404, 403, 403)
LEAD = {"kind": "list", "pk": "{i_firm}", "node": "cathode", **CHAIN}
PLAN = "?cities=%E5%B8%B8%E5%B7%9E&begins=2026-07-01"

ADDRESSES: tuple[Address, ...] = (
    get("chain_candidates", *READ),
    post("chain_candidates", *WRONG),
    get("chain_candidate_list", *READ, **LIST),
    get("chain_candidate_list", *READ, pk="{i_open}"),
    get("chain_candidate_list", *GONE, pk=NOWHERE),
    post("chain_candidate_export", *READ, **LIST),
    post("chain_candidate_step", *DONE, pk="{i_open}", what="apply"),
    post("chain_candidate_step", *DONE, pk="{i_list}", what="discard"),
    post("chain_candidate_step", *DONE, pk="{i_list}", what="undo"),
    post("chain_candidate_step", *GONE, pk="{i_list}", what="burn"),
    get("chain_invite", *READ, **CHAIN),
    get("chain_invite", *READ, **CHAIN, query="?node=cathode&gap=fill&source=list&q=%E6%AD%A3"),
    get("chain_invite", *WRONG, **CHAIN, query="?node=nothing&source=hearsay"),
    get("chain_invite", *GONE, chain="nothing"),
    post("chain_invite_export", *READ, **CHAIN, data={"node": "cathode"}),
    get("chain_invite_cities", *READ, **CHAIN),
    post("chain_invite_cities", *READ, **CHAIN, data={"picture_file": "cities.svg"}),
    get("chain_invite_plan", *READ, **CHAIN, query=PLAN),
    get("chain_invite_plan", *WRONG, **CHAIN, query="?city=x&begins=soon"),
    post("chain_invite_plan_file", *READ, kind="excel", **CHAIN,
         data={"cities": "常州", "begins": "2026-07-01"}),
    post("chain_invite_plan_file", *READ, kind="word", **CHAIN,
         data={"cities": "常州", "begins": "2026-07-01"}),
    post("chain_invite_plan_file", *DONE, kind="word", **CHAIN, data={"cities": "无此城"}),
    post("chain_invite_plan_file", *GONE, kind="stone", **CHAIN),
    get("chain_invite_trip", 403, 200, 403, 403, **CHAIN, query=PLAN),
    post("chain_invite_trip", 403, 302, 403, 403, **CHAIN, data={
        "cities": "常州", "begins": "2026-07-01", "team": "{i_team}", "title": "赴常州",
        "channel": "visit", "leader": "{i_leader}"}),
    post("chain_invite_trip", 403, 400, 403, 403, **CHAIN, data={
        "cities": "无此城", "begins": "2026-07-01", "team": "{i_team}", "title": "赴",
        "channel": "visit", "leader": "{i_leader}"}),
    get("chain_invite_weights", *READ, **CHAIN),
    post("chain_invite_adopt", 302, 403, 403, 403, **CHAIN, data={"seen": "1", "reason": "试"}),
    get("chain_invite_set", 200, 403, 403, 403, **CHAIN),
    post("chain_invite_set", 400, 403, 403, 403, **CHAIN, data={"w_gap": "much"}),
    get("chain_invite_lead", 403, 200, 403, 403, **LEAD),
    post("chain_invite_lead", 403, 302, 403, 403, **LEAD, data={"unit": "office"}),
    get("chain_invite_lead", 403, 404, 403, 403, **{**LEAD, "node": "cell"}),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor = Actor.system("tests")
    inviting.zone(actor, zone.clerk)
    today = timezone.localdate()
    rows = inviting.ROWS.replace("2026-06-01", "2026-01-05")
    entered = inviting.entered(actor, rows, as_of=today, now=timezone.now())
    waiting = inviting.checked(
        actor, rows.replace(inviting.CODE, "9134"), as_of=today, now=timezone.now()
    )
    team = open_team(actor=actor, name="示例招商队", unit=zone.charge.unit)
    return {
        "i_list": entered.pk, "i_open": waiting.pk, "i_team": team.pk,
        "i_firm": CandidateFirm.objects.get(listing=entered, row=2).pk,
        "i_leader": zone.clerk.get_username(),
    }  # fmt: skip
