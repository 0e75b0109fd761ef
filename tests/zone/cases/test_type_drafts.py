"""Case types by four eyes: who wrote a draft does not publish it, and open cases do not feel it."""

import pytest

from openzone.zone.audit.models import Event
from openzone.zone.cases.enums import TypeDraftState
from openzone.zone.cases.models import TypeDraft, TypeVersion
from openzone.zone.cases.packs import mappings
from openzone.zone.cases.permissions import may_draft_types, may_publish_type
from openzone.zone.cases.selectors.type_drafts import changes, keeping, published_text, read
from openzone.zone.cases.selectors.types import latest
from openzone.zone.cases.services import type_drafts as service
from openzone.zone.cases.services.types import publish
from openzone.zone.errors import Refused
from openzone.zone.people.models import User
from openzone.zone.rulebook.selectors.texts import file_text
from tests.factories import TESTS
from tests.zone.cases.kinds import KIND, definition
from tests.zone.cases.people import DAY, NOW, People

pytestmark = pytest.mark.django_db
ON = NOW.date()


def begun(people: People) -> TypeDraft:
    return service.begin(actor=TESTS, by=people.admin, kind=KIND, now=NOW)


def edited(people: People, draft: TypeDraft, text: str, by: User | None = None) -> TypeDraft:
    return service.edit(
        actor=TESTS, by=by or people.admin, draft=draft, text=text, why="提速",
        revision=draft.revision, now=NOW,
    )  # fmt: skip


def quicker(draft: TypeDraft) -> str:
    assert "limit: 5 workdays" in draft.text
    return draft.text.replace("limit: 5 workdays", "limit: 2 workdays", 1)


def submitted(people: People) -> TypeDraft:
    draft = begun(people)
    draft = edited(people, draft, quicker(draft))
    return service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)


def published(draft: TypeDraft, by: User) -> TypeVersion:
    return service.publish_draft(
        actor=TESTS, by=by, draft=draft, revision=draft.revision, now=NOW + DAY
    )


def test_three_people_one_writes_one_may_not_and_one_publishes(people: People):
    old = people.accepted()
    draft = submitted(people)
    assert not may_publish_type(people.admin, draft, ON).allowed
    assert "four eyes" in may_publish_type(people.admin, draft, ON).reason.en
    assert not may_publish_type(people.handler, draft, ON).allowed
    assert may_publish_type(people.centre, draft, ON).allowed
    with pytest.raises(Refused) as refusal:
        published(draft, people.admin)
    assert "four eyes" in refusal.value.reason.en
    version = published(draft, people.centre)
    assert (version.version, version.note, latest(KIND)) == (2, "提速", version)
    assert people.accepted().version == version
    old.refresh_from_db()
    assert old.version.version == 1
    assert [tuple(one) for one in keeping(KIND)] == [(2, 1), (1, 1)]
    draft.refresh_from_db()
    assert (draft.state, draft.published_by) == (TypeDraftState.PUBLISHED, people.centre)


def test_who_only_edited_it_once_cannot_publish_it_either(people: People):
    draft = begun(people)
    draft = edited(people, draft, quicker(draft), by=people.centre)
    draft = edited(people, draft, draft.text + "# 复核\n")
    draft = service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    with pytest.raises(Refused):
        published(draft, people.centre)
    assert published(draft, people.leader).version == 2


@pytest.mark.parametrize(
    ("who", "may"),
    [("admin", True), ("centre", True), ("handler", False), ("leader", False), ("owner", False)],
)
def test_administrators_and_the_centre_draft(people: People, who: str, may: bool):
    assert may_draft_types(getattr(people, who), ON).allowed is may


def test_every_problem_is_told_at_once_with_its_line_and_nothing_is_submitted(people: People):
    draft = begun(people)
    text = quicker(draft).replace("verb: accept", "verb: acept", 1)
    text = text.replace("kind: closed", "kind: shut", 1) + "extends: base\n"
    draft = edited(people, draft, text)
    found = read(draft.text, KIND).problems
    assert {one.path for one in found} >= {"actions.accept.verb", "extends"}
    assert len(found) >= 3
    lines = draft.text.splitlines()
    assert "acept" in lines[next(one.line for one in found if "accept" in one.path) - 1]
    with pytest.raises(Refused) as refusal:
        service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    assert f"{len(found)} problems" in refusal.value.reason.en
    assert TypeDraft.objects.get().state == TypeDraftState.DRAFT


@pytest.mark.parametrize(
    "text", ["", "[]", "a: [", "id: x", "a: 1\na: 2", "- *x", "!!python/object:os.system {}", "\0"]
)
def test_any_text_is_read_or_its_problems_are_told(people: People, text: str):
    reading = read(text, KIND)
    assert reading.type is None
    assert all(one.line >= 1 and one.reason.zh and one.reason.en for one in reading.problems)
    assert reading.problems


def test_what_would_change_is_shown_place_by_place(people: People):
    draft = begun(people)
    draft = edited(people, draft, quicker(draft))
    [change] = changes(draft, read(draft.text, KIND))
    assert change == ("clocks.resolve.limit", "5 workdays", "2 workdays")


@pytest.mark.parametrize("kind", sorted(mappings()))
def test_a_published_type_written_out_says_the_same(kind: str):
    reading = read(file_text(mappings()[kind]), kind)
    assert reading.problems == ()
    assert reading.mapping == mappings()[kind]


def test_nothing_new_and_no_reason_are_not_submitted(people: People):
    draft = begun(people)
    with pytest.raises(Refused) as refusal:
        service.submit(actor=TESTS, by=people.admin, draft=draft, revision=1)
    assert refusal.value.field == "why"
    draft = edited(people, draft, draft.text)
    with pytest.raises(Refused, match="已发布的版本相同"):
        service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)


def test_a_draft_waits_returned_edited_and_submitted_again(people: People):
    draft = submitted(people)
    with pytest.raises(Refused):
        edited(people, draft, "x")
    with pytest.raises(Refused) as refusal:
        service.send_back(actor=TESTS, draft=draft, reason=" ")
    assert refusal.value.field == "reason"
    draft = service.send_back(actor=TESTS, draft=draft, reason="期限过短")
    assert (draft.state, draft.reason) == (TypeDraftState.RETURNED, "期限过短")
    with pytest.raises(Refused):
        published(draft, people.centre)
    draft = edited(people, draft, draft.text.replace("2 workdays", "3 workdays"))
    again = service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    assert published(again, people.leader).mapping["clocks"]["resolve"]["limit"] == "3 workdays"


def test_what_the_publisher_read_is_what_is_published(people: People):
    draft = submitted(people)
    seen = draft.revision
    draft = service.send_back(actor=TESTS, draft=draft, reason="再改")
    draft = edited(people, draft, draft.text + "# 又改\n")
    service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    with pytest.raises(Refused) as refusal:
        service.publish_draft(actor=TESTS, by=people.centre, draft=draft, revision=seen, now=NOW)
    assert "look again" in refusal.value.reason.en


def test_a_version_published_meanwhile_is_compared_first(people: People):
    draft = submitted(people)
    publish(actor=TESTS, mapping=definition(label={"zh": "诉求", "en": "Request"}), now=NOW)
    with pytest.raises(Refused, match="又发布了新版本"):
        published(draft, people.centre)
    draft = service.send_back(actor=TESTS, draft=draft, reason="对照新版本")
    draft = service.rebase(actor=TESTS, by=people.admin, draft=draft, now=NOW)
    draft = edited(people, draft, published_text(KIND).replace("5 workdays", "2 workdays", 1))
    draft = service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    assert published(draft, people.centre).version == 3


def test_the_later_of_two_editors_is_told(people: People):
    draft = begun(people)
    edited(people, draft, quicker(draft), by=people.centre)
    with pytest.raises(Refused, match="centre已保存了较新的内容"):
        edited(people, draft, "x")


def test_one_draft_of_a_type_at_a_time_until_it_is_withdrawn(people: People):
    draft = submitted(people)
    with pytest.raises(Refused):
        begun(people)
    gone = service.withdraw(actor=TESTS, draft=draft, reason="不再需要")
    assert gone.state == TypeDraftState.WITHDRAWN
    with pytest.raises(Refused):
        service.withdraw(actor=TESTS, draft=gone, reason="再撤一次")
    assert begun(people).pk != draft.pk
    with pytest.raises(Refused):
        service.begin(actor=TESTS, by=people.admin, kind="nothing", now=NOW)


def test_a_type_nobody_published_begins_with_its_pack(people: People):
    draft = service.begin(actor=TESTS, by=people.admin, kind="systemic_issue", now=NOW)
    draft = edited(people, draft, draft.text)
    draft = service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    assert published(draft, people.centre) == latest("systemic_issue")


def test_the_log_has_every_step(people: People):
    draft = submitted(people)
    draft = service.send_back(actor=TESTS, draft=draft, reason="x")
    draft = service.submit(actor=TESTS, by=people.admin, draft=draft, revision=draft.revision)
    published(draft, people.centre)
    subject = f"type_draft:{draft.pk}"
    noted = Event.objects.filter(subject=subject).order_by("pk").values_list("action", flat=True)
    assert [one.rpartition(".")[2] for one in noted] == [
        "begun", "saved", "submitted", "returned", "submitted", "published",
    ]  # fmt: skip
