"""A track is asked for voluntarily; with the land blue turns red, without it everything lapses."""

import pytest
from django.db import DatabaseError, transaction

from openzone.engines.projects.permits import PermitState
from openzone.zone.approvals.enums import StepKind
from openzone.zone.approvals.models import LandProof, Paper, Step, Track, Trip
from openzone.zone.approvals.selectors.standing import board
from openzone.zone.approvals.services import answering, tracks, trips
from openzone.zone.audit.models import Event
from openzone.zone.commitments.models import CreditRecord
from openzone.zone.errors import Refused
from tests.zone.approvals.conftest import DAY, FORM, NOW, PAPER, TODAY

pytestmark = pytest.mark.django_db


# Asking, taking on, ending.


def test_it_is_asked_for_and_what_was_acknowledged_is_kept(asked):
    track = asked()
    assert track.number == "SP2026-0001"
    assert "双方互不担责" in track.acknowledged
    assert Event.objects.filter(action="approvals.asked").count() == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"acknowledged": False}, "acknowledged"),
        ({"parcel": None}, "parcel"),
        ({"path": "nothing"}, "path"),
        ({"applicant": " "}, "applicant"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_its_field(asked, given, field):
    with pytest.raises(Refused) as refused:
        asked(**given)
    assert refused.value.field == field
    assert not Track.objects.exists()


def test_one_path_is_asked_for_once_at_a_time(asked):
    asked()
    with pytest.raises(Refused, match="SP2026-0001"):
        asked()
    assert asked(path="completion").parcel is None


def test_items_keep_the_days_that_were_promised_and_the_unit_that_answers(track, plant):
    rows = {one.code: one for one in track.items.select_related("unit")}
    assert rows["plan"].unit.code == "planning"
    assert rows["build"].bundle == "start"
    # No unit has the code of the authority: the centre takes it and gives it on.
    assert rows["soil"].unit.code == "centre"


def test_the_centre_gives_an_item_on(actor, item, plant):
    tracks.assign(actor=actor, item=item("soil"), unit=item("plan").unit)
    assert item("soil").unit.code == "planning"


def test_a_request_is_taken_on_or_refused_once(actor, asked, plant):
    track = asked()
    tracks.refuse(
        actor=actor, track=track, reason="重污染项目不适用", user=plant.centre, now=NOW,
        today=TODAY,
    )  # fmt: skip
    for service in (tracks.accept, tracks.refuse):
        more = {} if service is tracks.accept else {"reason": "又一次", "today": TODAY}
        with pytest.raises(Refused, match="未受理"):
            service(actor=actor, track=track, user=plant.centre, now=NOW, **more)


def test_two_who_take_it_on_are_one_and_a_name(actor, track, plant):
    with pytest.raises(Refused, match=rf"已由{plant.centre}"):
        tracks.accept(actor=actor, track=track, user=plant.centre, now=NOW)


def test_nobody_has_to_go_on(actor, track, plant, handed):
    tracks.withdraw(actor=actor, track=track, reason="改变选址", user=plant.investor, today=TODAY)
    with pytest.raises(Refused, match="已撤回"):
        handed("drawings")
    lines = board(track, NOW).lines
    assert {one.state for one in lines} == {PermitState.LAPSED}
    assert all("申请已撤回" in one.reason.zh for one in lines)


def test_without_the_land_opinions_lapse_and_nobody_owes_anything(
    actor, track, plant, handed, reviewed
):
    handed("drawings")
    reviewed("drawings", user=plant.builder)
    tracks.lose_land(
        actor=actor, track=track, on=TODAY, reason="他人竞得", user=plant.centre, today=TODAY,
        now=NOW,
    )  # fmt: skip
    lines = board(track, NOW).lines
    assert {one.state for one in lines} == {PermitState.LAPSED}
    assert all("互不担责" in one.reason.zh for one in lines)
    assert board(track, NOW).forecast.goal is None


def test_the_land_cannot_be_lost_once_it_was_obtained(actor, track, plant, landed):
    landed()
    with pytest.raises(Refused, match="已登记取得土地"):
        tracks.lose_land(
            actor=actor, track=track, on=TODAY, reason="他人竞得", user=plant.centre, today=TODAY,
            now=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"paid_on": TODAY + DAY}, "paid_on"),
        ({"contracted_on": TODAY + DAY}, "paid_on"),
        ({"contract_no": ""}, "contract_no"),
        ({"file": PAPER._replace(data=b"MZ")}, "file"),
    ],
)
def test_a_land_contract_without_proof_or_sense_is_refused(landed, given, field):
    with pytest.raises(Refused) as refused:
        landed(**given)
    assert refused.value.field == field


# Handing in.


def test_one_form_hands_in_the_whole_bundle_and_each_paper_once(track, bundled):
    made = bundled()
    assert set(made.items) == {"land_use", "plan", "property", "build"}
    assert made.answers == FORM | {"builder": ""}
    assert Paper.objects.filter(track=track).count() == 7
    assert Step.objects.filter(kind=StepKind.HANDED_IN).count() == 4


def test_a_bundle_without_an_answer_or_a_paper_leaves_nothing(track, bundled):
    for given, field in (
        ({"answers": FORM | {"phone": ""}}, "phone"),
        ({"answers": FORM | {"floor_area": "很多"}}, "floor_area"),
        ({"promises": {}}, "paper_builder_contract"),
        ({"files": {}}, "paper_application"),
        ({"files": {"application": PAPER._replace(data=b"MZ")}}, "paper_licence"),
        ({"promises": {"safety_plan": TODAY + DAY}, "files": {}}, "promise_safety_plan"),
        ({"promises": {"wage_account": TODAY}}, "promise_wage_account"),
    ):
        with pytest.raises(Refused) as refused, transaction.atomic():
            bundled(**given)
        assert refused.value.field == field
    assert not Paper.objects.exists()
    assert not Step.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_before_any_is_kept(track, handed):
    with pytest.raises(Refused) as refused:
        handed("filing", files={"application": PAPER, "licence": PAPER._replace(data=b"MZ")})
    assert refused.value.field == "paper_licence"
    assert not Paper.objects.exists()


def test_what_is_handed_in_is_not_handed_in_again(handed):
    handed("filing")
    with pytest.raises(Refused, match="正在办理"):
        handed("filing")


def test_nobody_with_an_unrepaired_record_promises(actor, plant, track, bundled):
    CreditRecord.objects.create(
        enterprise=plant.company, kind="dishonest", document="示例〔2026〕1号", happened_on=TODAY,
        recorded_on=TODAY,
    )  # fmt: skip
    with pytest.raises(Refused, match="未修复"):
        bundled()


# Trips.


def test_a_trip_has_a_matter_a_reason_and_a_day(actor, track, plant):
    given = {"actor": actor, "track": track, "user": plant.centre, "now": NOW, "today": TODAY}
    trips.record_trip(matter="start", on=TODAY, reason="领取证照", **given)
    for matter, on, reason in (
        ("plan", TODAY, "属于一件事"), ("start", TODAY + DAY, "明天"), ("start", TODAY, " "),
    ):  # fmt: skip
        with pytest.raises(Refused):
            trips.record_trip(matter=matter, on=on, reason=reason, **given)
    assert Trip.objects.count() == 1


# What the database holds.


def test_what_was_done_is_never_rewritten(track, handed, reviewed, landed):
    handed("plan")
    reviewed("plan")
    landed()
    for rows, change in (
        (Step.objects.all(), {"text": "改"}),
        (Paper.objects.all(), {"code": "licence"}),
        (LandProof.objects.all(), {"contract_no": "改"}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_the_database_issues_an_item_once(item, handed, issued, plant):
    handed("filing")
    issued("filing")
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(
            item=item("filing"),
            permit=item("filing"),
            kind=StepKind.ISSUED,
            number="二",
            by=plant.planner,
            at=NOW,
        )


@pytest.mark.django_db(transaction=True)
def test_two_who_convert_at_once_are_one_permit_and_a_name(plant, handed, issued, at_the_same_time):
    handed("filing")

    def convert():
        try:
            return issued("filing")
        except Refused as refusal:
            return refusal

    found = at_the_same_time(2, convert)
    (refused,) = (one for one in found if isinstance(one, Refused))
    assert f"已由{plant.planner}" in refused.reason.zh
    assert Step.objects.filter(kind=StepKind.ISSUED).count() == 1


def test_who_did_not_see_the_last_step_is_told_who_was_first(actor, plant, item, handed, reviewed):
    handed("plan")
    seen = item("plan").steps.last().pk
    reviewed("plan", seen=seen)
    with pytest.raises(Refused, match=r"已由.*出具预审意见"):
        answering.send_back(
            actor=actor, item=item("plan"), reason="缺图", user=plant.planner, now=NOW, seen=seen
        )
