"""Desks, boards, lists and reports: what is shown is what is so."""

import datetime as dt

import pytest

from openzone.zone.cases.enums import Channel
from openzone.zone.cases.jobs import release_all
from openzone.zone.cases.models import Case
from openzone.zone.cases.selectors.board import board
from openzone.zone.cases.selectors.colours import clocks, colour
from openzone.zone.cases.selectors.desk import ESCALATED, counts, desk
from openzone.zone.cases.selectors.heat import heat
from openzone.zone.cases.selectors.league import figures, league, opened_between
from openzone.zone.cases.selectors.listing import Filter, cases
from openzone.zone.cases.selectors.mine import mine
from openzone.zone.cases.selectors.public_status import status
from openzone.zone.cases.selectors.timeline import timeline
from openzone.zone.cases.selectors.workload import workload
from openzone.zone.cases.services import ticking
from openzone.zone.cases.services.desks import mark_read, save_filter
from openzone.zone.cases.services.handover import hand_over
from openzone.zone.errors import Refused
from openzone.zone.people.models import Membership
from openzone.zone.people.services import end_membership
from tests.factories import TESTS, make_place
from tests.zone.cases.people import DAY, HOUR, NOW, PROOF, People

pytestmark = pytest.mark.django_db

ON = NOW.date()


def test_a_desk_shows_first_what_hurts_next(people: People):
    calm = people.accepted(NOW)
    urgent = people.open(NOW - 3 * DAY).case
    needs = desk(people.handler, NOW, ON)
    assert [need.case for need in needs] == [urgent, calm]
    assert (needs[0].is_late(NOW), needs[1].is_late(NOW)) == (True, False)
    assert [need.own for need in needs] == [False, True]
    assert [need.case for need in desk(people.second, NOW, ON)] == [urgent]


def test_everybody_finds_what_waits_for_them(people: People):
    word, part = people.proposed(), people.accepted()
    people.do(part, people.handler, "involve", unit="land", asks="意见")
    asked = people.do(
        people.accepted(), people.handler, "ask_requester", what="合同", reason="material",
        document="通知书",
    )  # fmt: skip
    waits = {
        name: {(need.what, need.case.pk) for need in desk(getattr(people, name), NOW, ON)}
        for name in ("centre", "surveyor", "owner", "stranger")
    }
    assert waits["centre"] == {("word", word.pk)}
    assert waits["surveyor"] == {("contribute", part.pk)}
    assert waits["owner"] == {("reply", word.pk), ("reply", asked.pk)}
    assert waits["stranger"] == set()
    assert counts(people.owner, ON)["reply"] == 2


def test_what_the_ladder_brings_up_is_on_the_desk_of_who_it_names_until_they_order(
    people: People,
):
    case = people.accepted()
    later = NOW + 10 * DAY
    ticking.run(later)
    whats = {need.what for need in desk(people.head, later, later.date())}
    assert ESCALATED in whats
    Case.objects.update(escalated="leader")
    assert [n.case for n in desk(people.leader, later, later.date()) if n.what == ESCALATED] == [
        case
    ]
    assert ESCALATED not in {need.what for need in desk(people.head, later, later.date())}
    people.do(case, people.leader, "supervise", later, order="限三日办结")
    assert desk(people.leader, later, later.date()) == []


def test_who_leaves_leaves_the_cases_to_the_unit(people: People):
    case = people.accepted()
    assert desk(people.second, NOW, ON) == []
    post = Membership.objects.get(user=people.handler)
    end_membership(actor=TESTS, membership=post, last_day=ON)
    tomorrow = NOW + DAY
    assert [need.case for need in desk(people.second, tomorrow, tomorrow.date())] == [case]
    assert release_all(tomorrow) == 1
    case.refresh_from_db()
    assert (case.handler, case.lead) == (None, people.finance)
    assert release_all(tomorrow) == 0
    with pytest.raises(Refused):
        hand_over(actor=TESTS, case=case, to=people.surveyor, reason="x", now=tomorrow)
    handed = hand_over(
        actor=TESTS, case=case, to=people.second, reason="接手", now=tomorrow, user=people.head
    )
    assert handed.handler == people.second


def test_a_board_has_the_open_stages_in_the_order_of_the_type(people: People):
    people.closed()
    opened, handling = people.open().case, people.accepted()
    columns = board("request", people.centre, ON)
    assert [column.stage.id for column in columns][:2] == ["received", "assigned"]
    shown = {column.stage.id: (column.total, column.cases) for column in columns}
    assert shown["assigned"] == (1, [opened])
    assert shown["handling"] == (1, [handling])
    assert "closed" not in shown
    assert board("nothing", people.centre, ON) == []


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Filter(), {"loan", "lamp", "done"}),
        (Filter(text="路灯"), {"lamp"}),
        (Filter(text="示例甲 贷款"), {"loan", "done"}),
        (Filter(topic="land"), {"lamp"}),
        (Filter(state="open"), {"loan", "lamp"}),
        (Filter(state="closed"), {"done"}),
        (Filter(state="late"), {"loan"}),
        (Filter(channel=Channel.PHONE), {"lamp"}),
        (Filter(outcome="solved"), {"done"}),
        (Filter(opened_from=ON), {"lamp", "done"}),
        (Filter(opened_to=ON - dt.timedelta(days=1)), {"loan"}),
    ],
)
def test_a_list_is_narrowed_by_what_was_chosen(people: People, chosen: Filter, found: set[str]):
    made = {
        "loan": people.open(NOW - 30 * DAY).case,
        "lamp": people.open(
            title="路灯不亮",
            fields={"topic": "land"},
            channel=Channel.PHONE,
            recorded_by=people.centre,
        ).case,
        "done": people.closed(),
    }
    names = {case.pk: name for name, case in made.items()}
    listed = cases(chosen, people.centre, NOW + HOUR / 2, ON)
    assert {names[case.pk] for case in listed} == found
    assert Filter.of(chosen.chosen()) == chosen


def test_a_list_is_kept_under_a_name(people: People):
    chosen = Filter(state="late", opened_from=ON)
    for shared in (False, True):
        kept = save_filter(
            actor=TESTS, user=people.centre, name="超期", chosen=chosen, now=NOW, shared=shared
        )
    assert people.centre.saved_filters.get() == kept
    assert (Filter.of(kept.chosen), kept.shared) == (chosen, True)


def test_colours_follow_the_time_without_anybody_writing(people: People):
    case = people.open().case
    shown = [colour(case, NOW + dt.timedelta(minutes=minute)) for minute in (0, 31, 61)]
    assert shown == ["green", "yellow", "red"]
    assert [clock.id for clock in clocks(case, NOW)] == ["respond", "resolve"]
    assert colour(people.closed(), NOW) == ""


def test_the_timeline_tells_who_did_what_with_which_papers(people: People):
    entries = timeline(people.proposed())
    assert [(entry.action, entry.by, entry.role) for entry in entries] == [
        ("open", "合肥示例甲科技有限公司", ""),
        ("accept", "handler", "lead"),
        ("finish", "handler", "lead"),
    ]
    assert entries[2].said == "已放款"
    assert [paper.name for paper in entries[2].papers] == ["证明.pdf"]


def test_the_public_status_names_units_and_no_person(people: People):
    case = people.accepted()
    people.do(case, people.handler, "note", text="内部备注")
    case = people.do(case, people.handler, "finish", text="已放款", files=[PROOF])
    shown = status(Case.objects.get(pk=case.pk))
    assert (shown.stage.zh, shown.unit, shown.needed) == ("已答复，请确认", "示例金融局", True)
    assert [told.text for told in shown.told] == ["已放款"]
    assert "handler" not in str(shown)
    assert "内部备注" not in str(shown)


def test_my_matters_begin_with_what_waits_for_me(people: People):
    done, calm, waiting = people.closed(), people.accepted(), people.proposed()
    assert list(mine(people.owner, ON)) == [waiting, calm, done]
    assert list(mine(people.stranger, ON)) == []


def test_the_load_of_colleagues(people: People):
    people.accepted()
    people.closed()
    people.open(NOW - 5 * DAY)
    loads = workload([people.finance, people.land], NOW, NOW - 30 * DAY)
    assert {(load.user, load.open, load.late, load.closed) for load in loads} == {
        (people.handler, 1, 0, 1),
        (None, 1, 1, 0),
    }


def test_a_league_table_has_every_figure_with_the_cases_behind_it(people: People):
    done = people.closed()
    people.accepted()
    people.open(fields={"topic": "land"})
    found = opened_between(NOW - DAY, NOW + DAY, ["request"])
    rows = {row.unit: row.figures for row in league(found, NOW + DAY)}
    assert set(rows) == {people.finance, people.centre_unit}
    closed = rows[people.finance]["closed"]
    assert (closed.numerator, closed.denominator, closed.behind) == (1, 2, (done.number,))
    assert figures(found, NOW + DAY)["solved"].shown == "100.00%"
    assert rows[people.centre_unit]["satisfied"].value is None


def test_the_map_counts_topics_by_place(people: People):
    park = make_place("示例东区")
    people.open(place=park)
    people.closed(place=park)
    people.open(fields={"topic": "land"})
    spots = heat(NOW - DAY, NOW + DAY)
    assert [(spot.topic, spot.place, spot.total, spot.open) for spot in spots] == [
        ("finance", park, 2, 1),
        ("land", None, 1, 1),
    ]


def test_lines_are_read(people: People):
    people.open()
    assert mark_read(people.handler, NOW) == 1
    assert mark_read(people.handler, NOW) == 0
