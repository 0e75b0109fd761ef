"""What investor and zone promise each other, and the fair-competition review."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from openzone.zone.agreements.services import drafting, fulfilments, incentives, signing
from openzone.zone.audit.actors import Actor
from openzone.zone.people.services import create_user
from openzone.zone.projects.services.projects import create_project
from tests.files import PDF
from tests.www.addresses.address import NOWHERE, Address, get, post

if TYPE_CHECKING:
    from tests.www.conftest import Zone

# A project of the handler's office and the first enterprise: a signed contract and a draft. The
# administrator reads it, the handler writes, the enterprise's own people (owner) see what is
# signed and report; the stranger sees nothing.
PROJECT, SIGNED, DRAFT = {"pk": "{a_project}"}, {"pk": "{a_signed}"}, {"pk": "{a_draft}"}
DUE = "2027-06-30"
ACTS = ("promise", "grant", "drop", "sign", "end", "amend")


def _do(what: str, status: int, agreement: dict[str, str] = DRAFT, **data: str) -> Address:
    return post("agreement_act", 403, status, 403, 403, data=data, what=what, **agreement)


ADDRESSES: tuple[Address, ...] = (
    get("promises", 200, 200, 403, 403),
    get("promises", 200, 200, 403, 403, query="?side=zone&state=missed&count=open"),
    get("promises", 400, 400, 403, 403, query="?side=nobody"),
    get("promises", 400, 400, 403, 403, query="?count=many"),
    post("promise_export", 200, 200, 403, 403, data={"side": "zone"}),
    get("agreements_mine", 403, 403, 200, 200),
    get("project_agreements", 200, 200, 403, 403, **PROJECT),
    get("project_agreements", 404, 404, 404, 404, pk=NOWHERE),
    get("agreement", 200, 200, 200, 403, **SIGNED),
    get("agreement", 200, 200, 403, 403, **DRAFT),
    get("agreement", 404, 404, 404, 404, pk=NOWHERE),
    get("agreement_paper", 200, 200, 200, 403, **SIGNED),
    get("agreement_paper", 404, 404, 403, 403, **DRAFT),
    get("agreement_new", 403, 200, 403, 403, **PROJECT),
    post("agreement_new", 403, 302, 403, 403, **PROJECT, data={
        "kind": "framework", "number": "示例〔2026〕9号", "title": "框架协议"}),
    post("agreement_new", 403, 400, 403, 403, **PROJECT, data={
        "kind": "treaty", "number": "示例〔2026〕9号", "title": "框架协议"}),
    get("incentive_new", 403, 200, 403, 403, **PROJECT),
    post("incentive_new", 403, 302, 403, 403, **PROJECT, data={
        "text": "厂房租金补贴", "kind": "reward", "amount": "20", "scale": "10000"}),
    post("incentive_new", 403, 400, 403, 403, **PROJECT, data={"text": "补贴", "kind": "none"}),
    *(get("agreement_act", 403, 200, 403, 403, what=what, **DRAFT) for what in ACTS),
    get("agreement_act", 403, 200, 403, 403, what="drop", query="?clause=x&file=y", **DRAFT),
    get("agreement_act", 404, 404, 404, 404, what="nothing", **DRAFT),
    *(_do(what, 400) for what in ACTS),
    _do("promise", 302, side="investor", kind="amount", text="投资", quantity="1",
        scale="100000000", due=DUE),
    _do("promise", 400, side="investor", kind="land", text="供地", due=DUE),
    _do("promise", 400, SIGNED, side="investor", kind="jobs", text="就业", quantity="9", due=DUE),
    _do("grant", 302, incentive="{a_cleared}", due=DUE),
    _do("grant", 400, incentive="{a_bare}", due=DUE),
    _do("drop", 302, clause="{a_drafted}"),
    _do("end", 302, SIGNED, on="2026-11-01", reason="投资方退出"),
    _do("end", 400, on="2026-11-01", reason="投资方退出"),
    _do("amend", 302, SIGNED, number="示例〔2026〕1号补1", title="补充协议"),
    _do("discard", 302),
    _do("discard", 400, SIGNED),
    get("incentive", 200, 200, 403, 403, pk="{a_bare}"),
    get("incentive", 404, 404, 404, 404, pk=NOWHERE),
    get("incentive_review", 403, 200, 403, 403, pk="{a_bare}"),
    post("incentive_review", 403, 400, 403, 403, pk="{a_bare}", data={
        "conclusion": "allowed", "basis_kind": "law", "basis": "示例法", "on": "2026-01-01"}),
    get("incentive_paper", 200, 200, 403, 403, pk="{a_review}"),
    get("incentive_paper", 404, 404, 404, 404, pk=NOWHERE),
    get("promise_report", 403, 200, 200, 403, pk="{a_promise}"),
    post("promise_report", 403, 400, 400, 403, pk="{a_promise}", data={
        "on": "2026-03-01", "text": "完成", "quantity": "1"}),
    get("promise_report", 403, 403, 403, 403, pk="{a_drafted}"),
    get("fulfilment", 403, 200, 403, 403, pk="{a_done}"),
    post("fulfilment", 403, 302, 403, 403, pk="{a_done}", data={"confirmed": "yes"}),
    post("fulfilment", 403, 400, 403, 403, pk="{a_done}", data={"confirmed": "no"}),
    get("fulfilment", 404, 404, 404, 404, pk=NOWHERE),
    get("fulfilment_evidence", 200, 200, 200, 403, pk="{a_done}"),
)  # fmt: skip


def numbers(zone: "Zone") -> dict[str, object]:
    """Return the numbers of the records the addresses speak of."""
    actor, now, today = Actor.system("tests"), timezone.now(), timezone.localdate()
    hand: dict[str, Any] = {"actor": actor, "now": now}
    paper: dict[str, Any] = {"file_name": "示例.pdf", "data": PDF}
    day = dt.date(2026, 1, 10)
    boss, other = (
        create_user(actor=actor, username=name) for name in ("example-boss", "example-other")
    )
    project = create_project(
        **hand, name="示例轴承项目", pipeline="six_batches", on=day, synthetic=True,
        lead_unit=zone.charge.unit, enterprise=zone.near,
    )  # fmt: skip
    bare, cleared = (
        incentives.propose(**hand, project=project, text=text, kind="reward", user=boss)
        for text in ("示例奖励甲", "示例奖励乙")
    )
    review = incentives.review(
        **hand, **paper, incentive=cleared, conclusion="allowed", basis_kind="law",
        basis="示例法第一条", on=day, user=other, today=today,
    )  # fmt: skip
    contract, draft = (
        drafting.draft_agreement(
            **hand, project=project, kind="contract", number=f"示例〔2026〕{n}号", title="示例合同"
        )
        for n in (1, 2)
    )
    promise, drafted = (
        drafting.promise(
            actor=actor, agreement=one, side="investor", kind="amount", text="完成投资",
            quantity=Decimal(1_000_000), due=dt.date(2026, 12, 31),
        )
        for one in (contract, draft)
    )  # fmt: skip
    signed = signing.sign(actor=actor, agreement=contract, on=day, today=today, **paper)
    done = fulfilments.report(
        **hand, **paper, clause=promise, side="investor", on=day, text="首笔投资", today=today,
        quantity=Decimal(10_000), user=other,
    )  # fmt: skip
    made = {
        "project": project, "signed": signed, "draft": draft, "promise": promise, "bare": bare,
        "drafted": drafted, "cleared": cleared, "review": review, "done": done,
    }  # fmt: skip
    return {f"a_{name}": row.pk for name, row in made.items()}
