"""From trips to signings: every firm once in a step, every number with its rows."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.projects.enums import StageEventKind
from openzone.zone.projects.models import StageEvent
from openzone.zone.projects.services.projects import change_project
from openzone.zone.projects.writing import append, locked
from openzone.zone.promotion.models import Interaction
from openzone.zone.promotion.selectors.funnel import Asked, counted, parts, result, rows_of
from openzone.zone.promotion.services import events, negotiations, returns, trips
from openzone.zone.promotion.services.interactions import correct_interaction, record_interaction
from openzone.zone.promotion.services.merging import merge_investors
from openzone.zone.promotion.services.negotiations import Point
from tests.zone.promotion.field.conftest import DAY, MARCH, NOW, TODAY, Bureau

pytestmark = pytest.mark.django_db

Make = Callable[..., Any]
YEAR = Asked(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
CITIES = ("宁波", "台州", "苏州", "无锡", "东莞", "佛山", "重庆")


@pytest.fixture
def meet(actor: Actor) -> Make:
    """Meet a firm on the first day of a trip."""

    def put(trip: Any, investor: Any, **given: Any) -> Any:
        city = trip.cities.all()[0]
        said = {"city": city, "on": city.begins, "said": "对接", "now": NOW}
        return trips.meet(actor=actor, trip=trip, investor=investor, **said | given)

    return put


@pytest.fixture
def came(actor: Actor, bureau: Bureau) -> Make:
    """A firm comes to look, in April."""

    def put(investor: Any, on: dt.date = MARCH + 40 * DAY, **given: Any) -> Any:
        return returns.receive(
            actor=actor, investor=investor, on=on, unit=bureau.unit, host=bureau.clerk,
            said="考察园区", now=NOW, **given,
        )  # fmt: skip

    return put


@pytest.fixture
def signs(actor: Actor, signed: Make) -> Make:
    """A firm signs, in May."""

    def put(investor: Any, on: dt.date = MARCH + 70 * DAY, **given: Any) -> Any:
        project = signed(on, name=f"{investor.name}项目", **given)
        return returns.record_signing(actor=actor, project=project, investor=investor, now=NOW)

    return put


def test_baoji_eight_trips_forty_firms_27_returns_24_signings(
    trip_to: Make, firm: Make, meet: Make, came: Make, signs: Make, bureau: Bureau
) -> None:
    """宝鸡: 8次上门招商、对接企业40余户、邀请来宝鸡考察27户、签约24个；7 cities are named."""
    made = [trip_to(CITIES[n % 7], begins=MARCH + n * 5 * DAY) for n in range(8)]
    firms = [firm() for _ in range(40)]
    for n, one in enumerate(firms):
        meet(made[n % 8], one)
    meet(made[1], firms[0])  # met again on another trip: the same firm
    for one in firms[:27]:
        came(one, on=MARCH + 50 * DAY)
    for one in firms[:24]:
        signs(one)
    found = result(YEAR, bureau.clerk, TODAY)
    contact, visit, signing = found.steps
    assert len(found.rows.trips) == 8
    assert (contact.count, visit.count, signing.count) == (40, 27, 24)
    assert (visit.conversion, signing.conversion) == (Decimal(27) / 40, Decimal(24) / 27)
    assert found.per_trip == 5
    assert len(found.behind("contact")) == 41
    by_city = parts(found, found.rows, "city", str)
    assert {part.key for part in by_city} == set(CITIES)
    ningbo = next(part.result for part in by_city if part.key == "宁波")
    assert (len(ningbo.rows.trips), ningbo.steps[0].count) == (2, 10)


def test_the_talk_behind_a_meeting_is_no_second_contact(
    actor: Actor, trip_to: Make, firm: Make, lead_of: Make, meet: Make, bureau: Bureau
) -> None:
    lead = lead_of(firm())
    meet(trip_to(), lead.investor, lead=lead)
    found = result(YEAR, bureau.clerk, TODAY)
    assert [row.kind for row in found.behind("contact")] == ["trip"]
    correct_interaction(
        actor=actor, interaction=Interaction.objects.get(), kind="visit_out", on=MARCH,
        summary="更正", now=NOW,
    )  # fmt: skip
    assert len(result(YEAR, bureau.clerk, TODAY).behind("contact")) == 1
    record_interaction(
        actor=actor, lead=lead, kind="call", on=TODAY, summary="电话", now=NOW, user=bureau.clerk
    )
    after = result(YEAR, bureau.clerk, TODAY)
    assert [row.kind for row in after.behind("contact")] == ["trip", "lead"]
    assert after.steps[0].count == 1


def test_firms_read_as_one_count_once(
    actor: Actor, trip_to: Make, firm: Make, meet: Make, bureau: Bureau
) -> None:
    one, other = firm(), firm()
    trip = trip_to()
    meet(trip, one)
    meet(trip, other)
    merge_investors(actor=actor, survivor=one, absorbed=other, reason="同一家", now=NOW)
    assert result(YEAR, bureau.clerk, TODAY).steps[0].count == 1


def test_with_a_channel_returns_and_signings_are_those_of_the_firms_met_there(
    actor: Actor, trip_to: Make, firm: Make, meet: Make, came: Make, signs: Make, bureau: Bureau
) -> None:
    on_trip, at_fair, nowhere = firm(), firm(), firm()
    meet(trip_to(), on_trip)
    fair = events.plan_event(
        actor=actor, title="示例推介会", channel="offline_fair", begins=MARCH, ends=MARCH,
        unit=bureau.unit, owner=bureau.clerk, now=NOW, city="上海",
    )  # fmt: skip
    guest = events.invite(actor=actor, event=fair, investors=[at_fair], on=MARCH)[0]
    events.attend(actor=actor, guest=guest, attended=True, now=NOW)
    for one in (on_trip, at_fair, nowhere):
        came(one)
        signs(one)
    whole = result(YEAR, bureau.clerk, TODAY)
    assert [step.count for step in whole.steps] == [2, 3, 3]
    assert whole.steps[1].skipped == (str(nowhere.pk),)
    fairs = counted(
        Asked(YEAR.first, YEAR.last, channel="offline_fair"),
        rows_of(YEAR.first, YEAR.last, bureau.clerk, TODAY),
    )
    assert [step.count for step in fairs.steps] == [1, 1, 1]
    assert fairs.rows.trips == []
    shares = {part.key: part.result.steps[0].count for part in
              parts(whole, whole.rows, "channel", str)}  # fmt: skip
    assert shares == {"visit": 1, "offline_fair": 1}


def test_a_signing_follows_the_log_of_the_project(
    actor: Actor, firm: Make, signs: Make, signed: Make, bureau: Bureau
) -> None:
    signing = signs(firm())
    assert result(YEAR, bureau.clerk, TODAY).steps[2].count == 1
    with pytest.raises(Refused, match="is recorded for"):
        returns.record_signing(
            actor=actor, project=signing.project, investor=firm(), now=NOW
        )  # fmt: skip
    mistake = StageEvent(
        kind=StageEventKind.VOIDED, stage="", on=TODAY, reason="误录", recorded_at=NOW
    )
    append(locked(signing.project), mistake)
    assert result(YEAR, bureau.clerk, TODAY).steps[2].count == 0
    other = signed(MARCH, name="示例另一项目")
    append(
        locked(other),
        StageEvent(
            kind=StageEventKind.VOIDED, stage="", on=TODAY, reason="误录", recorded_at=NOW
        ),
    )  # fmt: skip
    with pytest.raises(Refused, match="no signing that stands"):
        returns.record_signing(actor=actor, project=other, investor=firm(), now=NOW)


def test_framework_agreements_stand_beside_the_signings(
    actor: Actor, firm: Make, signs: Make, bureau: Bureau
) -> None:
    signing = signs(firm())
    change_project(actor=actor, project=signing.project, framework=True)
    found = result(YEAR, bureau.clerk, TODAY)
    assert (found.steps[2].count, len(found.rows.frameworks)) == (0, 1)


def test_the_period_has_both_its_days(
    trip_to: Make, firm: Make, meet: Make, bureau: Bureau
) -> None:
    meet(trip_to(begins=MARCH), firm())
    for first, last, count in (
        (MARCH, MARCH, 1), (MARCH + DAY, YEAR.last, 0), (YEAR.first, MARCH - DAY, 0),
    ):  # fmt: skip
        found = result(Asked(first, last), bureau.clerk, TODAY)
        assert (found.steps[0].count, len(found.rows.trips)) == (count, count)


def test_a_negotiation_is_a_contact_of_its_channel(
    actor: Actor, firm: Make, bureau: Bureau
) -> None:
    negotiations.record_negotiation(
        actor=actor, investor=firm(), topic="框架", at=NOW, platform="video", unit=bureau.unit,
        ours=[bureau.clerk], theirs="王经理", points=[Point("同意考察")], now=NOW,
    )  # fmt: skip
    found = result(YEAR, bureau.clerk, TODAY)
    assert [(row.kind, row.channel) for row in found.behind("contact")] == [
        ("talks", "online_talks")
    ]


def test_a_stranger_counts_nothing(
    trip_to: Make, firm: Make, meet: Make, came: Make, signs: Make, bureau: Bureau
) -> None:
    one = firm()
    meet(trip_to(), one)
    came(one)
    signs(one)
    found = result(YEAR, bureau.stranger, TODAY)
    assert [step.count for step in found.steps] == [0, 0, 0]
    assert found.per_trip is None
