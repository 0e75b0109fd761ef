"""Rosters, reports, electricity, blockers that become requests, reminders, closing, workbooks."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from openzone.zone.audit.models import Event
from openzone.zone.cases.models import Case, Notification
from openzone.zone.errors import Refused
from openzone.zone.people.enums import Role
from openzone.zone.resumption.models import Blocker, Member, Membership, WorkReport
from openzone.zone.resumption.permissions import (
    may_keep,
    may_list,
    may_look,
    may_report,
    may_see,
    may_visit,
)
from openzone.zone.resumption.selectors.days import changed, day_of, part_of, trend
from openzone.zone.resumption.selectors.members import own_members
from openzone.zone.resumption.services.blocking import Named, end_blocker, raise_case
from openzone.zone.resumption.services.power import set_base
from openzone.zone.resumption.services.reminding import remind, remind_all
from openzone.zone.resumption.services.reporting import inspect
from openzone.zone.resumption.services.roster import enrol, set_unplanned, withdraw
from openzone.zone.resumption.services.seasons import close_season
from openzone.zone.resumption.services.sheets import apply_book, check_book, discard_book
from tests.zone.resumption.scene import (
    DAY,
    NOW,
    TODAY,
    listed,
    powered,
    reported,
    scene,
    season_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(db, actor):
    return scene(actor)


def rates(at, on=TODAY, klass=""):
    found = day_of(at.season, on)
    line = next(one for one in found.lines if one.klass == klass)
    return {one.measure.id: one for one in line.rates}


class TestRates:
    def test_report_and_electricity_stand_beside_each_other(self, at, actor):
        reported(actor, at.works, staff=95, staff_normal=100, capacity=Decimal(80))
        reported(actor, at.idle, staff=10, staff_normal=100, capacity=Decimal(20))
        powered(actor, at.works, 900)
        powered(actor, at.idle, 40)
        found = rates(at)
        shown = {name: (one.part, one.whole, len(one.unknown)) for name, one in found.items()}
        assert shown == {
            "resumed": (2, 3, 1), "power_resumed": (1, 2, 0), "staff": (105, 200, 0),
            "staff_90": (1, 2, 0), "capacity_80": (1, 2, 0), "capacity": (1, 2, 0),
            "load": (940, 2000, 0),
        }  # fmt: skip
        (doubt,) = day_of(at.season, TODAY).doubts
        assert (doubt.member, doubt.kind) == (at.idle.pk, "idle")

    def test_every_number_opens_its_members(self, at, actor):
        reported(actor, at.works)
        found = day_of(at.season, TODAY)
        assert part_of(found, "resumed", "yes", "") == [at.works]
        assert set(part_of(found, "resumed", "unknown", "key")) == {at.idle, at.silent}
        assert part_of(found, "resumed", "no", "") == []

    def test_the_latest_report_of_a_day_counts_and_the_first_stays(self, at, actor):
        reported(actor, at.works, "no")
        reported(actor, at.works, "yes")
        assert rates(at)["resumed"].part == 1
        assert WorkReport.objects.count() == 2

    def test_a_member_of_two_classes_counts_once_in_all(self, at, actor):
        enrol(actor=actor, season=at.season, klass="above_scale", first_on=TODAY,
              because="名单", enterprise=at.works.enterprise)  # fmt: skip
        reported(actor, at.works)
        assert rates(at)["resumed"].whole == 3
        assert rates(at, klass="above_scale")["resumed"].percent == 100

    def test_a_day_counts_only_where_every_account_was_read(self, at, actor):
        powered(actor, at.works, 900, account="A")
        set_base(actor=actor, member=at.works, month_kwh=Decimal(31000), source="x", account="B")
        assert len(rates(at)["load"].unknown) == 1

    def test_a_report_stands_three_days_and_not_a_fourth(self, at, actor):
        reported(actor, at.works, on=TODAY - 3 * DAY)
        assert rates(at)["resumed"].part == 1
        assert rates(at, TODAY + DAY)["resumed"].part == 0

    def test_what_disagrees_with_a_visit_is_listed(self, at, actor):
        reported(actor, at.works)
        inspect(actor=actor, member=at.works, on=TODAY, resumed="no", found="大门紧锁",
                visitors="网格员", now=NOW)  # fmt: skip
        assert [one.kind for one in day_of(at.season, TODAY).doubts] == ["seen"]

    def test_a_day_of_many_members_asks_as_often_as_one_of_few(self, at, actor):
        def asked():
            with CaptureQueriesContext(
                connection,
            ) as found:
                day_of(at.season, TODAY)
            return len(found)

        few = asked()
        for number in range(5):
            firm = listed(actor, at.season, _firm(actor, number))
            reported(actor, firm)
        assert asked() == few <= 6


def _firm(actor, number):
    from openzone.zone.registry.services.enterprises import create_enterprise

    return create_enterprise(actor=actor, name=f"示例第{number}有限公司", synthetic=True)


class TestReporting:
    @pytest.mark.parametrize(
        ("given", "match"),
        [
            ({"on": TODAY + DAY}, "还没有到"),
            ({"on": TODAY - 11 * DAY}, "不在本期"),
            ({"capacity": Decimal(201)}, "0至200"),
            ({"planned_on": TODAY}, "不填计划"),
            ({"resumed": "no", "planned_on": TODAY - DAY}, "早于填报日期"),
            ({"blockers": [Named("magic", "x")]}, "没有“magic”"),
            ({"blockers": [Named("labour", " ")]}, "理由"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, at, actor, given, match):
        with pytest.raises(Refused, match=match):
            reported(actor, at.works, **{"resumed": "yes"} | given)
        assert not WorkReport.objects.exists()

    def test_who_was_not_on_the_roster_that_day_does_not_report(self, at, actor):
        withdraw(actor=actor, member=at.works, klass="key", last_on=TODAY - DAY, reason="迁出")
        with pytest.raises(Refused, match="不在名册内"):
            reported(actor, at.works)

    def test_reports_are_kept_as_written(self, at, actor):
        row = reported(actor, at.works)
        with pytest.raises(DatabaseError), transaction.atomic():
            WorkReport.objects.filter(pk=row.pk).update(resumed="no")
        assert Event.objects.filter(action="resumption.reported").count() == 1


class TestRoster:
    def test_a_denominator_is_explained(self, at, actor):
        first = TODAY - 5 * DAY
        withdraw(actor=actor, member=at.silent, klass="key", last_on=TODAY - DAY, reason="停业")
        new = listed(actor, at.season, _firm(actor, 9), first_on=TODAY)
        made = changed(day_of(at.season, TODAY), first)
        assert (made.before, made.after, made.joined, made.left) == (3, 3, [new], [at.silent])

    def test_who_does_not_plan_to_resume_stays_and_is_named(self, at, actor):
        set_unplanned(actor=actor, member=at.silent, on=TODAY, reason="全年停产技改")
        found = day_of(at.season, TODAY)
        assert found.total.unplanned == 1
        assert rates(at)["resumed"].whole == 3
        assert at.silent.pk not in {one.member.id for one in found.silent}
        set_unplanned(actor=actor, member=at.silent, on=None, reason="改变计划")
        assert day_of(at.season, TODAY).total.unplanned == 0

    @pytest.mark.parametrize(
        ("given", "match"),
        [
            ({}, "在该类名册内"),
            ({"klass": "magic"}, "没有“magic”"),
            ({"klass": "small", "because": " "}, "理由"),
            ({"klass": "small", "first_on": TODAY + 99 * DAY}, "最后一天"),
        ],
    )
    def test_what_cannot_be_put_on_is_refused(self, at, actor, given, match):
        with pytest.raises(Refused, match=match):
            listed(actor, at.season, at.works.enterprise, **given)
        assert Membership.objects.count() == 3

    def test_one_thing_is_put_on(self, at, actor):
        with pytest.raises(Refused, match="之一"):
            enrol(actor=actor, season=at.season, klass="key", first_on=TODAY, because="x")

    def test_a_place_ends_after_it_began_and_may_begin_again(self, at, actor):
        leave = {"actor": actor, "member": at.works, "klass": "key", "reason": "迁出"}
        with pytest.raises(Refused, match="早于列入"):
            withdraw(last_on=TODAY - 99 * DAY, **leave)
        withdraw(last_on=TODAY - 2 * DAY, **leave)
        with pytest.raises(Refused, match="不在该类"):
            withdraw(last_on=TODAY, **leave)
        with pytest.raises(Refused, match="重叠"):
            listed(actor, at.season, at.works.enterprise, first_on=TODAY - 2 * DAY)
        listed(actor, at.season, at.works.enterprise, first_on=TODAY - DAY)
        assert Member.objects.count() == 3


class TestBlockers:
    def test_one_asked_for_help_becomes_a_request_of_the_enterprise(
        self, at, actor, make_user, office
    ):
        user = make_user("jingban", Role.HANDLER, office)
        named = [Named("labour", "缺焊工", Decimal(12), raise_it=True)]
        reported(actor, at.works, "partly", blockers=named, user=user)
        case = Case.objects.get()
        assert (case.kind, case.enterprise) == ("enterprise_request", at.works.enterprise)
        assert case.due_at is not None
        blocker = Blocker.objects.get()
        assert blocker.case == case
        assert raise_case(actor=actor, blocker=blocker, now=NOW, user=user) == case
        with pytest.raises(Refused, match=case.number):
            end_blocker(actor=actor, blocker=blocker, on=TODAY, ending="x")

    def test_the_same_is_not_named_twice_while_it_is_in_the_way(self, at, actor):
        for day in (1, 0):
            reported(actor, at.works, "no", on=TODAY - day * DAY, blockers=[Named("gas", "停气")])
        (only,) = Blocker.objects.all()
        assert only.first_on == TODAY - DAY
        end_blocker(actor=actor, blocker=only, on=TODAY, ending="已恢复供气")
        with pytest.raises(Refused, match="已结束"):
            end_blocker(actor=actor, blocker=only, on=TODAY, ending="x")
        reported(actor, at.works, "no", blockers=[Named("gas", "再停气")])
        assert Blocker.objects.count() == 2

    @pytest.mark.parametrize(("given", "kept"), [("2.50", "2.5"), ("300.00", "300")])
    def test_a_figure_goes_into_the_request_as_it_is(
        self, at, actor, make_user, office, given, kept
    ):
        user = make_user("jingban", Role.HANDLER, office)
        named = [Named("labour", "缺工", Decimal(given), raise_it=True)]
        reported(actor, at.works, "partly", blockers=named, user=user)
        assert Case.objects.get().fields["posts"] == kept

    def test_a_request_without_its_figure_is_refused_and_nothing_is_kept(
        self, at, actor, make_user, office
    ):
        user = make_user("jingban", Role.HANDLER, office)
        with pytest.raises(Refused, match="缺工人数"), transaction.atomic():
            reported(actor, at.works, blockers=[Named("labour", "缺工", raise_it=True)], user=user)
        assert not WorkReport.objects.exists()
        assert not Case.objects.exists()


class TestReminding:
    def test_who_did_not_report_is_reminded_once_a_day(self, at, actor):
        assert remind(actor=actor, season=at.season, on=TODAY, now=NOW) == 3
        assert remind_all(actor=actor, on=TODAY, now=NOW) == 0
        (notice,) = Notification.objects.all()
        assert (notice.user, notice.subject) == (at.speaks, f"resumption_member:{at.works.pk}")

    def test_who_reported_or_stays_closed_is_not(self, at, actor):
        reported(actor, at.works)
        set_unplanned(actor=actor, member=at.idle, on=TODAY, reason="停产")
        assert remind(actor=actor, season=at.season, on=TODAY, now=NOW) == 1
        assert not Notification.objects.exists()


class TestClosing:
    def test_a_closed_season_keeps_its_figures_and_takes_nothing_more(self, at, actor):
        reported(actor, at.works)
        before = trend(at.season, TODAY)
        closed = close_season(actor=actor, season=at.season, reason="全面复工", now=NOW)
        assert trend(closed, TODAY + 99 * DAY) == before
        assert len(before) == 11 * 7 * 2
        for write in (
            lambda: reported(actor, at.works),
            lambda: powered(actor, at.works, 1),
            lambda: listed(actor, closed, _firm(actor, 1)),
            lambda: remind(actor=actor, season=closed, on=TODAY, now=NOW),
        ):
            with pytest.raises(Refused, match="封存"):
                write()

    def test_it_keeps_the_measures_it_was_opened_with(self, at):
        at.season.rules = {**at.season.rules, "power_limit": "0.5", "carry_days": 0}
        at.season.save()
        assert day_of(at.season, TODAY).rules.power_limit == Decimal("0.5")

    @pytest.mark.parametrize(
        ("given", "match"),
        [
            ({"last_on": TODAY - 30 * DAY}, "早于开始"),
            ({"last_on": TODAY + 300 * DAY}, "200"),
            ({"base_month": TODAY}, "基期"),
            ({"kind": "magic"}, "没有“magic”"),
        ],
    )
    def test_a_season_that_makes_no_sense_is_refused(self, db, actor, given, match):
        with pytest.raises(Refused, match=match):
            season_of(actor, **given)

    def test_one_that_has_not_begun_is_not_closed(self, db, actor):
        season = season_of(actor, first_on=TODAY + DAY)
        with pytest.raises(Refused, match="尚未开始"):
            close_season(actor=actor, season=season, reason="x", now=NOW)


class TestBooks:
    def book(self, at, actor, kind, text):
        return check_book(actor=actor, season=at.season, kind=kind, file_name="表.csv",
                          data=text.encode(), now=NOW)  # fmt: skip

    def test_a_roster_is_read_with_what_is_wrong_by_row(self, at, actor):
        _firm(actor, 5)
        found = self.book(at, actor, "roster",
                          "企业名称,类别,列入日期\n示例第5有限公司,规上工业企业,2026-02-20\n"
                          "无此企业,重点企业,\n示例开工有限公司,重点企业,\n")  # fmt: skip
        assert [len(found.rows), len(found.problems)] == [1, 2]
        assert Member.objects.count() == 3
        apply_book(actor=actor, book=found, now=NOW)
        assert Membership.objects.filter(klass="above_scale").count() == 1

    def test_reports_by_visitors_are_marked_so(self, at, actor):
        found = self.book(
            at, actor, "reports",
            "企业名称,日期,复工情况,到岗人数,正常用工人数,产能恢复百分比,困难类型,困难说明\n"
            "示例开工有限公司,2026-02-28,部分复工,40,50,60,用工,缺焊工\n"
            "示例空转有限公司,2026-02-28,已复工,4.5,50,,,\n"
            "示例未报有限公司,2026-03-05,已复工,,,,,\n")  # fmt: skip
        assert len(found.rows) == 1, found.problems
        assert {one["row"] for one in found.problems} == {3, 4}, found.problems
        apply_book(actor=actor, book=found, now=NOW)
        row = WorkReport.objects.get()
        assert (row.side, row.staff, row.capacity) == ("visit", 40, Decimal("60.0"))
        assert Blocker.objects.get().kind == "labour"

    def test_electricity_with_its_base_month(self, at, actor):
        found = self.book(
            at, actor, "power",
            "企业名称,户号,日期,用电量（万千瓦时）,基期用电量（千瓦时）\n"
            "示例开工有限公司,001,2026-02-28,0.05,31000\n"
            "示例空转有限公司,002,,,\n示例未报有限公司,003,2026-02-28,-5,\n")  # fmt: skip
        assert [len(found.rows), len(found.problems)] == [1, 2]
        apply_book(actor=actor, book=found, now=NOW)
        assert rates(at)["load"].percent == Decimal("50.0")

    def test_a_book_is_entered_once_or_put_aside(self, at, actor):
        found = self.book(at, actor, "power", "企业名称,基期用电量\n示例开工有限公司,310\n")
        discard_book(actor=actor, book=found)
        with pytest.raises(Refused, match="已处理"):
            apply_book(actor=actor, book=found, now=NOW)


def test_who_may_what(at, actor, make_user, office, leader, stranger):
    handler = make_user("jingban", Role.HANDLER, office)
    table = {
        handler: (True, True, True, True, True),
        leader: (True, True, False, False, False),
        at.speaks: (True, False, False, True, False),
        stranger: (False, False, False, False, False),
    }
    for user, expected in table.items():
        may = (
            may_list(user, TODAY), may_look(user, TODAY), may_keep(user, TODAY),
            may_report(user, at.works, TODAY), may_visit(user, at.works, TODAY),
        )  # fmt: skip
        assert tuple(one.allowed for one in may) == expected, user
    assert may_see(at.speaks, at.works, TODAY).allowed
    assert not may_see(at.speaks, at.idle, TODAY).allowed
    assert list(own_members(at.speaks, TODAY)) == [at.works]


def test_the_morning_of_the_zone_is_its_own_day(at, actor):
    night = dt.datetime.combine(TODAY, dt.time(2), NOW.tzinfo).astimezone(dt.UTC)
    reported(actor, at.works, on=TODAY, now=night)
    assert rates(at)["resumed"].part == 1
