"""The window for what could not be done, from intake to close-out, by each of its ways."""

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from openzone.demo.scenes.papers import proof
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.enums import ReviewWord
from openzone.zone.cases.models import Case, Link, NegativeAnswer
from openzone.zone.cases.permissions import may_see
from openzone.zone.cases.register_permissions import may_review_refusal
from openzone.zone.cases.selectors.visible import visible
from openzone.zone.cases.selectors.window import Cause, tally
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.cases.services.refusals import review_refusal
from openzone.zone.cases.services.window import REFERRAL, WINDOW, refer_conduct
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role, UnitKind
from openzone.zone.people.models import Unit, User
from openzone.zone.people.services import create_unit
from tests.factories import TESTS
from tests.zone.cases.people import NOW

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
ON = NOW.date()
LAW = {"law": "示例办法", "clause": "第三条"}


class Zone(NamedTuple):
    """The window, the unit where it failed, supervision, a leader and somebody who came."""

    centre: Unit
    failed: Unit
    supervision: Unit
    clerk: User
    colleague: User
    leader: User
    culprit: User
    supervisor: User
    citizen: User


@pytest.fixture
def zone(committee: Unit, actor: Actor, make_user: Callable[..., User]) -> Zone:
    def unit(code: str, kind: UnitKind = UnitKind.DEPARTMENT) -> Unit:
        return create_unit(actor=actor, code=code, name=f"示例{code}", kind=kind, parent=committee)

    centre, failed = unit("centre", UnitKind.CENTRE), unit("market")
    supervision = unit("supervision")
    return Zone(
        centre, failed, supervision,
        make_user("clerk", Role.CENTRE, centre), make_user("other", Role.CENTRE, centre),
        make_user("boss", Role.LEADER, committee), make_user("culprit", Role.HANDLER, failed),
        make_user("watch", Role.HANDLER, supervision), make_user("citizen"),
    )  # fmt: skip


def came(zone: Zone, **given: Any) -> Case:
    fields = {
        "attempted_item": "食品经营许可变更",
        "attempted_at": "示例市场监管窗口",
        "attempted_on": ON - DAY,
        "attempts": 3,
        "attempt_result": "more_papers",
        "attempt_said": "让再去盖章",
        "evidence_kind": "none",
        "no_evidence_because": "窗口没有出具告知书",
    } | given
    return open_case(
        actor=TESTS, kind=WINDOW, title="许可变更没办成", text="跑了三次", now=NOW,
        channel="counter", requester=Requester("person", user=zone.citizen, name="示例群众"),
        fields=fields, recorded_by=zone.clerk,
    ).case  # fmt: skip


def do(case: Case, who: User, action: str, now: dt.datetime = NOW, **data: Any) -> Case:
    papers = [proof(action)] if action == "finish" else []
    return act(
        actor=Actor.of(who), case=case, action=action, now=now, user=who, data=data, files=papers
    )


def taken(zone: Zone, **given: Any) -> Case:
    return do(came(zone, **given), zone.clerk, "accept")


@pytest.mark.parametrize(
    "missing", ["attempted_item", "attempted_at", "attempted_on", "attempt_result", "attempt_said"]
)
def test_whoever_has_not_tried_is_sent_to_the_counter_first(zone, missing):
    with pytest.raises(Refused) as refusal:
        came(zone, **{missing: ""})
    assert refusal.value.field == missing
    assert not Case.objects.exists()


def test_who_has_nothing_in_writing_says_why(zone):
    with pytest.raises(Refused) as refusal:
        came(zone, no_evidence_because="")
    assert refusal.value.field == "no_evidence_because"
    with pytest.raises(Refused) as refusal:
        came(zone, evidence_kind="receipt")
    assert refusal.value.field == "evidence"


def test_a_rule_stands_against_it_and_nobody_just_says_no(zone):
    case = taken(zone)
    with pytest.raises(Refused) as refusal:
        do(case, zone.clerk, "find_cannot", unit="market", finding="须前置许可")
    assert refusal.value.field == "law"
    case = do(case, zone.clerk, "find_cannot", unit="market", finding="须前置许可", **LAW)
    assert (case.stage, case.lead) == ("explaining", zone.failed)
    with pytest.raises(Refused) as refusal:
        do(case, zone.culprit, "explain", text="不行", **LAW)
    assert refusal.value.field == "alternatives"
    case = do(
        case, zone.culprit, "explain", text="须先取得前置许可", alternatives="先办前置许可", **LAW
    )
    said = NegativeAnswer.objects.get(case=case)
    assert (said.unit, said.law, said.alternatives) == (zone.failed, "示例办法", "先办前置许可")
    case = do(case, zone.citizen, "confirm", satisfied=4)
    assert (case.closed, case.outcome) == (True, "explained"), "explained is not solved"


def test_a_refusal_is_looked_at_by_another_unit(zone):
    case = do(taken(zone), zone.clerk, "find_cannot", unit="market", finding="有规定", **LAW)
    do(case, zone.culprit, "explain", text="不行", alternatives="换一种", **LAW)
    said = NegativeAnswer.objects.get()
    assert not may_review_refusal(zone.culprit, said, ON).allowed
    assert not may_review_refusal(zone.citizen, said, ON).allowed
    assert may_review_refusal(zone.clerk, said, ON).allowed
    with pytest.raises(Refused, match="他人复核"):
        review_refusal(
            actor=TESTS, by=zone.culprit, refusal=said, word=ReviewWord.UPHELD, note="对", now=NOW
        )
    lifted = review_refusal(
        actor=TESTS, by=zone.clerk, refusal=said, word=ReviewWord.LIFTED, note="条款已废止", now=NOW
    )
    assert lifted.reviewed_by == zone.clerk
    with pytest.raises(Refused, match="已复核"):
        review_refusal(
            actor=TESTS, by=zone.leader, refusal=said, word=ReviewWord.UPHELD, note="?", now=NOW
        )


def test_a_condition_is_lacking_and_is_got_round(zone):
    case = taken(zone)
    case = do(case, zone.clerk, "find_hard", unit="centre", lacking=["paper"], finding="缺次要材料")
    assert (case.stage, case.lead) == ("joint", zone.centre)
    case = do(case, zone.clerk, "admit", missing="房屋证明", supply_by=ON + 5 * DAY)
    case = do(case, zone.clerk, "involve", unit="market", asks="可否容缺")
    with pytest.raises(Refused):
        do(case, zone.clerk, "finish", text="已办")
    case = do(case, zone.culprit, "contribute", text="同意容缺")
    case = do(case, zone.clerk, "finish", text="已变更")
    with pytest.raises(Refused):
        do(case, zone.clerk, "call_back", satisfied=5)
    case = do(case, zone.leader, "call_back", satisfied=5)
    assert (case.closed, case.outcome) == (True, "solved")


@pytest.fixture
def referred(zone) -> tuple[Case, Case]:
    case = taken(zone)
    referral = refer_conduct(
        actor=TESTS, by=zone.clerk, case=case, about=zone.failed, finding="清单外索要材料",
        now=NOW, evidence=proof("finding"),
    )  # fmt: skip
    case.refresh_from_db()
    return case, referral


def test_conduct_goes_to_supervision_and_the_matter_stays_at_the_window(zone, referred):
    case, referral = referred
    assert (case.stage, case.lead) == ("relief", zone.centre)
    assert (referral.kind, referral.lead, referral.about_unit) == (
        REFERRAL,
        zone.supervision,
        zone.failed,
    )
    assert Link.objects.get(source=case).target == referral


def test_conduct_never_goes_back_to_where_it_failed(zone, referred):
    case, referral = referred
    for action in ("route", "transfer", "involve", "find_cannot", "decide"):
        with pytest.raises(Refused):
            do(case, zone.clerk, action, unit="market", owner="market", asks="请办理", reason="x",
               task="办", due="2026-12-01", finding="x", **LAW)  # fmt: skip
    for action in ("route", "transfer", "involve"):
        with pytest.raises(Refused):
            do(referral, zone.clerk, action, unit="market", asks="请自查", reason="请自查")


def test_the_unit_concerned_sees_nothing_of_the_referral(zone, referred):
    case, referral = referred
    assert not may_see(zone.culprit, referral, ON).allowed
    assert referral not in visible(zone.culprit, ON)
    assert may_see(zone.supervisor, referral, ON).allowed
    assert not may_see(zone.citizen, referral, ON).allowed
    said = [row.data for row in case.events.all()]
    assert "清单外索要材料" not in str(said), "findings about people stay in the referral"


def test_the_public_status_never_tells_the_cause(zone, referred):
    from openzone.zone.cases.packs import type_of

    stages = type_of(referred[0].version).stages
    words = {stages[name].public for name in ("triage", "explaining", "joint", "relief")}
    assert len(words) == 1
    seen_inside = [
        stages["relief"].label,
        type_of(referred[0].version).actions["find_conduct"].label,
    ]
    assert not any("不给办" in text.zh or "onduct" in text.en for text in seen_inside)


def test_both_cases_come_to_an_end(zone, referred):
    case, referral = referred
    case = do(case, zone.clerk, "finish", text="窗口代为办结")
    case = do(case, zone.citizen, "confirm", satisfied=5)
    referral = do(referral, zone.supervisor, "accept")
    referral = act(
        actor=TESTS, case=referral, action="finish", now=NOW, user=zone.supervisor,
        data={"text": "属实", "measures": "已批评教育"}, files=[proof("finish")],
    )  # fmt: skip
    referral = do(referral, zone.colleague, "confirm", satisfied=4)
    assert (case.closed, referral.closed) == (True, True)


def test_finding_conduct_takes_evidence(zone):
    case = taken(zone)
    with pytest.raises(Refused, match="证据"):
        refer_conduct(
            actor=TESTS, by=zone.clerk, case=case, about=zone.failed, finding="推诿", now=NOW
        )
    assert not Case.objects.filter(kind=REFERRAL).exists()
    with pytest.raises(Refused):
        do(case, zone.clerk, "find_conduct", unit="centre")


def test_a_finding_is_contested_and_decided_by_somebody_else(zone):
    case = do(taken(zone), zone.clerk, "find_cannot", unit="market", finding="有规定", **LAW)
    case = do(case, zone.citizen, "contest", reason="别人都能办")
    assert case.stage == "appealed"
    with pytest.raises(Refused):
        do(case, zone.culprit, "rule_appeal", upheld=True, reason="我看过了")
    case = do(case, zone.leader, "rule_appeal", upheld=True, reason="该条已废止", unit="centre")
    assert (case.stage, case.redo) == ("triage", 1)


@pytest.mark.parametrize("ground", ["court", "unlawful", "own"])
def test_what_is_not_for_this_desk_is_told_why_and_what_else(zone, ground):
    case = came(zone)
    with pytest.raises(Refused):
        do(case, zone.clerk, "exclude", ground=ground, text="不属本窗口")
    case = do(
        case,
        zone.clerk,
        "exclude",
        ground=ground,
        text="不属本窗口",
        alternatives="请向法院反映",
        **LAW,
    )
    assert (case.stage, NegativeAnswer.objects.get().case) == ("excluded", case)
    case = do(case, zone.citizen, "contest", reason="不是诉讼事项")
    case = do(case, zone.leader, "rule_appeal", upheld=True, reason="属于受理范围", unit="centre")
    assert case.stage == "triage"


def test_each_cause_has_a_clock_of_its_own(zone):
    running = {}
    for cause, data in {
        "find_cannot": {"unit": "market", "finding": "x", **LAW},
        "find_hard": {"unit": "centre", "finding": "x", "lacking": ["several"]},
    }.items():
        case = do(taken(zone), zone.clerk, cause, **data)
        running[cause] = {c["id"] for c in case.clocks if c["outcome"] == "running"}
    assert running == {"find_cannot": {"explain"}, "find_hard": {"joint"}}


def test_root_causes_are_counted_from_the_events(zone, referred):
    for _ in range(2):
        do(taken(zone), zone.clerk, "find_cannot", unit="market", finding="有规定", **LAW)
    do(
        taken(zone),
        zone.clerk,
        "find_hard",
        unit="centre",
        finding="x",
        lacking=["paper", "several"],
    )
    came(zone)
    counted = tally(ON, ON)
    assert {cause.name: len(counted.of(cause)) for cause in Cause} == {
        "CANNOT": 2, "HARD": 1, "CONDUCT": 1, "EXCLUDED": 0, "OPEN": 1,
    }  # fmt: skip
    assert dict(counted.lacking) == {"paper": 1, "several": 1}
    assert [(root.law, len(root.cases)) for root in counted.roots] == [("示例办法", 2)]
