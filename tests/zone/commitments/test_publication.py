"""What everybody may see of a commitment, and what an enterprise sees of its own record."""

import datetime as dt
from typing import Any

import pytest

from openzone.packs.commitments import CommitmentsPack, load_commitments
from openzone.zone.commitments.models import Commitment
from openzone.zone.commitments.packs import pack
from openzone.zone.commitments.selectors import publication
from openzone.zone.commitments.selectors.publication import published, records_of, shown
from openzone.zone.commitments.selectors.standing import standing
from openzone.zone.commitments.services.offers import Applicant
from openzone.zone.commitments.services.records import repair
from openzone.zone.commitments.services.steps import check, decide, sign, withdraw
from openzone.zone.errors import Refused
from tests.factories import make_enterprise
from tests.zone.commitments.test_commitments import PERSON, notified, waiting
from tests.zone.community.town import ACTOR, Town, at

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 20)


def signed(made: Commitment, *, publish: bool = True) -> Commitment:
    return sign(actor=ACTOR, commitment=made, name="示例人", now=at(16, 11), publish=publish)


def only(**given: Any) -> publication.Published:
    (row,) = published(TODAY, **given)
    return shown(row)


def with_rules(monkeypatch: pytest.MonkeyPatch, **rules: Any) -> None:
    own = pack().publication.model_copy(update=rules)
    changed = pack().model_copy(update={"publication": own})
    monkeypatch.setattr(publication, "pack", lambda: changed)


def test_a_published_commitment_says_what_was_promised_until_when_and_its_outcome(town: Town):
    signed(notified(town))
    row = only()
    assert (row.item, row.kind.zh) == (town.licence.name, "审批替代型")
    assert [(label.zh, text) for label, text in row.promised] == [
        ("已符合的条件", "场地、人员符合要求")
    ]
    assert row.due == dt.date(2026, 12, 16)
    assert row.outcome


def test_a_person_is_masked_and_nothing_else_of_them_is_shown(town: Town):
    signed(notified(town))
    told = str(only())
    for secret in (PERSON.person, PERSON.identity, PERSON.phone):
        assert secret not in told
    assert only().who == "示**"


def test_a_person_is_not_found_by_their_name(town: Town):
    signed(notified(town))
    assert not published(TODAY, text=PERSON.person)
    assert published(TODAY, text=town.licence.name)


def test_missing_papers_are_named_and_due_on_their_day(town: Town):
    signed(waiting(town).commitment)
    row = only()
    assert row.papers == ["场地证明", "人员名单"]
    assert row.due == dt.date(2026, 11, 20)
    assert row.promised == []  # why papers are missing is not for everybody


@pytest.mark.parametrize("publish", [True, False])
def test_only_who_agreed_is_published(town: Town, publish: bool):
    signed(notified(town), publish=publish)
    assert published(TODAY).exists() == publish


def test_an_offer_nobody_signed_and_one_taken_back_are_not_published(town: Town):
    notified(town)
    assert not published(TODAY).exists()
    taken = signed(waiting(town).commitment)
    withdraw(actor=ACTOR, commitment=taken, why="不办了", now=at(17))
    assert not published(TODAY).exists()


def test_the_pack_says_what_is_published(town: Town, monkeypatch: pytest.MonkeyPatch):
    signed(notified(town))
    with_rules(monkeypatch, fields=(), papers=False, person="hidden")
    assert (only().who, only().promised, only().papers) == ("", [], [])
    with_rules(monkeypatch, kinds=("missing_materials",))
    assert not published(TODAY).exists()


def test_what_ended_long_ago_is_published_no_more(town: Town):
    made = signed(notified(town))
    decide(actor=ACTOR, commitment=made, by=town.clerk, granted=True, number="1", now=at(17))
    check(
        actor=ACTOR, commitment=made, by=town.checker, kept=True, basis="site", note="相符",
        now=at(18),
    )  # fmt: skip
    days = pack().publication.days_after
    assert published(dt.date(2026, 11, 18) + dt.timedelta(days=days)).exists()
    assert not published(dt.date(2026, 11, 18) + dt.timedelta(days=days + 1)).exists()


def test_a_breach_stands_on_the_record_until_it_is_repaired_and_keeps_from_promising(town: Town):
    firm = Applicant(enterprise=make_enterprise("示例甲有限公司"))
    made = signed(notified(town, firm))
    decide(actor=ACTOR, commitment=made, by=town.clerk, granted=True, number="1", now=at(17))
    check(
        actor=ACTOR, commitment=made, by=town.checker, kept=False, basis="site", note="人员不符",
        now=at(18),
    )  # fmt: skip
    assert firm.enterprise is not None
    (record,) = records_of(firm.enterprise)
    assert record.note == "人员不符"
    found = standing(firm.enterprise, "")
    assert record.document in found.reason.zh
    with pytest.raises(Refused) as refused:
        notified(town, firm)
    assert refused.value.reason == found.reason
    repair(actor=ACTOR, row=record, document="示例修复决定1号", on=TODAY)
    assert standing(firm.enterprise, "").allowed
    assert notified(town, firm)


@pytest.mark.parametrize(
    "change", [{"kinds": ["nothing"]}, {"fields": ["identity"]}, {"person": "full"}]
)
def test_a_pack_cannot_publish_what_it_does_not_know_or_a_full_name(change: dict[str, Any]):
    whole = load_commitments(None).model_dump(mode="json")
    assert CommitmentsPack.model_validate(whole)
    whole["publication"] |= change
    with pytest.raises(ValueError, match=r"publication|person"):
        CommitmentsPack.model_validate(whole)
