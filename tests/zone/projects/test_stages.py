"""A stage is entered with its papers or not at all; going back is kept; the loser is told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.projects.models import StageEvent
from openzone.zone.projects.selectors.standing import missing_next
from openzone.zone.projects.services.stages import go_back, leave
from tests.zone.projects.conftest import JANUARY, NOW, TODAY

pytestmark = pytest.mark.django_db
CONCEPT, CONTRACT = "concept", "formal_contract"


@pytest.fixture
def signed(pipe, filed, priced, entered):
    """The plant, signed in February."""
    priced(pipe.plant, 4_200_000_000)
    filed(pipe.plant, CONCEPT, CONTRACT)
    entered(pipe.plant, "reserve")
    return entered(pipe.plant, "signed", dt.date(2026, 2, 1), user=pipe.clerk)


def test_everything_missing_is_named_at_once_and_nothing_is_written(pipe, entered):
    with pytest.raises(Refused) as refused:
        entered(pipe.plant, "reserve")
    assert "计划总投资" in refused.value.reason.zh
    assert "项目策划书" in refused.value.reason.zh
    assert not StageEvent.objects.exists()


def test_what_is_missing_for_the_next_stage_is_known_before_asking(pipe, filed):
    filed(pipe.plant, CONCEPT)
    lacking = missing_next(pipe.plant, TODAY)
    assert [(one.kind, one.id) for one in lacking["reserve"]] == [("field", "total_investment")]


def test_entering_is_kept_with_the_papers_shown_and_derived(signed, pipe):
    event = signed.log.get(seq=2)
    assert (event.stage, event.evidence, event.by) == ("signed", [CONTRACT], pipe.clerk)
    signed.refresh_from_db()
    assert (signed.stage, signed.since, signed.last_seq) == ("signed", dt.date(2026, 2, 1), 2)
    assert Event.objects.filter(action="projects.stage.entered").count() == 2


def test_no_stage_is_passed_over_that_must_not_be(signed, filed, entered):
    with pytest.raises(Refused, match="开工"):
        entered(signed, "completed", TODAY)


def test_nothing_is_entered_on_a_day_to_come_or_before_what_came_before(signed, entered):
    with pytest.raises(Refused, match="还没有到"):
        entered(signed, "registered", TODAY + dt.timedelta(days=1))
    with pytest.raises(Refused, match="早于"):
        entered(signed, "registered", JANUARY - dt.timedelta(days=1))


def test_falling_back_is_kept_and_a_mistake_is_taken_back(actor, signed):
    given = {"actor": actor, "now": NOW, "today": TODAY}
    go_back(project=signed, to="reserve", on=TODAY, reason="资金未落实", void=False, **given)
    signed.refresh_from_db()
    assert signed.stage == "reserve"
    assert signed.log.count() == 3
    go_back(project=signed, to="signed", on=TODAY, reason="误录", void=True, **given)
    signed.refresh_from_db()
    assert (signed.stage, signed.log.count()) == ("signed", 4)


@pytest.mark.parametrize(("to", "reason"), [("started", "错"), ("reserve", " "), ("nowhere", "错")])
def test_going_back_has_a_place_and_a_reason(actor, signed, to, reason):
    with pytest.raises(Refused):
        go_back(actor=actor, project=signed, to=to, on=TODAY, reason=reason, void=False,
                now=NOW, today=TODAY)  # fmt: skip
    assert signed.log.count() == 2


def test_leaving_has_a_reason_of_the_pack_and_words(actor, signed):
    given = {"actor": actor, "project": signed, "on": TODAY, "now": NOW, "today": TODAY}
    with pytest.raises(Refused):
        leave(reason="no_such_reason", text="放弃", **given)
    with pytest.raises(Refused, match="具体原因"):
        leave(reason="not_performed", text=" ", **given)
    leave(reason="not_performed", text="未按合同出资", **given)
    signed.refresh_from_db()
    assert (signed.left, signed.stage) == ("not_performed", "signed")


def test_who_comes_second_is_told_who_was_first(signed, filed, entered, pipe):
    """Two people move the same card: the loser reads who was first, and nothing is lost."""
    filed(signed, "construction_permit", "site_photo")
    with pytest.raises(Refused) as refused:
        entered(signed, "started", TODAY, seen=1)
    assert f"已由{pipe.clerk.display_name or pipe.clerk.username}" in refused.value.reason.zh
    assert "already moved" in refused.value.reason.en
    assert signed.log.count() == 2


def test_the_log_cannot_be_rewritten(signed):
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        StageEvent.objects.filter(project=signed).update(stage="started")
    with pytest.raises(IntegrityError), transaction.atomic():
        StageEvent.objects.create(
            project=signed, seq=2, kind="entered", stage="started", on=TODAY, recorded_at=NOW
        )
