"""Photographs of hand-overs and home visits: what comes in, who adds them, what is kept."""

import json

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.cases.services.attaching import MOST_FILES, Upload
from openzone.zone.community.enums import ProofKind
from openzone.zone.community.models import HandOver, Order, Proof
from openzone.zone.community.permissions import may_prove
from openzone.zone.community.services.custody import Signature, give, sign_for, take_back
from openzone.zone.community.services.orders import collect, visit
from openzone.zone.community.services.proofs import Photos, add_proofs, note_look
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from tests import files
from tests.zone.community.test_orders import PAPERS, TODAY, collected, ordered
from tests.zone.community.town import ACTOR, MONDAY, Town, at

pytestmark = pytest.mark.django_db
JPEG = Upload("交接.jpg", files.JPEG, "photos")
PROGRAM = Upload("交接.jpg", b"MZ" + bytes(64), "photos")


def given(town: Town, order: Order, *files: Upload) -> HandOver:
    return give(
        actor=ACTOR, of=order, papers=list(order.papers.all()), taker="community",
        by=Signature(town.walker), now=at(16, 14), photos=Photos(town.walker, files),
    )  # fmt: skip


def taken(town: Town, hand_over: HandOver, *files: Upload) -> HandOver:
    return sign_for(
        actor=ACTOR, hand_over=hand_over, by=Signature(town.reviewer), now=at(16, 15),
        photos=Photos(town.reviewer, files),
    )  # fmt: skip


def kept(of: Order) -> list[tuple[str, str]]:
    return [(one.what, one.added_by.username) for one in of.proofs.select_related("added_by")]


def test_each_side_of_a_hand_over_leaves_its_own_photograph(town: Town):
    order = collected(town)
    taken(town, given(town, order, JPEG), JPEG)
    walker, reviewer = town.walker.username, town.reviewer.username
    assert kept(order) == [("given", walker), ("taken", reviewer)]
    assert {one.hand_over for one in order.proofs.all()} == {HandOver.objects.latest("pk")}
    assert [one.added_at for one in order.proofs.all()] == [at(16, 14), at(16, 15)]


def test_a_resident_signs_by_name_and_the_agent_takes_the_photograph(town: Town):
    order = collect(
        actor=ACTOR, order=ordered(town), papers=PAPERS, by=town.walker, now=at(16, 11),
        photos=Photos(town.walker, [JPEG]),
    )  # fmt: skip
    assert kept(order) == [("taken", town.walker.username)]


def test_a_home_visit_leaves_its_photograph_with_the_order(town: Town):
    order = ordered(town, home_visit=True)
    visit(actor=ACTOR, order=order, on=TODAY, now=MONDAY, photos=Photos(town.walker, [JPEG, JPEG]))
    assert kept(order) == [("visit", town.walker.username)] * 2
    order.refresh_from_db()
    assert order.visited_on == TODAY


def test_what_is_no_photograph_keeps_the_hand_over_from_happening(town: Town):
    order = collected(town)
    with pytest.raises(Refused) as refused:
        given(town, order, JPEG, PROGRAM)
    assert refused.value.field == "photos"
    assert refused.value.reason.zh
    assert refused.value.reason.en
    assert not Proof.objects.exists()
    assert not HandOver.objects.filter(order=order, taken_at=None).exists()


def test_no_more_files_than_the_gate_of_the_zone_lets_in(town: Town):
    with pytest.raises(Refused):
        given(town, collected(town), *[JPEG] * (MOST_FILES + 1))


def test_of_giver_taker_and_desk_only_who_signed_adds_photographs_later(town: Town):
    hand_over = taken(town, given(town, collected(town)))

    def add(user: User) -> list[Proof]:
        return add_proofs(
            actor=Actor.of(user), hand_over=hand_over, photos=Photos(user, [JPEG]), now=at(17)
        )

    assert [one.what for one in add(town.walker)] == [ProofKind.GIVEN]
    assert [one.what for one in add(town.reviewer)] == [ProofKind.TAKEN]
    for other in (town.desk, town.officer):
        assert not may_prove(other, hand_over).allowed
        with pytest.raises(Refused):
            add(other)
    assert hand_over.proofs.count() == 2


def test_adding_nothing_is_said_so(town: Town):
    hand_over = given(town, collected(town))
    with pytest.raises(Refused) as refused:
        add_proofs(actor=ACTOR, hand_over=hand_over, photos=Photos(town.walker), now=at(17))
    assert refused.value.field == "photos"


def test_a_hand_over_taken_back_leaves_its_photograph_with_the_order(town: Town):
    order = collected(town)
    take_back(actor=ACTOR, hand_over=given(town, order, JPEG), now=at(16, 16))
    proof = order.proofs.get()
    assert (proof.hand_over, proof.what) == (None, ProofKind.GIVEN)


def test_the_log_knows_the_file_by_its_sum_and_who_opened_it(town: Town):
    given(town, collected(town), JPEG)
    proof = Proof.objects.get()
    note_look(actor=Actor.of(town.desk), proof=proof)
    added = Event.objects.get(action="community.proof.added")
    assert json.loads(added.payload)["files"] == [proof.sha256]
    seen = Event.objects.get(action="community.proof.seen")
    assert (seen.actor_id, json.loads(seen.payload)["sha256"]) == (str(town.desk.pk), proof.sha256)
    assert seen.subject == added.subject


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_leave_the_photograph_of_one(town: Town, at_the_same_time):
    hand_over = given(town, collected(town))

    def sign() -> bool:
        try:
            taken(town, hand_over, JPEG)
        except Refused:
            return False
        return True

    assert sorted(at_the_same_time(3, sign)) == [False, False, True]
    assert hand_over.proofs.count() == 1
