"""The desk of enterprise requests, from intake to close-out, with the presets of several places."""

import datetime as dt

import pytest

from openzone.demo.scenes.papers import proof
from openzone.engines.cases.fields import check
from openzone.engines.worktime.durations import parse_duration
from openzone.packs.services import SERVICES, Services, service_type, types_of
from openzone.packs.sourced import read
from openzone.zone.audit.actors import Actor
from openzone.zone.cases.models import Case, NegativeAnswer
from openzone.zone.cases.services.acting import act
from openzone.zone.cases.services.intake import Requester, open_case
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import DAY, NOW, populate

pytestmark = pytest.mark.django_db
KIND = "enterprise_request"
TOPICS = {
    "policy": {},
    "finance": {"amount": "3000000"},
    "land": {"land_matter": "new"},
    "labour": {"posts": "5"},
    "energy": {"element": "power", "urgency": "planned"},
    "logistics": {},
    "approval": {},
    "municipal": {"spot": "示例路1号"},
    "safety": {"spot": "示例路1号"},
    "legal": {},
    "listing": {"listing_stage": "reform"},
    "other": {},
}


@pytest.fixture
def zone(make_user, committee):
    return populate(make_user, committee)


def ask(zone, topic="finance", now=NOW, **given) -> Case:
    fields = {"topic": topic, **TOPICS[topic], **given.pop("fields", {})}
    said = {
        "actor": Actor.of(zone.owner), "kind": KIND, "title": "示例诉求", "text": "请协调",
        "now": now, "channel": "portal", "fields": fields,
        "requester": Requester("enterprise", zone.firm, zone.owner),
    } | given  # fmt: skip
    return open_case(**said).case


def do(case, who, action, now=NOW, **data) -> Case:
    papers = [proof(action)] if action == "finish" else []
    return act(
        actor=Actor.of(who), case=case, action=action, now=now, user=who, data=data, files=papers
    )


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_asks_its_own_questions_and_no_other(topic):
    form = service_type(KIND).form
    _, problems = check(form, {"topic": topic, **TOPICS[topic]})
    assert problems == ()
    required = {field.id for field in form if field.required and field.when} & TOPICS[topic].keys()
    for name in required:
        rest = {key: value for key, value in TOPICS[topic].items() if key != name}
        _, problems = check(form, {"topic": topic, **rest})
        assert [problem.field for problem in problems] == [name]
    clean, _ = check(form, {"topic": "other", **TOPICS["finance"]})
    assert clean == {"topic": "other"}, "answers of another topic are left out"


def test_one_request_one_number_whoever_is_asked_first(zone):
    """Row SS-03: to the unit or to the centre, the number is issued either way."""
    routed, direct = ask(zone), ask(zone, unit=zone.land, recorded_by=zone.surveyor)
    assert routed.number != direct.number
    assert all(case.number.startswith("OZ-QY-20261116-") for case in (routed, direct))
    assert (routed.lead, direct.lead) == (zone.finance, zone.land)


def test_a_topic_without_a_unit_of_the_zone_goes_to_the_centre(zone):
    assert ask(zone, "energy").lead == zone.centre_unit


def test_several_units_mean_the_centre_leads_and_calls_them_together(zone):
    """Row SS-03: centre, leader and enterprise at one table; each unit with its own answer."""
    case = ask(zone, "finance", fields={"several": True})
    assert case.lead == zone.centre_unit
    case = do(case, zone.centre, "accept")
    for unit in ("finance", "land"):
        case = do(case, zone.centre, "involve", unit=unit, asks="本部门能解决什么")
    for who, text in ((zone.handler, "可贴息"), (zone.surveyor, "用地可保障")):
        case = do(case, who, "contribute", text=text)
    assert {part.unit.code: part.answer for part in case.parts.all()} == {
        "finance": "可贴息", "land": "用地可保障",
    }  # fmt: skip
    at = (NOW + DAY).isoformat()
    case = do(case, zone.centre, "call_meeting", at=at, units=["finance", "land"])
    case = do(
        case, zone.leader, "hold_meeting", NOW + DAY, attended=["示例领导", "示例企业"],
        minutes="一周内办结",
    )  # fmt: skip
    case = do(case, zone.centre, "decide", NOW + DAY, meeting="M1", task="出具意见", owner="land",
              due="2026-11-25")  # fmt: skip
    with pytest.raises(Refused):
        do(case, zone.centre, "finish", NOW + DAY, text="已解决")
    case = act(
        actor=TESTS, case=case, action="finish_task", now=NOW + 2 * DAY, user=zone.surveyor,
        data={"task": "T1"}, files=[proof("finish_task")],
    )  # fmt: skip
    case = do(case, zone.centre, "finish", NOW + 2 * DAY, text="已解决")
    with pytest.raises(Refused):
        do(case, zone.centre, "call_back", NOW + 2 * DAY, satisfied=5)
    case = do(case, zone.owner, "confirm", NOW + 3 * DAY, satisfied=5)
    assert (case.closed, case.outcome, case.satisfaction) == (True, "solved", 5)


def test_a_single_unit_does_it_and_the_enterprise_has_the_last_word(zone):
    case = do(ask(zone), zone.handler, "accept")
    case = do(case, zone.handler, "contact", text="已电话联系")
    with pytest.raises(Refused):
        act(actor=TESTS, case=case, action="finish", now=NOW, user=zone.handler,
            data={"text": "无证据"})  # fmt: skip
    case = do(case, zone.handler, "finish", NOW + DAY, text="已放款")
    case = do(case, zone.owner, "dissatisfied", NOW + DAY, reason="只给了一半")
    assert (case.redo, case.stage) == (1, "handling")
    case = do(case, zone.handler, "finish", NOW + 2 * DAY, text="全额放款")
    case = do(case, zone.centre, "call_back", NOW + 3 * DAY, satisfied=4)
    assert (case.closed, case.redo) == (True, 1)


def test_production_at_a_standstill_is_urgent(zone):
    """Row QL-18: whatever the preset, somebody replies within two hours."""
    urgent = ask(zone, "energy", fields={"urgency": "stopped"})
    calm = ask(zone, "energy")
    assert urgent.due_at - urgent.opened_at == dt.timedelta(hours=2)
    assert calm.due_at > urgent.due_at


def test_key_enterprises_have_shorter_limits(zone):
    """Row HF-08."""
    assert ask(zone, priority="key").due_at < ask(zone).due_at


def test_a_refusal_of_a_request_enters_the_register(zone):
    case = do(ask(zone), zone.handler, "accept")
    with pytest.raises(Refused) as refusal:
        do(case, zone.handler, "reject", text="不符合")
    assert refusal.value.field == "law"
    do(case, zone.handler, "reject", text="不符合", law="示例办法", clause="第五条",
       alternatives="可申请担保费补贴")  # fmt: skip
    assert NegativeAnswer.objects.get().case == case


def _limits(preset: str) -> dict[str, str]:
    """Return the limits of a preset in words."""
    clocks = read(Services.of(None).presets[preset]).under("clocks").data
    return {name: parse_duration(clock["limit"]).text.en for name, clock in clocks.items()}


@pytest.mark.parametrize(
    ("preset", "limits"),
    [
        ("shandong", {"verify": "1 working day", "answer": "3 working days",
                      "resolve": "15 working days"}),
        ("zaozhuang", {"verify": "1 working day", "answer": "2 working days",
                       "resolve": "10 working days"}),
        ("zhuhai", {"respond": "1 working hour", "answer": "2 working days",
                    "resolve": "4 working days"}),
        ("jiangmen", {"respond": "60 minutes", "answer": "24 hours",
                      "resolve": "7 calendar days"}),
        ("quanzhou", {"assist": "3 working days", "answer": "7 working days",
                      "resolve": "7 working days"}),
        ("jinniu", {"urgent": "2 hours", "resolve": "2 calendar days"}),
    ],
)  # fmt: skip
def test_the_presets_say_what_the_places_publish(preset, limits):
    assert _limits(preset) == limits


@pytest.mark.parametrize(("preset", "longest"), [("shandong", 30), ("zaozhuang", 25)])
def test_complex_ones_may_take_longer(preset, longest):
    clock = read(Services.of(None).presets[preset]).under("clocks").data["resolve"]
    days = [int(text.split()[0]) for text in (clock["limit"], clock["extension"]["limit"])]
    assert sum(days) == longest


def test_a_zone_takes_the_preset_of_another_place(tmp_path):
    """A zone's own file, and the six clocks of Zhuhai instead of Shandong's."""
    text = (
        (SERVICES / f"{KIND}.yaml").read_text("utf-8").replace("preset: shandong", "preset: zhuhai")
    )
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / f"{KIND}.yaml").write_text(text, "utf-8")
    assert types_of(tmp_path)[KIND].clocks["resolve"].limit.text.en == "4 working days"
    assert "verify" not in types_of(tmp_path)[KIND].clocks
