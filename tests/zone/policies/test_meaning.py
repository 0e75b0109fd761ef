"""Interpretations and answers: who writes, who reviews, what grows old."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from openzone.zone.audit.actors import Actor
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.policies.enums import DraftedBy, TextStatus
from openzone.zone.policies.models import Answer, Interpretation, Item
from openzone.zone.policies.selectors.meaning import (
    current_interpretation,
    earlier_version,
    interpretations,
    stale_answers,
)
from openzone.zone.policies.services.answers import (
    answer_question,
    confirm_answer,
    publish_answer,
    review_answer,
    withdraw_answer,
)
from openzone.zone.policies.services.documents import edit_document
from openzone.zone.policies.services.items import edit_item, publish_item, withdraw_item
from openzone.zone.policies.services.meaning import (
    FiveFields,
    publish_interpretation,
    review_interpretation,
    withdraw_interpretation,
    write_interpretation,
)
from tests.factories import TESTS
from tests.zone.policies.conftest import DAY, MakeDocument, MakeItem

pytestmark = pytest.mark.django_db

FIELDS = FiveFields("给予奖励", "高新技术企业", "全年", "通过认定", "认定证书")
MODEL = DraftedBy.MODEL


@pytest.fixture
def writer(make_user: Callable[..., User]) -> Actor:
    return Actor.of(make_user("writer"))


@pytest.fixture
def reviewer(make_user: Callable[..., User]) -> Actor:
    return Actor.of(make_user("reviewer"))


def write(actor: Actor, item: Item, drafted_by: DraftedBy = DraftedBy.PERSON) -> Interpretation:
    return write_interpretation(
        actor=actor,
        document=item.document,
        item=item,
        fields=FIELDS,
        on=DAY,
        drafted_by=drafted_by,
    )


def test_the_next_version_takes_the_place_of_the_published_one(make_item: MakeItem):
    item = make_item()
    first = publish_interpretation(actor=TESTS, interpretation=write(TESTS, item), on=DAY)
    second = write(TESTS, item)
    assert (first.number, second.number) == (1, 2)
    assert current_interpretation(item.document, item) == first
    publish_interpretation(actor=TESTS, interpretation=second, on=DAY)
    states = [(one.number, one.status) for one in interpretations(item.document, item)]
    assert states == [(2, TextStatus.PUBLISHED), (1, TextStatus.REPLACED)]


def test_a_draft_is_written_over_not_piled_up(make_item: MakeItem):
    item = make_item()
    assert write(TESTS, item).pk == write(TESTS, item).pk


@pytest.mark.parametrize("field", FiveFields._fields)
def test_each_of_the_five_fields_is_asked_for(make_item: MakeItem, field: str):
    item = make_item()
    with pytest.raises(Refused) as refusal:
        write_interpretation(
            actor=TESTS,
            document=item.document,
            item=item,
            fields=FIELDS._replace(**{field: ""}),
            on=DAY,
        )
    assert refusal.value.field == field


def test_what_a_model_drafted_waits_for_somebody_else(
    make_item: MakeItem, writer: Actor, reviewer: Actor
):
    draft = write(writer, make_item(), MODEL)
    with pytest.raises(Refused, match="somebody else reviewed"):
        publish_interpretation(actor=reviewer, interpretation=draft, on=DAY)
    with pytest.raises(Refused, match="drafted themselves"):
        review_interpretation(actor=writer, interpretation=draft)
    with pytest.raises(Refused, match="by a person"):
        review_interpretation(actor=TESTS, interpretation=draft)
    review_interpretation(actor=reviewer, interpretation=draft)
    published = publish_interpretation(actor=writer, interpretation=draft, on=DAY)
    assert (published.reviewer_id, published.by_model) == (reviewer_id(reviewer), True)


def reviewer_id(actor: Actor) -> str:
    return f"user:{actor.id}"


def test_editing_a_models_draft_makes_nobody_its_reviewer(
    make_item: MakeItem, writer: Actor, reviewer: Actor
):
    item = make_item()
    draft = write(writer, item, MODEL)
    review_interpretation(actor=reviewer, interpretation=draft)
    edited = write(reviewer, item)  # says it is a person's work now
    assert edited.by_model
    assert edited.reviewed_at is None
    for hand in (writer, reviewer):
        with pytest.raises(Refused, match="drafted themselves"):
            review_interpretation(actor=hand, interpretation=edited)


def test_the_database_holds_the_rule_too(make_item: MakeItem, writer: Actor):
    draft = write(writer, make_item(), MODEL)
    with pytest.raises(IntegrityError), transaction.atomic():
        Interpretation.objects.filter(pk=draft.pk).update(status=TextStatus.PUBLISHED)


def test_an_item_is_not_published_over_an_unreviewed_draft(
    make_item: MakeItem, writer: Actor, reviewer: Actor
):
    item = make_item(published=False)
    draft = write(writer, item, MODEL)
    with pytest.raises(Refused, match="model drafted"):
        publish_item(actor=writer, item=item, on=DAY)
    review_interpretation(actor=reviewer, interpretation=draft)
    assert publish_item(actor=writer, item=item, on=DAY).published_on == DAY


def test_a_withdrawn_version_is_shown_no_longer(make_item: MakeItem):
    item = make_item()
    published = publish_interpretation(actor=TESTS, interpretation=write(TESTS, item), on=DAY)
    withdraw_interpretation(actor=TESTS, interpretation=published, reason="有误")
    assert current_interpretation(item.document, item) is None
    with pytest.raises(Refused, match="no longer in use"):
        withdraw_interpretation(actor=TESTS, interpretation=published, reason="有误")


def answered(item: Item, **given: object) -> Answer:
    return answer_question(
        actor=TESTS,
        document=item.document,
        item=item,
        question="奖励多少？",
        text="二十万元。",
        on=DAY,
        **given,  # type: ignore[arg-type]
    )


def test_an_answer_grows_old_with_its_document_and_its_item(make_item: MakeItem):
    item = make_item()
    answer = answered(item)
    assert stale_answers(DAY) == []
    edit_document(actor=TESTS, document=item.document, effective_to=dt.date(2027, 1, 1))
    edit_item(actor=TESTS, item=item, window_to=dt.date(2026, 12, 1))
    (stale,) = stale_answers(DAY)
    assert stale.answer == answer
    assert [reason.en for reason in stale.reasons] == [
        "the document has changed from version 1 to 2",
        "the item has changed from version 1 to 2",
    ]
    confirm_answer(actor=TESTS, answer=answer, on=DAY)
    assert stale_answers(DAY) == []


def test_an_answer_grows_old_when_another_version_of_the_rule_holds(make_item: MakeItem):
    # 专精特新 has a version of 2022 and one in force from 1 April 2026.
    answer = answered(make_item(rule_id="cn.srdi_sme"))
    assert answer.rule_version == "2022"
    assert earlier_version(answer, dt.date(2026, 3, 31)) == ()
    (reason,) = earlier_version(answer, dt.date(2026, 4, 1))
    assert reason.zh == "规则已由“2022”改为“2026”"


def test_a_new_english_title_does_not_make_answers_old(make_item: MakeItem):
    item = make_item()
    answered(item)
    edit_document(actor=TESTS, document=item.document, title_en="Measures")
    assert stale_answers(DAY) == []


def test_an_answer_about_a_withdrawn_item_says_so(make_item: MakeItem):
    item = make_item()
    answered(item)
    withdraw_item(actor=TESTS, item=item, on=DAY, reason="资金用尽")
    (stale,) = stale_answers(DAY)
    assert "事项已撤下" in [reason.zh for reason in stale.reasons]


def test_a_models_answer_is_published_only_after_its_review(make_item: MakeItem, reviewer: Actor):
    answer = answered(make_item(), drafted_by=MODEL)
    assert answer.status == TextStatus.DRAFT
    with pytest.raises(Refused, match="somebody else reviewed"):
        publish_answer(actor=reviewer, answer=answer, on=DAY)
    review_answer(actor=reviewer, answer=answer)
    assert publish_answer(actor=reviewer, answer=answer, on=DAY).published_on == DAY
    withdraw_answer(actor=reviewer, answer=answer, reason="有误")
    assert stale_answers(DAY) == []


def test_an_answer_for_one_person_stays_a_draft(make_item: MakeItem):
    assert answered(make_item(), publish=False).status == TextStatus.DRAFT


def test_an_item_of_another_document_is_refused(make_document: MakeDocument, make_item: MakeItem):
    with pytest.raises(Refused, match="not of this document"):
        answer_question(
            actor=TESTS,
            document=make_document(),
            item=make_item(),
            question="？",
            text="。",
            on=DAY,
        )


def test_an_empty_answer_is_refused_at_its_field(make_item: MakeItem):
    item = make_item()
    with pytest.raises(Refused) as refusal:
        answer_question(actor=TESTS, document=item.document, question="多少？", text="  ", on=DAY)
    assert refusal.value.field == "text"
