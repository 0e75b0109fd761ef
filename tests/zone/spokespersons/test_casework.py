"""A question is a case: its number, holder, clock, parts and redo are those of the question."""

import datetime as dt

import pytest

from openzone.engines.cases.holding import minutes
from openzone.engines.worktime.localtime import to_aware, to_local
from openzone.packs.promises import promised_clocks
from openzone.packs.spokespersons import load_spokespersons
from openzone.zone.audit.verification import verify
from openzone.zone.cases.folding import events_of, state_of
from openzone.zone.cases.models import Case
from openzone.zone.cases.packs import worktime
from openzone.zone.errors import Refused
from openzone.zone.spokespersons.enums import ConsultationStatus, Rating
from openzone.zone.spokespersons.models import Consultation
from openzone.zone.spokespersons.services import answers
from openzone.zone.spokespersons.services import consultations as services
from openzone.zone.spokespersons.services.adoption import adopt_all
from tests.zone.spokespersons.conftest import DAY, FRIDAY

pytestmark = pytest.mark.django_db
MONDAY = FRIDAY + dt.timedelta(days=3)
TUESDAY = MONDAY + dt.timedelta(days=1)


def _reply(actor, question, by, at=FRIDAY):
    return answers.reply(
        actor=actor, consultation=question, text="每年三月。", by=by, now=at, on=at.date()
    )


def _case(question) -> Case:
    return Case.objects.get(consultation=question)


def test_asking_opens_one_case_under_one_number(put, joint, bureaus, asker):
    question = put(document=joint)
    case = _case(question)
    assert case.number.startswith("OZ-ZX-20260612-")
    assert (case.kind, case.enterprise, case.origin) == (
        "policy_question",
        asker,
        f"consultation:{question.pk}",
    )
    assert (case.lead, case.holder) == (bureaus.tech, "unit:tech")
    assert [part.unit for part in case.parts.all()] == [bureaus.finance]


def test_the_clock_of_the_case_is_the_limit_of_the_question(put):
    """Row XN-06: two working days, counted once, shown in both places."""
    question = put()
    assert _case(question).due_at == question.due_at


def test_a_question_nobody_answers_for_is_held_by_the_centre(put, bureaus):
    assert _case(put()).holder_unit == bureaus.centre


def test_passing_on_moves_the_case_and_its_limit_runs_on(actor, put, joint, bureaus):
    question = put(document=joint)
    before = _case(question).due_at
    services.pass_on(
        actor=actor, consultation=question, unit=bureaus.finance, reason="由财政兑现", now=MONDAY
    )
    case = _case(question)
    assert (case.lead, case.due_at) == (bureaus.finance, before)
    assert not case.parts.exists(), "who leads owes no part of its own"


def test_every_working_minute_has_one_holder(actor, put, joint, bureaus):
    question = put(document=joint)
    services.pass_on(
        actor=actor, consultation=question, unit=bureaus.finance, reason="由财政兑现", now=MONDAY
    )
    said = _reply(actor, question, bureaus.accountant, TUESDAY)
    answers.rate(actor=actor, reply=said, rating=Rating.GOOD, now=TUESDAY)
    state = state_of(_case(question))
    held = minutes(state.stretches, worktime().calendar, to_local(TUESDAY))
    hours = worktime().calendar.working_minutes_between(to_local(FRIDAY), to_local(TUESDAY))
    assert set(held) == {"unit:tech", "unit:finance", "requester"}
    assert sum(held.values()) == hours


def test_a_satisfying_answer_closes_the_case(actor, put, bureaus):
    question = put()
    said = _reply(actor, question, bureaus.clerk)
    assert _case(question).holder == "requester"
    answers.rate(actor=actor, reply=said, rating=Rating.FAIR, now=MONDAY)
    case = _case(question)
    assert (case.closed, case.outcome, case.satisfaction) == (True, "solved", 3)


def test_asking_again_is_a_redo_with_a_limit_of_its_own(actor, put, bureaus):
    question = put()
    said = _reply(actor, question, bureaus.clerk)
    answers.rate(actor=actor, reply=said, rating=Rating.BAD, now=MONDAY)
    assert not _case(question).closed
    answers.ask_again(actor=actor, reply=said, why="没说材料", now=MONDAY)
    question.refresh_from_db()
    case = _case(question)
    assert (case.redo, case.stage, case.holder_unit) == (1, "asked", bureaus.centre)
    assert case.due_at == question.due_at > MONDAY


def test_a_part_is_given_in_the_case_too_and_one_nobody_gave_holds_up_nothing(
    actor, put, joint, bureaus
):
    first, second = put(document=joint), put(document=joint)
    services.contribute(
        actor=actor, part=first.parts.get(), text="每季度。", by=bureaus.accountant, now=FRIDAY
    )
    assert _case(first).parts.get().answer == "每季度。"
    for question in (first, second):
        _reply(actor, question, bureaus.speaker)
        assert _case(question).stage == "answered"


def test_the_history_names_who_did_it_not_the_system(actor, put, bureaus):
    question = put()
    _reply(actor, question, bureaus.clerk)
    last = events_of(_case(question))[-1]
    assert (last.action, last.by.label, last.by.unit) == ("reply", actor.label, "centre")


def test_nobody_acts_on_the_case_past_the_page_of_the_question(put, bureaus):
    """Whose answer counts is decided by the register; the case page offers nothing."""
    from openzone.zone.cases.services.acting import act

    with pytest.raises(Refused):
        act(
            actor=bureaus, case=_case(put()), action="reply", now=FRIDAY, user=bureaus.clerk,
            data={"text": "绕过"},
        )  # fmt: skip


@pytest.fixture
def by_difficulty(monkeypatch, tmp_path):
    """A zone that promises 1 day for simple questions and 3 for complex ones."""
    from openzone.packs.services import service_types
    from openzone.zone.spokespersons import packs

    text = (load_path().read_text("utf-8")).replace("promised: two_days", "promised: by_difficulty")
    (tmp_path / "spokespersons.yaml").write_text(text, "utf-8")
    monkeypatch.setenv("OPENZONE_PACKS", str(tmp_path))
    for cached in (packs.pack, service_types):
        cached.cache_clear()
    yield
    monkeypatch.undo()
    for cached in (packs.pack, service_types):
        cached.cache_clear()


def load_path():
    from openzone.packs.spokespersons import NAME
    from openzone.packs.typed import pack_file

    return pack_file(NAME, None)


@pytest.mark.usefixtures("by_difficulty")
def test_a_question_that_turns_out_complex_gets_the_longer_limit(actor, put):
    question = put()
    assert question.limit == "simple"
    longer = services.set_limit(actor=actor, consultation=question, limit="complex", now=FRIDAY)
    asked_complex = put(limit="complex")
    assert longer.due_at == asked_complex.due_at == _case(question).due_at
    assert {clock["id"] for clock in _case(question).clocks} == {"simple"}
    with pytest.raises(Refused, match="不能缩短"):
        services.set_limit(actor=actor, consultation=asked_complex, limit="simple", now=FRIDAY)


def test_the_promise_is_written_in_one_place_only():
    """The pack of the case type holds no number: its clocks are those of the spokespersons."""
    promised = load_spokespersons(None).scheme.limits
    clocks = promised_clocks(None).data["clocks"]
    assert [clock["limit"] for clock in clocks.values()] == [
        limit.clock.text.en for limit in promised
    ]


def test_questions_of_before_get_their_case_and_their_history(actor, put, joint, bureaus, owner):
    answered, open_, again = put(document=joint), put(), put()
    said = _reply(actor, answered, bureaus.speaker)
    answers.rate(actor=actor, reply=said, rating=Rating.VERY_GOOD, now=MONDAY)
    bad = _reply(actor, again, bureaus.clerk)
    answers.rate(actor=actor, reply=bad, rating=Rating.BAD, now=MONDAY)
    answers.ask_again(actor=actor, reply=bad, why="没说材料", now=MONDAY)
    Consultation.objects.update(case=None)
    assert (adopt_all(), adopt_all()) == (3, 0)
    for question in (answered, open_, again):
        question.refresh_from_db()
        case = _case(question)
        assert case.closed == (question.pk == answered.pk)
        assert to_aware(events_of(case)[0].at) == question.asked_at
        if question.status == ConsultationStatus.OPEN:
            assert case.due_at == question.due_at
    assert _case(again).redo == 1
    assert verify().intact


def test_a_question_is_asked_with_its_case_or_not_at_all(monkeypatch, actor, put):
    def fail(*_):
        raise Refused(services._SHORTER)

    monkeypatch.setattr(services.casework, "begin", fail)
    with pytest.raises(Refused):
        put()
    assert not Consultation.objects.exists()
    assert not Case.objects.exists()


def test_who_asked_finds_the_question_among_their_matters(put, owner):
    from openzone.zone.cases.permissions import may_see

    assert may_see(owner, _case(put()), DAY).allowed
