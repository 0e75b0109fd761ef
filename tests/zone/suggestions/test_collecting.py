"""Suggestions come in by their proposers, on paper, from files; each once, each complete."""

import datetime as dt

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.suggestions.enums import (
    CampaignState,
    OriginalState,
    SheetKind,
    SheetState,
    Source,
)
from openzone.zone.suggestions.models import Campaign, Member, Original
from openzone.zone.suggestions.packs import pack
from openzone.zone.suggestions.permissions import may_propose, may_see, may_withdraw
from openzone.zone.suggestions.selectors.states import state_of
from openzone.zone.suggestions.services import campaigns
from openzone.zone.suggestions.services.collecting import Entry, propose, withdraw
from openzone.zone.suggestions.services.merging import Part, merge
from openzone.zone.suggestions.services.sheets import apply_sheet, check_sheet, discard_sheet
from tests.zone.suggestions.conftest import DAY, NOW, TEXT

pytestmark = pytest.mark.django_db


def test_suggestions_are_numbered_in_their_campaign(say):
    assert [say(place).number for place in range(3)] == [1, 2, 3]


def test_a_repeated_sending_is_the_same_suggestion(call, actor):
    entry = Entry(call.members[0], call.topics[0], call.rounds[0], TEXT)
    sent = [propose(actor=actor, entry=entry, now=NOW, request_id="7f3a") for _attempt in range(3)]
    assert {one.pk for one in sent} == {sent[0].pk}
    assert Original.objects.count() == 1


def test_the_same_words_of_the_same_person_in_the_same_round_are_refused(say):
    say(0)
    with pytest.raises(Refused) as refused:
        say(0)
    assert refused.value.field == "text"
    say(0, turn=1)  # said again in the next round
    say(1)  # by somebody else
    assert Original.objects.count() == 3


def test_too_short_says_nothing(say):
    with pytest.raises(Refused, match=str(pack().text.least_characters)):
        say(0, "好好干")


def test_what_is_typed_in_says_by_whom(call, actor):
    entry = Entry(call.members[1], call.topics[0], call.rounds[0], TEXT)
    typed = propose(actor=actor, entry=entry, now=NOW, source=Source.PAPER)
    own = propose(
        actor=actor,
        entry=Entry(call.members[0], call.topics[0], call.rounds[0], TEXT),
        now=NOW,
    )
    assert (typed.recorded_by, own.recorded_by) == (actor.label, "")


def test_a_topic_of_another_campaign_is_refused(call, actor):
    other = campaigns.create_campaign(actor=actor, title="另一个", opens_on=DAY, closes_on=DAY)
    topic = campaigns.add_topic(actor=actor, campaign=other, title="别的")
    with pytest.raises(Refused) as refused:
        propose(actor=actor, entry=Entry(call.members[0], topic, call.rounds[0], TEXT), now=NOW)
    assert refused.value.field == "topic"


def test_only_members_propose_and_only_while_it_collects(call, actor, colleague, owner):
    member = call.members[0].user
    assert may_propose(member, call.campaign).allowed
    assert not may_propose(colleague, call.campaign).allowed
    campaigns.end_collecting(actor=actor, campaign=call.campaign, now=NOW)
    ended = Campaign.objects.get()
    assert not may_propose(member, ended).allowed
    assert may_see(member, ended, DAY).allowed
    assert not may_see(owner, ended, DAY).allowed


def test_after_collecting_nothing_comes_in(call, say, actor):
    campaigns.end_collecting(actor=actor, campaign=call.campaign, now=NOW)
    with pytest.raises(Refused):
        say(0)


def test_the_answers_are_due_when_the_pack_promised_at_the_end_of_collecting(call, actor):
    ended = campaigns.end_collecting(actor=actor, campaign=call.campaign, now=NOW)
    # Thirty working days after Friday 12 June 2026: 19 to 21 June is the Dragon Boat Festival.
    assert ended.answer_due_at is not None
    assert ended.answer_due_at.astimezone(NOW.tzinfo).date() == dt.date(2026, 7, 27)
    assert "30" in ended.answer_limit
    assert ended.state == CampaignState.REVIEWING


def test_a_campaign_opens_only_with_topics_groups_and_a_round(actor, call):
    bare = campaigns.create_campaign(actor=actor, title="空的", opens_on=DAY, closes_on=DAY)
    with pytest.raises(Refused):
        campaigns.open_campaign(actor=actor, campaign=bare)


def test_a_campaign_does_not_end_before_it_begins(actor):
    with pytest.raises(Refused) as refused:
        campaigns.create_campaign(
            actor=actor, title="倒过来", opens_on=DAY, closes_on=DAY - dt.timedelta(days=1)
        )
    assert refused.value.field == "closes_on"


def test_taken_back_it_stays_on_record_with_the_reason(call, say, actor):
    said = say(0)
    withdraw(actor=actor, original=said, because="已自行解决", now=NOW)
    said.refresh_from_db()
    assert (state_of(said), said.withdrawn_because) == (OriginalState.WITHDRAWN, "已自行解决")
    say(0)  # and may be said again


def test_merged_it_is_not_taken_back(call, say, actor, by_clerk):
    said = say(0)
    merge(campaign=call.campaign, title="一", text=TEXT, parts=[Part(said)], **by_clerk)
    with pytest.raises(Refused):
        withdraw(actor=actor, original=said, because="算了", now=NOW)


def test_its_proposer_takes_it_back_the_organiser_only_for_who_has_no_login(call, say):
    with_login, without = say(0), say(1)
    assert may_withdraw(call.members[0].user, with_login, DAY).allowed
    assert not may_withdraw(call.clerk, with_login, DAY).allowed
    assert may_withdraw(call.clerk, without, DAY).allowed


SHEET = """姓名,分组,轮次,议题,建议内容
示例成员0,一组,1,营商环境,建议推行一件事一次办减少跑动次数
示例成员9,一组,1,营商环境,建议推行一件事一次办减少跑动次数
示例成员1,一组,3,营商环境,建议推行一件事一次办减少跑动次数
示例成员1,一组,第2轮,外太空,建议推行一件事一次办减少跑动次数
示例成员2,一组,2,产业发展,太短
示例成员0,一组,1,营商环境,建议推行一件事一次办减少跑动次数
示例成员4,,2,产业发展,建议建立上下游企业对接清单按月更新
"""


def _checked(call, actor, kind=SheetKind.SUGGESTIONS, text=SHEET):
    return check_sheet(
        actor=actor,
        campaign=call.campaign,
        kind=kind,
        file_name="建议.csv",
        data=text.encode(),
        now=NOW,
        as_of=DAY,
    )


def test_a_spreadsheet_is_checked_row_by_row_and_nothing_is_entered_yet(call, actor):
    sheet = _checked(call, actor)
    assert not Original.objects.exists()
    wrong = {one["row"]: one["header"] for one in sheet.problems}
    assert wrong == {3: "姓名", 4: "轮次", 5: "议题", 6: "建议内容", 7: "建议内容"}
    assert all(all(one["reason"]) for one in sheet.problems)  # in both languages
    assert [row["row"] for row in sheet.rows] == [2, 8]


def test_the_good_rows_are_entered_together_with_one_event(call, actor):
    sheet = apply_sheet(actor=actor, sheet=_checked(call, actor), now=NOW)
    assert sheet.state == SheetState.APPLIED
    assert list(Original.objects.values_list("number", "member__name", "source")) == [
        (1, "示例成员0", "import"),
        (2, "示例成员4", "import"),
    ]
    taken = Event.objects.get(action="suggestions.campaign.taken_in")
    assert '"count":2' in str(taken.payload).replace(" ", "").replace("'", '"')
    with pytest.raises(Refused):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)


def test_a_row_that_became_wrong_since_the_check_stops_all_of_them(call, actor, say):
    sheet = _checked(call, actor)
    say(0, "建议推行一件事一次办减少跑动次数")
    with pytest.raises(Refused):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert Original.objects.count() == 1


def test_members_come_from_a_roster(call, actor, make_user):
    make_user("laowang")
    text = (
        "姓名,单位,组别,电话,账号\n老王,示例厂,一组,0551-1,laowang\n老李,,二组,,\n"
        "老张,,九组,,\n老赵,,一组,,nobody\n示例成员0,示例局,一组,,\n"
    )
    sheet = _checked(call, actor, SheetKind.MEMBERS, text)
    assert {one["row"] for one in sheet.problems} == {4, 5, 6}
    before = Member.objects.count()
    apply_sheet(actor=actor, sheet=sheet, now=NOW)
    assert Member.objects.count() == before + 2
    assert Member.objects.get(name="老王").user.username == "laowang"


def test_a_dropped_spreadsheet_enters_nothing(call, actor):
    sheet = discard_sheet(actor=actor, sheet=_checked(call, actor))
    with pytest.raises(Refused):
        apply_sheet(actor=actor, sheet=sheet, now=NOW)


def test_two_of_one_name_need_their_office(call, actor):
    campaigns.add_member(actor=actor, group=call.groups[1], name="示例成员1", office="另一局")
    row = "示例成员1,,1,营商环境,建议推行一件事一次办减少跑动次数\n"
    head = "姓名,单位,轮次,议题,建议内容\n"
    assert "单位" in _checked(call, actor, text=head + row).problems[0]["reason"][0]
    named = row.replace("示例成员1,,", "示例成员1,另一局,")
    assert not _checked(call, actor, text=head + named).problems
