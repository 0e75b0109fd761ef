"""How a case ends: nobody closes their own, and the requester has the last word."""

import datetime as dt
from dataclasses import replace

import pytest

from openzone.engines.cases.events import Party
from tests.engines.cases.helpers import (
    CALLER,
    CENTRE,
    FIN,
    FIN2,
    FIRM,
    LEADER,
    SYSTEM,
    History,
    a_type,
    base_mapping,
    handled,
    opened,
    proposed,
)


def test_solved_and_confirmed():
    history = proposed()
    assert history.now().holder == "requester"
    state = history.do("03 11:00", "confirm", FIRM, satisfied=5)
    assert (state.closed, state.outcome, state.holder) == (True, "solved", None)
    assert (state.satisfaction, state.word_by) == (5, "requester")


def test_a_solution_needs_evidence():
    assert "at least 1" in handled().refused("03 10:00", "finish", FIN, text="ok")


@pytest.mark.parametrize("nothing", ["", "  ", None])
def test_an_empty_entry_is_no_evidence(nothing):
    reason = handled().refused("03 10:00", "finish", FIN, text="ok", evidence=[nothing])
    assert reason == "“evidence” has an empty entry"


class TestEvidence:
    def test_the_same_piece_counts_once(self):
        type_ = a_type(closing={"evidence": 2, "requester_word": True})
        said = {"text": "ok", "evidence": ["a", "a"]}
        assert "at least 2" in handled(type_).refused("03 10:00", "finish", FIN, **said)

    def test_one_content_under_two_names_counts_once(self):
        type_ = a_type(closing={"evidence": 2, "requester_word": True})
        files = [{"field": "evidence", "name": name, "sha256": "5a"} for name in ("a", "b")]
        said = {"text": "ok", "evidence": ["a", "b"], "files": files}
        assert "at least 2" in handled(type_).refused("03 10:00", "finish", FIN, **said)

    def test_two_contents_of_one_name_count_twice(self):
        type_ = a_type(closing={"evidence": 2, "requester_word": True})
        files = [{"field": "", "name": "a", "sha256": content} for content in ("5a", "5b")]
        said = {"text": "ok", "evidence": ["a", "a"], "files": files}
        assert handled(type_).do("03 10:00", "finish", FIN, **said).proposal.evidence == ("a", "a")

    @pytest.mark.parametrize("field", ["photo", "answer"])
    def test_a_name_without_its_file_among_the_files_is_no_evidence(self, field):
        files = [{"field": field, "name": "a", "sha256": "5a"}]
        said = {"text": "ok", "evidence": ["a"], "files": files}
        assert "not among" in handled().refused("03 10:00", "finish", FIN, **said)

    def test_a_document_number_is_evidence_only_where_the_pack_says_so(self):
        said = {"text": "ok", "documents": ["示例〔2026〕1号"]}
        assert "is a file" in handled().refused("03 10:00", "finish", FIN, **said)
        actions = base_mapping()["actions"]
        actions = actions | {"finish": actions["finish"] | {"documents": True}}
        history = handled(a_type(actions=actions))
        assert "numbers of documents" in history.refused("03 10:00", "finish", FIN, text="ok")
        assert history.do("03 10:00", "finish", FIN, **said).proposal.evidence == (
            "示例〔2026〕1号",
        )


def test_an_explanation_is_an_outcome_of_its_own():
    history = handled()
    history.do("03 10:00", "explain", FIN, text="政策不支持")
    assert history.do("03 11:00", "confirm", FIRM, satisfied=4).outcome == "explained"


@pytest.mark.parametrize("who", [FIN, FIN2, CENTRE])
def test_nobody_confirms_for_the_requester(who):
    assert "not for" in proposed().refused("03 11:00", "confirm", who, satisfied=5)


def test_the_handler_cannot_call_back_after_moving_to_the_centre():
    moved = Party("user", "f1", "甲", "CENTRE")
    assert "not for" in proposed().refused("03 11:00", "call_back", moved, satisfied=5)


def test_closing_needs_an_outcome_first():
    assert "not possible at the stage" in handled().refused(
        "03 11:00", "confirm", FIRM, satisfied=5
    )


def test_a_low_mark_is_dissatisfaction():
    history = proposed()
    assert "redone" in history.refused("03 11:00", "confirm", FIRM, satisfied=2)
    assert "from 1 to 5" in history.refused("03 11:00", "confirm", FIRM, satisfied=6)
    assert "from 1 to 5" in history.refused("03 11:00", "confirm", FIRM, satisfied=True)
    state = history.do("03 11:00", "dissatisfied", FIRM, reason="未解决")
    assert (state.stage, state.redo, state.holder) == ("handling", 1, "unit:FIN")
    assert state.proposal is None


def test_every_redo_is_counted():
    history = proposed()
    history.do("03 11:00", "dissatisfied", FIRM, reason="x")
    history.do("03 14:00", "finish", FIN, text="ok", evidence=["b"])
    assert history.do("03 15:00", "dissatisfied", CALLER, reason="y").redo == 2


class TestNoResponse:
    def test_only_after_the_limit_and_with_the_attempts_recorded(self):
        history = proposed()
        attempts = ["2026-11-04 电话", "2026-11-06 短信"]
        reason = history.refused("10 17:30", "lapse", SYSTEM, attempts=attempts)
        assert reason == "it may be closed for no response only after 2026-11-10 17:30"
        assert "at least 2" in history.refused("11 09:00", "lapse", SYSTEM, attempts=attempts[:1])
        state = history.do("11 09:00", "lapse", SYSTEM, attempts=attempts)
        assert (state.outcome, state.word_by, state.satisfaction) == ("solved", "lapse", None)

    def test_material_that_never_came(self):
        history = handled()
        ask = {"what": "合同", "reason": "material", "document": "通知书"}
        history.do("02 11:00", "ask_requester", FIN, **ask)
        state = history.do("12 09:00", "lapse", CENTRE, attempts=["a", "b"])
        assert (state.closed, state.outcome) == (True, "withdrawn")

    def test_not_by_who_handled_it(self):
        moved = Party("user", "f1", "甲", "CENTRE")
        reason = proposed().refused("12 09:00", "lapse", moved, attempts=["a", "b"])
        assert "their own case" in reason


def test_the_requester_may_withdraw():
    state = opened().do("02 10:00", "withdraw", FIRM)
    assert (state.closed, state.outcome) == (True, "withdrawn")
    assert {clock.outcome for clock in state.clocks.values()} == {"stopped"}


class TestClosingWithoutARequestersWord:
    def its_type(self):
        mapping = base_mapping()
        actions = {**mapping["actions"]}
        actions["close"] = {
            "verb": "close",
            "label": {"zh": "销号", "en": "Close"},
            "from": ["confirming"],
            "to": "closed",
            "who": ["lead", "centre"],
            "evidence": 1,
        }
        return a_type(actions=actions, closing={"requester_word": False})

    def test_somebody_else_has_seen_the_evidence(self):
        history = proposed(self.its_type())
        assert history.now().holder == "unit:CENTRE"
        assert "their own" in history.refused("03 11:00", "close", FIN, evidence=["x"])
        assert "at least 1" in history.refused("03 11:00", "close", CENTRE)
        assert history.do("03 11:00", "close", CENTRE, evidence=["x"]).word_by == "close"


class TestAppeal:
    def closed(self) -> History:
        history = handled()
        history.do("03 10:00", "reject", FIN, text="无依据")
        history.do("03 11:00", "call_back", CALLER, satisfied=3)
        return history

    def test_upheld_it_is_done_again(self):
        history = self.closed()
        state = history.do("04 09:00", "appeal", FIRM, reason="有依据")
        assert (state.closed, state.holder) == (False, "unit:CENTRE")
        assert "not for" in history.refused("04 10:00", "rule_appeal", FIN, upheld=False)
        risen = replace(FIN, role="leader")
        assert "their own" in history.refused("04 10:00", "rule_appeal", risen, upheld=False)
        state = history.do("04 10:00", "rule_appeal", LEADER, upheld=True, reason="应予支持")
        assert (state.stage, state.redo, state.holder) == ("handling", 1, "unit:FIN")

    def test_turned_down_all_is_as_it_was_and_there_is_no_other(self):
        history = self.closed()
        history.do("04 09:00", "appeal", FIRM, reason="x")
        state = history.do("04 10:00", "rule_appeal", LEADER, upheld=False, reason="y")
        assert (state.closed, state.stage, state.outcome) == (True, "closed", "rejected")
        assert "an appeal already" in history.refused("04 11:00", "appeal", FIRM, reason="z")

    def test_the_time_under_appeal_is_the_centres(self):
        history = self.closed()
        history.do("04 09:00", "appeal", FIRM, reason="x")
        history.do("04 10:00", "rule_appeal", LEADER, upheld=False, reason="y")
        last = history.now().stretches[-1]
        assert (last.holder, last.end is not None) == ("unit:CENTRE", True)


class TestMerging:
    def test_a_merged_case_keeps_its_number_and_its_own_time(self):
        history = handled()
        state = history.do("02 15:00", "merge", CENTRE, into="OZ-QY-20261102-0002-X")
        assert (state.closed, state.holder, state.outcome) == (True, None, "merged")
        assert state.number == history.events[0].data["number"]
        assert state.clocks["resolve"].outcome == "stopped"

    def test_it_can_be_undone(self):
        history = handled()
        due = history.now().clocks["resolve"].due
        history.do("02 15:00", "merge", CENTRE, into="OTHER")
        state = history.do("04 15:00", "unmerge", CENTRE)
        assert (state.stage, state.holder, state.closed) == ("handling", "unit:FIN", False)
        clock = state.clocks["resolve"]
        assert (clock.outcome, clock.due.date() - due.date()) == ("running", dt.timedelta(2))

    def test_every_requester_can_still_say_how_it_was(self):
        history = handled()
        history.do("02 15:00", "merge", CENTRE, into="OTHER")
        assert history.do("09 15:00", "rate", FIRM, satisfied=4).satisfaction == 4
        assert "already" in history.refused("09 16:00", "rate", FIRM, satisfied=1)

    def test_the_case_that_takes_others_in_is_not_merged_itself(self):
        history = handled()
        history.do("02 15:00", "take_in", CENTRE, number="A")
        assert "already" in history.refused("02 15:00", "take_in", CENTRE, number="A")
        assert "undo that first" in history.refused("02 16:00", "merge", CENTRE, into="B")
        history.do("02 16:00", "unmerge", CENTRE, number="A")
        assert history.now().taken_in == ()

    def test_never_into_itself(self):
        history = handled()
        own = history.now().number
        assert "into itself" in history.refused("02 15:00", "merge", CENTRE, into=own)


def test_splitting_gives_parts_with_numbers_of_their_own():
    history = handled()
    own = history.now().number
    assert "two or more" in history.refused("02 15:00", "split", CENTRE, children=[f"{own}-1"])
    state = history.do("02 15:00", "split", CENTRE, children=[f"{own}-1", f"{own}-2"])
    assert (state.closed, state.children) == (True, (f"{own}-1", f"{own}-2"))
