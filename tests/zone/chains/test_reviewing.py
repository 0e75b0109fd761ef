"""Firms are read, people decide, and what was decided does not come back on the same words."""

from collections.abc import Callable

import pytest

from openzone.engines.chains.placing import Band, Firm
from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.chains.jobs import place_all
from openzone.zone.chains.models import Placement, PlacementProposal, PlacingRun
from openzone.zone.chains.selectors.placements import standing_of
from openzone.zone.chains.selectors.proposals import (
    Progress,
    QueueFilter,
    after,
    clear_ones,
    last_decided,
    progress,
    queue,
)
from openzone.zone.chains.selectors.texts import placer_on
from openzone.zone.chains.services.placing import place
from openzone.zone.chains.services.proposing import begin_run, propose
from openzone.zone.chains.services.reviewing import confirm, confirm_clear, reject, reopen
from openzone.zone.errors import Refused
from openzone.zone.jobs.worker import run_next
from openzone.zone.people.models import User
from tests.zone.chains import reviewed as r


@pytest.fixture
def user(make_user: Callable[..., User]) -> User:
    return make_user("fuhe")


@pytest.fixture
def who(user: User, actor: Actor) -> dict[str, object]:
    return {"actor": actor, "user": user, "now": r.NOW}


@pytest.fixture
def read(who) -> Callable[..., PlacingRun]:
    def ask(**given) -> PlacingRun:
        return propose(**who, chains=[r.BATTERY], as_of=r.TODAY, **given)

    return ask


def states() -> list[str]:
    return list(PlacementProposal.objects.order_by("pk").values_list("state", flat=True))


def test_a_firm_is_proposed_with_its_words_and_alternatives(read):
    r.firm(products="磷酸铁锂正极材料", scope="石墨负极销售")
    r.firm("示例无关餐饮有限公司", scope="餐饮服务")
    read()
    one = PlacementProposal.objects.get()
    assert (one.node, one.band, one.version) == ("cathode", "review", 0)
    assert one.evidence[0]["phrase"] == "磷酸铁锂正极材料"
    assert [each["node"] for each in one.alternatives] == ["anode"]


def test_reading_again_adds_nothing_and_leaves_what_was_decided(read, who):
    first, second = r.firm(products="动力电池"), r.firm("示例负极有限公司", products="人造石墨")
    read()
    mine = dict(PlacementProposal.objects.values_list("enterprise", "pk"))
    confirm(**who, proposal=PlacementProposal.objects.get(pk=mine[first.pk]),
            parts={r.CELL: r.ONE})  # fmt: skip
    reject(**who, proposal=PlacementProposal.objects.get(pk=mine[second.pk]))
    run = read()
    assert run.results[r.BATTERY]["proposed"] == 0
    assert states() == ["confirmed", "rejected"]


def test_other_words_bring_a_firm_back_and_supersede_what_waits(read, who):
    made = r.firm(products="动力电池")
    read()
    r.tell(made, {"products": "正极材料"}, on=r.MARCH)
    assert read().results[r.BATTERY]["superseded"] == 1
    reject(**who, proposal=PlacementProposal.objects.get(state="waiting"))
    r.tell(made, {"products": "电池包"}, on=r.MAY)
    assert read().results[r.BATTERY]["proposed"] == 1
    assert states() == ["superseded", "rejected", "waiting"]


def test_a_proposal_nothing_speaks_for_any_more_is_withdrawn(read):
    made = r.firm("示例某某有限公司", products="动力电池")
    read()
    r.tell(made, {"products": "餐具"}, on=r.MARCH)
    assert read().results[r.BATTERY]["withdrawn"] == 1
    assert states() == ["withdrawn"]


def test_a_firm_that_stands_there_already_is_not_proposed(read, who):
    made = r.firm(products="动力电池")
    place(**who, enterprise=made, parts={r.CELL: r.ONE}, valid_from=r.MARCH)
    assert read().results[r.BATTERY]["proposed"] == 0


def test_only_what_changed_is_read(read):
    quiet, busy = r.firm(products="动力电池"), r.firm("示例负极有限公司", products="人造石墨")
    read()
    PlacingRun.objects.update(asked_at=busy.subject.facts.last().recorded_at + r.HOUR)
    assert read(only_changed=True).results[r.BATTERY]["read"] == 0
    PlacingRun.objects.update(asked_at=busy.subject.facts.last().recorded_at)
    newest = r.firm("示例电解液有限公司", products="锂电池电解液")
    assert read(only_changed=True).results[r.BATTERY]["read"] == 2
    proposed = set(PlacementProposal.objects.values_list("enterprise", flat=True))
    assert proposed == {quiet.pk, busy.pk, newest.pk}


def test_confirming_places_the_firm_with_its_evidence(read, who, user):
    made = r.firm(products="磷酸铁锂正极材料")
    read()
    confirm(**who, proposal=PlacementProposal.objects.get(), parts={r.CATHODE: r.ONE})
    (row,) = standing_of(made, r.TODAY)
    assert (row.method, row.reviewed_by, row.valid_from) == ("reviewed", user, r.TODAY)
    assert row.evidence[0]["phrase"] == "磷酸铁锂正极材料"
    assert row.score == pytest.approx(PlacementProposal.objects.get().score)


def test_the_slower_reviewer_is_told_who_was_first(read, who, make_user):
    r.firm(products="动力电池")
    read()
    one = PlacementProposal.objects.get()
    confirm(**who, proposal=one, parts={r.CELL: r.ONE})
    slower = {**who, "user": make_user("ling")}
    with pytest.raises(Refused, match="已由fuhe于"):
        reject(**slower, proposal=one)
    with pytest.raises(Refused, match="已由fuhe于"):
        confirm(**slower, proposal=one, parts={r.PACK: r.ONE})
    assert Placement.objects.count() == 1


@pytest.mark.parametrize("decide", ["confirm", "reject"])
def test_a_decision_can_be_undone(read, who, user, decide):
    made = r.firm(products="动力电池")
    read()
    one = PlacementProposal.objects.get()
    if decide == "confirm":
        confirm(**who, proposal=one, parts={r.CELL: r.ONE})
    else:
        reject(**who, proposal=one, reason="贸易")
    assert last_decided(user.pk) == one
    reopen(**who, proposal=one)
    one.refresh_from_db()
    assert (one.state, one.decided_by, one.reason, one.chosen) == ("waiting", None, "", [])
    assert standing_of(made, r.TODAY) == []
    assert queue(QueueFilter()).get() == one


def test_the_queue_goes_link_by_link_and_begins_again(read):
    for name in ("甲", "乙", "丙"):
        r.firm(f"示例{name}有限公司", products="动力电池" if name != "丙" else "人造石墨")
    read()
    waiting = list(queue(QueueFilter()))
    assert [one.node for one in waiting] == ["anode", "cell", "cell"]
    walked = [None]
    for _ in waiting:
        walked.append(after(QueueFilter(), walked[-1]))
    assert walked[1:] == waiting
    assert after(QueueFilter(), waiting[-1]) == waiting[0]
    assert after(QueueFilter(chain=r.STORAGE), None) is None


def test_progress_counts_what_is_decided(read, who):
    r.firm(products="动力电池")
    r.firm("示例乙有限公司", products="电池包")
    read()
    reject(**who, proposal=queue(QueueFilter()).first())
    assert progress(QueueFilter(chain=r.BATTERY)) == Progress(1, 2)
    assert progress(QueueFilter(chain=r.STORAGE)) == Progress(0, 0)


def test_clear_proposals_are_confirmed_at_once_as_they_were_shown(read, who, user):
    for name in ("甲", "乙"):
        r.firm(f"示例{name}有限公司", products="动力电池")
    placed = r.firm("示例丙有限公司", products="动力电池")
    place(**who, enterprise=placed, parts={r.SYSTEM: r.ONE}, valid_from=r.MARCH)
    read()
    upto = PlacementProposal.objects.order_by("-pk").first().pk
    said = {"chain": r.BATTERY, "least": 0.6, "upto": upto}
    assert clear_ones(r.BATTERY, 0.6).count() == 2
    with pytest.raises(Refused, match="预览后情况已变化"):
        confirm_clear(**who, **said, shown=3)
    assert confirm_clear(**who, **said, shown=2) == 2
    assert states() == ["confirmed", "confirmed", "waiting"]
    rows = Placement.objects.filter(node="cell")
    assert {(row.share, row.reviewed_by) for row in rows} == {(1, user)}
    event = Event.objects.get(action="chains.proposal.confirmed_clear")
    assert event.details["firms"] == 2
    first = PlacementProposal.objects.order_by("pk").first()
    reopen(**who, proposal=first)
    assert standing_of(first.enterprise, r.TODAY) == []


def test_a_job_reads_all_chains_in_the_background(who, actor, user):
    r.firm(products="动力电池；储能系统")
    run = begin_run(**who, chains=[], as_of=r.TODAY)
    place_all.enqueue(run=run.pk, actor=[actor.kind, actor.id, actor.label])
    assert run_next("tests")
    run.refresh_from_db()
    assert run.finished_at is not None
    assert set(run.results) == set(run.chains)
    found = PlacementProposal.objects.values_list("chain", flat=True)
    assert {r.BATTERY, r.STORAGE} <= set(found)


def test_firms_that_are_not_on_record_can_be_read_too(db):
    firms = [Firm("示例外地公司", (("动力电池", 1.0),)), Firm("示例餐饮")]
    first, second = map(placer_on(r.BATTERY, r.TODAY).place, firms)
    assert (first.nodes[0].node, second.band) == ("cell", Band.NEW)


@pytest.mark.django_db(transaction=True)
def test_two_who_confirm_at_once_place_the_firm_once(actor, make_user, at_the_same_time):
    user, made = make_user("fuhe"), r.firm(products="动力电池")
    propose(actor=actor, user=user, chains=[r.BATTERY], as_of=r.TODAY, now=r.NOW)
    one = PlacementProposal.objects.get()

    def once() -> str:
        try:
            confirm(actor=actor, user=user, proposal=one, parts={r.CELL: r.ONE}, now=r.NOW)
        except Refused as refusal:
            return refusal.reason.zh[:2]
        return "done"

    assert sorted(at_the_same_time(2, once)) == ["done", "已由"]
    assert len(standing_of(made, r.TODAY)) == 1
