"""Merging, splitting, systemic issues: numbers and requesters stay."""

import pytest

from openzone.zone.cases.models import Case, Link, Notification, OutboxMessage
from openzone.zone.cases.selectors.similar import behind, similar, suspects
from openzone.zone.cases.services.intake import Requester
from openzone.zone.cases.services.merging import merge, unmerge
from openzone.zone.cases.services.splitting import Piece, split
from openzone.zone.cases.services.systemic import add_cases, raise_issue
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import HOUR, NOW, PROOF, People

pytestmark = pytest.mark.django_db

LAMP = {"title": "三号路路灯不亮", "text": "夜班工人下班看不见路", "fields": {"topic": "land"}}


@pytest.fixture
def neighbour(people: People) -> Case:
    """The same request by somebody else, who left an address."""
    asked = Requester("person", user=people.stranger, name="示例李某", email="li@example.org")
    return people.open(requester=asked).case


def test_both_requesters_hear_the_answer_and_both_can_say_how_it_was(
    people: People, neighbour: Case, settings
):
    settings.MAIL_ENABLED = True
    master = people.accepted()
    merge(actor=TESTS, case=neighbour, into=master, reason="同一件事", now=NOW, user=people.centre)
    neighbour.refresh_from_db()
    assert (neighbour.closed, neighbour.outcome, neighbour.merged_into) == (True, "merged", master)
    Notification.objects.all().delete()
    OutboxMessage.objects.all().delete()
    people.do(master, people.handler, "finish", text="已放款", files=[PROOF])
    told = set(Notification.objects.values_list("user__username", flat=True))
    assert {"owner", "stranger"} <= told
    mail = OutboxMessage.objects.get()
    assert (mail.address, mail.subject[:19]) == ("li@example.org", neighbour.number[:19])
    assert people.do(neighbour, people.stranger, "rate", satisfied=2).satisfaction == 2
    assert people.do(master, people.owner, "confirm", satisfied=5).satisfaction == 5


def test_a_merge_can_be_undone_and_the_case_stands_where_it_stood(people: People, neighbour: Case):
    master = people.open().case
    stood = people.do(neighbour, people.handler, "accept")
    merge(actor=TESTS, case=stood, into=master, reason="看似相同", now=NOW, user=people.centre)
    merged = Case.objects.get(pk=neighbour.pk)
    again = unmerge(actor=TESTS, case=merged, reason="不是一件事", now=NOW, user=people.centre)
    assert (again.closed, again.stage, again.merged_into) == (False, "handling", None)
    assert again.holder_unit == people.finance
    assert Link.objects.get().undone_at == NOW
    merge(actor=TESTS, case=again, into=master, reason="确是一件", now=NOW, user=people.centre)
    assert Link.objects.filter(undone_at=None).count() == 1


def test_what_cannot_be_merged_is_refused_whole(people: People, neighbour: Case):
    done = people.closed()
    for into in (done, neighbour):
        with pytest.raises(Refused):
            merge(actor=TESTS, case=neighbour, into=into, reason="x", now=NOW, user=people.centre)
    master = people.open().case
    with pytest.raises(Refused):
        merge(actor=TESTS, case=neighbour, into=master, reason="x", now=NOW, user=people.handler)
    neighbour.refresh_from_db()
    assert (neighbour.last_seq, Link.objects.count()) == (1, 0)


def test_a_case_is_split_into_numbered_parts_of_the_same_requester(people: People):
    whole = people.open(fields={"topic": "land"}).case
    parts = split(
        actor=TESTS,
        case=whole,
        pieces=[
            Piece("土地", unit=people.land),
            Piece("贷款", topic="finance", fields={"amount": "5"}),
        ],
        reason="两件事",
        now=NOW + HOUR,
        user=people.centre,
    )
    assert [part.number for part in parts] == [f"{whole.number}-1", f"{whole.number}-2"]
    assert [part.lead for part in parts] == [people.land, people.finance]
    assert {part.requester_user for part in parts} == {people.owner}
    whole.refresh_from_db()
    assert (whole.closed, whole.outcome, list(whole.children.all())) == (True, "split", parts[::-1])
    with pytest.raises(Refused):
        split(actor=TESTS, case=parts[0], pieces=[Piece("一")], reason="x", now=NOW + HOUR)


def test_alike_cases_are_shown_before_another_is_opened(people: People):
    lamp = people.open(**LAMP).case
    people.open()
    found = similar("request", "三号路的路灯坏了不亮，夜班工人看不见路")
    assert [one.case for one in found] == [lamp]
    assert "路灯" in "".join(found[0].likeness.shared)
    assert similar("request", "三号路的路灯坏了不亮", enterprise=people.firm)
    assert similar("request", "土地出让金能否分期缴纳") == []
    assert similar("request", LAMP["title"] + LAMP["text"], besides=lamp) == []


def test_many_alike_cases_become_one_issue_with_them_behind_it(people: People):
    lamps = [people.open(**LAMP).case for _ in range(5)]
    [(cluster, cases)] = suspects("request", NOW + HOUR)
    assert {case.pk for case in cases} == {case.pk for case in lamps}
    assert len(cluster.numbers) == 5
    opened = raise_issue(
        actor=TESTS, cases=cases, title="园区路灯", text="多处不亮", now=NOW, user=people.centre
    )
    assert opened.case.kind == "systemic_issue"
    assert set(behind(opened.case)) == set(lamps)
    assert suspects("request", NOW + HOUR) == []
    more = people.open(**LAMP).case
    assert add_cases(actor=TESTS, issue=opened.case, cases=[more, *lamps], now=NOW) == 1
    assert not Case.objects.get(pk=lamps[0].pk).closed
