"""Lists of outside firms, who ranks for which gap, leads and trips made of it, weights."""

import datetime as dt

import pytest
from django.db import DatabaseError

from openzone.engines.identity.uscc import make
from openzone.zone.audit.models import Event
from openzone.zone.chains import packs
from openzone.zone.chains.models import CandidateFirm, CandidateLead, InviteWeights
from openzone.zone.chains.selectors.invite_weights import fitted, funnel, weights_on
from openzone.zone.chains.selectors.inviting import Asked, cities, trip_plan
from openzone.zone.chains.services.candidate_lists import (
    apply_list,
    discard_list,
    undo_list,
)
from openzone.zone.chains.services.invite_weights import adopt_fit, adopt_weights, mark_of
from openzone.zone.chains.services.inviting import invite_candidate, plan_invitations
from openzone.zone.errors import Refused
from openzone.zone.promotion.models import Lead
from openzone.zone.promotion.services.following import end
from openzone.zone.promotion.services.returns import receive
from openzone.zone.promotion.services.suppliers import add_supplier, make_list
from openzone.zone.promotion.services.trips import open_team
from tests.zone.chains.inviting import (
    CHAIN,
    CODE,
    NOW,
    ROWS,
    TODAY,
    checked,
    entered,
    enterprise,
    now_ranked,
    zone,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(actor, colleague):
    return zone(actor, colleague)


def firms(ranked, node=""):
    return [row.prospect.outside.name for row in Asked(node=node, source="list").among(ranked.rows)]


class TestLists:
    def test_nothing_is_entered_before_somebody_says_so(self, actor, stage, colleague):
        listing = checked(actor)
        assert [row["row"] for row in listing.rows] == [2, 3, 4]
        assert CandidateFirm.objects.count() == 0
        assert firms(now_ranked(colleague)) == []
        apply_list(actor=actor, listing=listing, now=NOW)
        assert firms(now_ranked(colleague), "cathode") == ["江苏示例正极材料有限公司"]
        assert Event.objects.filter(action="chains.candidates.applied").exists()

    @pytest.mark.parametrize(
        ("row", "field", "said"),
        [
            (f"甲有限公司,{CODE[:-1]}0,,,,铜箔,,,,,,,", "统一社会信用代码", "校验"),
            ("甲有限公司,,,,,,,,,,,,", "主要产品", "没有填"),
            ("甲有限公司,,常州,31.81,119.97,铜箔,,,,,,,", "纬度", "填反"),
            ("甲有限公司,,常州,119.97,,铜箔,,,,,,,", "纬度", "同时填写"),
            ("甲有限公司,,常州,,,铜箔,,建厂,公告,,,,", "信号日期", "来源和日期"),
            ("甲有限公司,,常州,,,铜箔,,建厂,公告,2026-07-01,,,", "信号日期", "晚于名单日期"),
            ("江苏示例正极材料有限公司,,,,,铜箔,,,,,,,", "企业名称", "第 2 行"),
        ],
    )
    def test_a_bad_row_is_named_with_its_field_and_reason(self, actor, row, field, said):
        listing = checked(actor, ROWS + row + "\n")
        (problem,) = listing.problems
        assert (problem["row"], problem["header"]) == (5, field)
        zh, en = problem["reason"]
        assert said in zh
        assert en
        assert len(listing.rows) == 3

    def test_a_firm_that_is_here_already_is_left_out_with_the_reason(self, actor, stage, colleague):
        enterprise(actor, "江苏示例正极材料有限公司", uscc=CODE)
        entered(actor)
        ranked = now_ranked(colleague)
        assert "江苏示例正极材料有限公司" not in firms(ranked)
        ((name, reason),) = ranked.pool.excluded
        assert name == "江苏示例正极材料有限公司"
        assert "已在园区" in reason.zh

    def test_a_firm_that_came_after_the_list_is_left_out_too(self, actor, stage, colleague):
        entered(actor)
        enterprise(actor, "宁波示例石墨有限公司")
        assert "宁波示例石墨有限公司" not in firms(now_ranked(colleague))

    def test_a_firm_of_two_lists_is_one_and_the_later_list_counts(self, actor, stage, colleague):
        entered(actor, as_of=dt.date(2026, 6, 10))
        entered(actor, f"江苏示例正极材料有限公司,{CODE},镇江,119.45,32.20,磷酸铁锂,,,,,,,\n")
        (row,) = Asked(node="cathode", source="list").among(now_ranked(colleague).rows)
        assert row.city == "镇江"
        assert row.scored.candidate.values["size"] is not None, "the earlier list says its revenue"
        assert len(row.prospect.rows) == 2

    def test_one_name_with_two_codes_is_two_firms(self, actor, stage, colleague):
        entered(actor)
        other = make("9", "1", "330200", "MA2ABCDE")
        entered(actor, f"江苏示例正极材料有限公司,{other},镇江,,,磷酸铁锂,,,,,,,\n")
        assert len(firms(now_ranked(colleague), "cathode")) == 2

    def test_a_list_that_is_taken_back_ranks_no_more_and_is_dealt_with_once(
        self, actor, stage, colleague
    ):
        listing = entered(actor)
        with pytest.raises(Refused, match="已由"):
            discard_list(actor=actor, listing=listing, now=NOW)
        undo_list(actor=actor, listing=listing, now=NOW)
        assert firms(now_ranked(colleague)) == []
        with pytest.raises(Refused, match="已由"):
            undo_list(actor=actor, listing=listing, now=NOW)


class TestRanking:
    def test_every_term_is_shown_and_what_is_unknown_is_said(self, actor, stage, colleague):
        entered(actor)
        ranked = now_ranked(colleague)
        (row,) = Asked(node="cathode", source="list").among(ranked.rows)
        values = row.scored.candidate.values
        assert values["ties"] == 1.0, "it supplies a firm that is on record"
        assert values["anchor"] == 1.0, "the named leader makes cells"
        assert (values["policy"], values["risk"]) == (1.0, 0.0)
        (anode,) = Asked(node="anode", source="list").among(ranked.rows)
        assert set(anode.scored.unknown) >= {"ties", "expansion", "policy", "risk"}
        assert row.scored.score == pytest.approx(sum(one.adds for one in row.scored.terms))
        assert "正极材料" in ranked.why(row).zh
        assert "供应示例电芯股份有限公司" in ranked.why(row).zh

    def test_a_stated_none_is_zero(self, actor, stage, colleague):
        entered(actor)
        (row,) = Asked(node="copper_foil", source="list").among(now_ranked(colleague).rows)
        assert (row.scored.candidate.values["ties"], row.scored.candidate.values["risk"]) == (0, 1)

    def test_firms_of_the_zone_beside_the_gap_are_candidates_of_their_own_kind(
        self, actor, stage, colleague
    ):
        rows = Asked(node="cathode", source="record").among(now_ranked(colleague).rows)
        assert {row.prospect.outside.name for row in rows} == {
            "示例电芯股份有限公司", "示例前驱体有限公司",
        }  # fmt: skip

    def test_suppliers_of_leaders_are_seen_by_who_may_see_the_list(
        self, actor, stage, colleague, office, committee, make_user
    ):
        listing = make_list(
            actor=actor, leader="示例电芯股份有限公司", source="采购名录", as_of=TODAY,
            unit=office, now=NOW, enterprise=stage[0],
        )  # fmt: skip
        add_supplier(
            actor=actor, listing=listing, name="示例隔膜有限公司", node="隔膜", region="上海"
        )
        (row,) = Asked(node="separator", source="supplier").among(now_ranked(colleague).rows)
        assert row.scored.candidate.values["ties"] == 1.0
        stranger = make_user("fremd")
        assert Asked(source="supplier").among(now_ranked(stranger).rows) == []

    def test_cities_count_each_firm_once_and_lie_where_their_firms_lie(
        self, actor, stage, colleague
    ):
        entered(actor)
        found = {one.city: one for one in cities(now_ranked(colleague).rows)}
        assert found["常州"].firms == 1
        assert found["常州"].by_node["cathode"] == 1
        assert found["宁波"].point == (121.55, 29.87)


class TestLeads:
    def make(self, actor, colleague, office, **given):
        ranked = now_ranked(colleague)
        (row,) = Asked(node="cathode", source="list").among(ranked.rows)
        return invite_candidate(
            actor=actor, ranking=ranked, row=row, on=TODAY, now=NOW, unit=office,
            user=colleague, **given,
        )  # fmt: skip

    def test_one_step_makes_a_lead_with_its_gap_and_reason(self, actor, stage, colleague, office):
        entered(actor)
        lead = self.make(actor, colleague, office)
        assert (lead.gap, lead.node, lead.source) == ("正极材料", "正极材料", "chain")
        assert "供应示例电芯股份有限公司" in lead.gap_reason
        made = CandidateLead.objects.get()
        assert made.values["ties"] == 1.0
        assert made.values["distance"] is None

    def test_never_twice_for_one_firm_and_gap(self, actor, stage, colleague, office):
        entered(actor)
        lead = self.make(actor, colleague, office)
        with pytest.raises(Refused, match=f"已是线索 {lead.number}"):
            self.make(actor, colleague, office, sure=True)
        assert Lead.objects.count() == 1

    def test_a_lead_of_promotion_for_the_firm_is_told(self, actor, stage, colleague, office):
        entered(actor)
        lead = self.make(actor, colleague, office)
        CandidateLead.objects.all().delete()
        with pytest.raises(Refused, match=lead.number):
            self.make(actor, colleague, office)

    def test_a_supplier_of_a_leader_becomes_a_lead_in_its_list_too(
        self, actor, stage, colleague, office
    ):
        listing = make_list(
            actor=actor, leader="示例电芯股份有限公司", source="采购名录", as_of=TODAY,
            unit=office, now=NOW, enterprise=stage[0],
        )  # fmt: skip
        supplier = add_supplier(actor=actor, listing=listing, name="示例隔膜有限公司", node="隔膜")
        ranked = now_ranked(colleague)
        (row,) = Asked(node="separator", source="supplier").among(ranked.rows)
        lead = invite_candidate(
            actor=actor, ranking=ranked, row=row, on=TODAY, now=NOW, user=colleague
        )
        supplier.refresh_from_db()
        assert supplier.lead == lead
        assert lead.gap == "隔膜"

    def test_a_firm_of_the_zone_is_bound_to_its_enterprise(self, actor, stage, colleague, office):
        ranked = now_ranked(colleague)
        row = next(
            one for one in Asked(node="cathode", source="record").among(ranked.rows)
            if one.prospect.enterprise == stage[1]
        )  # fmt: skip
        lead = invite_candidate(
            actor=actor, ranking=ranked, row=row, on=TODAY, now=NOW, unit=office, user=colleague
        )
        assert lead.investor.enterprise == stage[1]


class TestTrips:
    def test_a_plan_goes_from_city_to_city_and_becomes_a_trip(
        self, actor, stage, colleague, office
    ):
        entered(actor)
        ranked = now_ranked(colleague)
        stops = trip_plan(ranked.rows, ["宁波", "常州", "宁波", "无此城"], dt.date(2026, 7, 1))
        assert [(one.city, one.begins.day, len(one.rows)) for one in stops] == [
            ("宁波", 1, 1), ("常州", 2, 1),
        ]  # fmt: skip
        team = open_team(actor=actor, name="示例小分队", unit=office)
        trip = plan_invitations(
            actor=actor, ranking=ranked, stops=stops, team=team, title="赴长三角",
            channel="visit", leader=colleague, now=NOW, user=colleague,
        )  # fmt: skip
        assert [one.name for one in trip.cities.all()] == ["宁波", "常州"]
        assert "江苏示例正极材料有限公司（正极材料）" in trip.purpose
        assert set(trip.gaps) == {"负极材料", "正极材料"}

    def test_who_is_a_lead_already_is_not_on_the_plan(self, actor, stage, colleague, office):
        entered(actor)
        TestLeads().make(actor, colleague, office)
        ranked = now_ranked(colleague)
        assert trip_plan(ranked.rows, ["常州"], TODAY) == []
        with pytest.raises(Refused, match="没有尚未成为线索"):
            plan_invitations(
                actor=actor, ranking=ranked, stops=[], title="赴常州", channel="visit",
                team=open_team(actor=actor, name="示例小分队", unit=office), leader=colleague,
                now=NOW,
            )  # fmt: skip


class TestWeights:
    @pytest.fixture
    def few(self, monkeypatch):
        """Let a fit begin at three of each kind."""
        pack = packs.invite()
        refit = pack.refit.model_copy(update={"least_each": 3, "folds": 3})
        smaller = pack.model_copy(update={"refit": refit})
        for module in ("selectors.invite_weights", "services.invite_weights"):
            monkeypatch.setattr(f"openzone.zone.chains.{module}.invite", lambda: smaller)

    def history(self, actor, colleague, office, unit_came=3, gone=3):
        """Six leads for the anode gap; those with news of an expansion came to look."""
        rows = "".join(
            f"示例第{n}石墨有限公司,,宁波,,,人造石墨,{1000 * (n + 1)},"
            + (f"建厂,公告,2026-06-0{n + 1}" if n < unit_came else ",,")
            + ",,,\n"
            for n in range(unit_came + gone)
        )
        entered(actor, rows)
        ranked = now_ranked(colleague)
        for row in Asked(node="anode", source="list").among(ranked.rows):
            lead = invite_candidate(
                actor=actor, ranking=ranked, row=row, on=TODAY, now=NOW, unit=office,
                user=colleague, sure=True,
            )  # fmt: skip
            if row.scored.candidate.values["expansion"] is not None:
                receive(actor=actor, investor=lead.investor, on=TODAY, now=NOW, unit=office,
                        host=colleague, said="考察")  # fmt: skip
            else:
                end(
                    actor=actor,
                    lead=lead,
                    to="rejected",
                    reason="无意向",
                    on=TODAY,
                    now=NOW,
                )

    def test_too_few_leads_propose_nothing(self, actor, stage, colleague, office):
        known = funnel(TODAY)
        assert fitted(known) is None
        with pytest.raises(Refused, match="现为0条和0条"):
            adopt_fit(actor=actor, seen="", reason="试", on=TODAY, now=NOW)

    def test_a_fit_is_judged_on_leads_left_out_and_adopted_by_a_person(
        self, actor, stage, colleague, office, few
    ):
        self.history(actor, colleague, office)
        known = funnel(TODAY)
        assert (known.came, known.gone, known.open) == (3, 3, 0)
        found = fitted(known)
        assert 0 <= found.auc <= 1
        assert found.baseline_term in found.weights
        with pytest.raises(Refused, match="已有变化"):
            adopt_fit(actor=actor, seen="0.1", reason="拟合", on=TODAY, now=NOW)
        made = adopt_fit(actor=actor, seen=mark_of(found), reason="拟合", on=TODAY, now=NOW)
        assert weights_on(TODAY) == (made.weights, made)
        assert weights_on(TODAY - dt.timedelta(days=1)).adopted is None

    def test_an_open_lead_is_neither_until_it_has_been_quiet_for_long(
        self, actor, stage, colleague, office
    ):
        entered(actor)
        TestLeads().make(actor, colleague, office)
        assert funnel(TODAY).open == 1
        assert funnel(TODAY + dt.timedelta(days=packs.invite().refit.quiet_days)).gone == 1

    def test_weights_set_by_hand_are_whole_and_say_why(self, actor, db):
        weights = dict.fromkeys(packs.invite().weights, 0.5)
        with pytest.raises(Refused, match="每个评分项"):
            adopt_weights(actor=actor, weights={"gap": 1.0}, reason="试", on=TODAY, now=NOW)
        with pytest.raises(Refused, match="每个评分项"):
            adopt_weights(
                actor=actor, weights=weights | {"gap": float("nan")}, reason="试", on=TODAY,
                now=NOW,
            )  # fmt: skip
        with pytest.raises(Refused, match="理由"):
            adopt_weights(actor=actor, weights=weights, reason=" ", on=TODAY, now=NOW)
        adopt_weights(actor=actor, weights=weights, reason="试行", on=TODAY, now=NOW)
        with pytest.raises(DatabaseError):
            InviteWeights.objects.update(reason="改")


def test_the_pack_names_every_term_once():
    assert set(packs.invite().weights) == {
        "gap", "anchor", "ties", "fit", "related", "scarcity", "size", "expansion", "distance",
        "policy", "risk",
    }  # fmt: skip
    assert packs.invite().verified == "K"
    assert packs.seat().point is None, "unknown until the zone says it"
    assert CHAIN
