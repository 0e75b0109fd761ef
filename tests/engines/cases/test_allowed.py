"""What a person may do now, and why not the rest."""

from openzone.engines.cases.allowed import may, possible
from tests.engines.cases.helpers import FIN, FIN2, at, handled, opened, proposed


def test_the_lead_sees_what_is_possible_and_why_the_rest_is_not():
    history = opened(unit="FIN")
    offers = {
        offer.action.id: offer
        for offer in possible(history.type, history.now(), {"lead"}, at("02 10:00"), FIN)
    }
    assert {name for name, offer in offers.items() if offer.allowed} >= {
        "accept",
        "decline",
        "object",
        "transfer",
    }
    assert not offers["finish"].allowed
    assert offers["finish"].reason.zh == "“待受理”阶段不能“办结：已解决”"
    assert "confirm" not in offers


def test_the_limit_to_object_counts_at_the_moment_asked():
    history = opened(unit="FIN")
    for moment, allowed in (("03 17:30", True), ("03 17:31", False)):
        answer = may(history.type, history.now(), "object", {"lead"}, at(moment), FIN)
        assert answer.allowed is allowed


def test_without_the_role_it_is_not_yours():
    history = handled()
    answer = may(history.type, history.now(), "finish", {"centre"}, at("02 11:00"))
    assert (answer.allowed, answer.reason.en) == (False, "“Finish: solved” is not yours to do")


def test_an_action_that_does_not_exist():
    history = handled()
    answer = may(history.type, history.now(), "burn", {"lead"}, at("02 11:00"))
    assert "no action" in answer.reason.en


def test_a_colleague_with_the_right_role_still_is_no_independent_caller():
    history = proposed()
    answer = may(history.type, history.now(), "call_back", {"caller"}, at("03 11:00"), FIN2)
    assert not answer.allowed
