"""Several hands on one case, and processes that die with it in their hands."""

import os
import subprocess
import sys
from collections import Counter
from itertools import count

import pytest
from django.db import connection

from openzone.zone.audit.verification import verify
from openzone.zone.cases.models import Case, CaseEvent
from openzone.zone.cases.services.merging import merge
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.people import NOW, People

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_accept_one_does_and_the_other_is_told_by_whom(people: People, at_the_same_time):
    case = people.open().case
    users = iter([people.handler, people.second])

    def accept() -> str:
        try:
            people.do(case, next(users), "accept", seen=1)
        except Refused as refusal:
            return refusal.reason.en[:16]
        return "done"

    assert sorted(at_the_same_time(2, accept)) == ["already done by ", "done"]
    assert CaseEvent.objects.filter(case=case, action="accept").count() == 1


def test_a_form_sent_by_impatient_fingers_happens_once(people: People, at_the_same_time):
    case = people.accepted()

    def click() -> int:
        return people.do(case, people.handler, "answer", seen=2, text="一周内答复").last_seq

    assert at_the_same_time(4, click) == [3, 3, 3, 3]
    assert CaseEvent.objects.filter(case=case).count() == 3


def test_numbers_are_given_out_once(people: People, at_the_same_time):
    def open_three() -> list[str]:
        return [people.open().case.number for _ in range(3)]

    numbers = [number for some in at_the_same_time(4, open_three) for number in some]
    assert max(Counter(numbers).values()) == 1
    assert sorted(int(number[15:19]) for number in numbers) == list(range(1, 13))


def test_the_same_request_sent_at_once_is_one_case(people: People, at_the_same_time):
    opened = at_the_same_time(4, lambda: people.open(request_id="one-form"))
    assert len({(one.case.number, one.receipt) for one in opened}) == 1
    assert Case.objects.count() == 1


def test_two_cases_cannot_be_merged_into_each_other(people: People, at_the_same_time):
    one, two = people.open().case, people.open().case
    pairs = iter([(one, two), (two, one)])

    def join() -> bool:
        case, into = next(pairs)
        try:
            merge(actor=TESTS, case=case, into=into, reason="重复", now=NOW, user=people.centre)
        except Refused:
            return False
        return True

    assert sorted(at_the_same_time(2, join)) == [False, True]
    assert Case.objects.filter(closed=True).count() == 1


def test_many_hands_on_many_cases_leave_every_history_without_a_gap(
    people: People, at_the_same_time
):
    cases = [people.accepted() for _ in range(3)]
    names = count()

    def note() -> None:
        me = next(names)
        for turn in range(4):
            people.do(cases[(me + turn) % 3], people.handler, "note", text=f"{me}-{turn}")

    at_the_same_time(4, note)
    for case in cases:
        seqs = list(CaseEvent.objects.filter(case=case).values_list("seq", flat=True))
        assert seqs == list(range(1, len(seqs) + 1))
    assert CaseEvent.objects.filter(action="note").count() == 16
    assert verify().intact


def test_processes_killed_at_any_moment_lose_nothing_they_acknowledged(transactional_db: None):
    """The benchmark does two hundred rounds of this."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.zone.cases.crash_process"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "openzone.settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 rounds" in done.stdout
    assert Case.objects.exists()
