"""The common log: exchanged and confirmed, patrols with findings, emergencies closed by proof."""

import datetime as dt

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cases.services.attaching import Upload
from openzone.zone.errors import Refused
from openzone.zone.people.models import Unit
from openzone.zone.waters.enums import Kind
from openzone.zone.waters.models import Finding, LogEntry, WaterFile
from openzone.zone.waters.selectors.counting import counters
from openzone.zone.waters.selectors.waiting import to_confirm
from openzone.zone.waters.services import log
from tests.zone.waters.river import JPEG, PDF, TODAY, River, approved, entry

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PHOTO, PROOF = Upload("河岸.jpg", JPEG, "photos"), Upload("处置报告.pdf", PDF, "photos")


def test_what_was_sent_is_confirmed_by_who_got_it_once(at: River):
    sent = entry(at, "exchange")
    assert to_confirm(at.theirs, TODAY) == [sent]
    assert to_confirm(at.ours, TODAY) == []
    with pytest.raises(Refused, match="对方确认"):
        log.confirm_entry(**at.by(at.ours), entry=sent)
    log.confirm_entry(**at.by(at.theirs), entry=sent)
    with pytest.raises(Refused, match="已由示例duian于"):
        log.confirm_entry(**at.by(at.second), entry=sent)
    assert to_confirm(at.theirs, TODAY) == []


def test_a_patrol_is_joint_only_with_people_of_both(at: River):
    with pytest.raises(Refused, match="双方参加人员") as caught:
        entry(at, "patrol", theirs=" ")
    assert caught.value.field == "theirs"
    assert not LogEntry.objects.exists()


def test_a_finding_with_photographs_becomes_a_task(at: River):
    walked = entry(at, "patrol", at.theirs)
    found = log.add_finding(**at.by(at.ours), entry=walked, text="岸边垃圾", files=[PHOTO])
    assert found.files.get().name == "河岸.jpg"
    case = log.make_case(**at.by(at.ours), finding=found)
    assert (case.kind, case.lead, case.closed) == ("water_task", at.home, False)
    with pytest.raises(Refused, match="已转为办件"):
        log.make_case(**at.by(at.theirs), finding=found)
    with pytest.raises(Refused, match="不能撤回"):
        log.withdraw_entry(**at.by(at.theirs), entry=walked, reason="重复")


def test_a_file_that_is_not_what_it_says_leaves_nothing_behind(at: River):
    walked = entry(at, "patrol")
    with pytest.raises(Refused):
        log.add_finding(**at.by(at.ours), entry=walked, text="x",
                        files=[PHOTO, Upload("假.jpg", b"MZ not a photo", "photos")])  # fmt: skip
    assert not WaterFile.objects.exists()


def test_an_emergency_needs_measures_of_both_and_closes_by_the_other_side(at: River):
    leak = entry(at, "incident")
    assert leak.case is not None
    assert leak.case.kind == "water_incident"
    hands = {"entry": leak, "text": "已清理完毕", "files": [PROOF]}
    log.add_measure(**at.by(at.ours), entry=leak, on=TODAY, text="设置围油栏")
    with pytest.raises(Refused, match="双方均须"):
        log.report_done(**at.by(at.ours), **hands)
    log.add_measure(**at.by(at.theirs), entry=leak, on=TODAY, text="下游加密监测")
    with pytest.raises(Refused, match="佐证"):
        log.report_done(**at.by(at.ours), **hands | {"files": []})
    log.report_done(**at.by(at.ours), **hands)
    with pytest.raises(Refused, match="上报人以外"):
        log.check_done(**at.by(at.ours), entry=leak, good=True)
    assert to_confirm(at.theirs, TODAY) == [leak]
    log.check_done(**at.by(at.theirs), entry=leak, good=False, reason="照片不清")
    log.report_done(**at.by(at.theirs), **hands)
    log.check_done(**at.by(at.ours), entry=leak, good=True)
    leak.refresh_from_db()
    leak.case.refresh_from_db()
    assert (leak.state, leak.case.closed) == ("confirmed", True)
    with pytest.raises(Refused, match="已由"):
        log.add_measure(**at.by(at.ours), entry=leak, on=TODAY, text="再次")


def test_counters_name_their_rows_and_leave_out_what_was_withdrawn(at: River):
    for n in range(3):
        entry(at, "patrol", on=TODAY - n * 10 * DAY, title=f"第{n}次")
    wrong = entry(at, "patrol", title="重复")
    log.withdraw_entry(**at.by(at.ours), entry=wrong, reason="重复登记")
    alone = entry(at, "incident")
    log.add_measure(**at.by(at.ours), entry=alone, on=TODAY, text="单方处置")
    entry(at, "dispatch", casualties=0)
    entry(at, "dispatch", casualties=None)
    approved(at)
    found = counters(at.theirs, TODAY, TODAY - 15 * DAY, TODAY)
    assert [one.total for one in found.kinds] == [0, 2, 0, 2]
    assert (found.campaigns, found.approved, found.floods, found.unknown) == (1, 1, 2, 1)
    assert "联合巡河2次" in found.sentence.zh
    assert "1次未登记伤亡情况" in found.sentence.zh  # not on record is not none
    log.add_measure(**at.by(at.theirs), entry=alone, on=TODAY, text="对方处置")
    assert counters(at.ours, TODAY, TODAY, TODAY).of(Kind.INCIDENT).total == 1


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("exchange", {"term": "gold"}, "term"),
        ("exchange", {"on": TODAY + DAY}, "on"),
        ("dispatch", {"level": "purple"}, "level"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(at: River, kind: str, given, field: str):
    with pytest.raises(Refused) as caught:
        entry(at, kind, **given)
    assert caught.value.field == field
    assert not LogEntry.objects.exists()


def test_a_section_of_another_water_is_refused(at: River):
    with pytest.raises(Refused, match="不在所选水体"):
        entry(at, "exchange", section=at.lake)


def test_two_sides_that_share_no_water_keep_no_log(at: River, committee: Unit):
    with pytest.raises(Refused, match="没有共同断面") as caught:
        log.record_entry(
            **at.by(at.theirs), kind="exchange", one=at.partner, other=committee, section=None,
            water=at.border.water, on=TODAY, title="示例", term="data",
        )  # fmt: skip
    assert caught.value.field == "other"
    assert not LogEntry.objects.exists()


def test_the_log_never_tells_what_was_measured(at: River):
    approved(at)
    told = Event.objects.filter(action__startswith="waters.")
    assert told.exists()
    assert not any("0.30" in str(one.payload) for one in told)
    assert not Finding.objects.exists()


def test_an_emergency_is_checked_not_confirmed(at: River):
    with pytest.raises(Refused, match="对方核验办结"):
        log.confirm_entry(**at.by(at.theirs), entry=entry(at, "incident"))
