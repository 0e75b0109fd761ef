"""Publishing case types: what changes is shown, and open cases do not feel it."""

import pytest

from openzone.zone.cases.models import Case, TypeVersion
from openzone.zone.cases.packs import type_of
from openzone.zone.cases.selectors.types import differences, latest, waiting
from openzone.zone.cases.services.types import in_force, publish
from openzone.zone.errors import Refused
from tests.factories import TESTS
from tests.zone.cases.kinds import definition
from tests.zone.cases.people import NOW, People

pytestmark = pytest.mark.django_db


def shorter() -> dict[str, object]:
    changed = definition()
    changed["clocks"]["resolve"]["limit"] = "2 workdays"
    return changed


def test_open_cases_keep_the_version_they_were_opened_with(people: People):
    old = people.accepted()
    published = publish(actor=TESTS, mapping=shorter(), now=NOW, note="提速")
    new = people.accepted()
    assert (old.version.version, new.version) == (1, published)
    assert published.version == 2
    again = people.do(Case.objects.get(pk=old.pk), people.handler, "answer", text="在办")
    assert again.due_at != new.due_at
    assert type_of(again.version).clocks["resolve"].limit.amount == 5


def test_what_would_change_is_shown_place_by_place(people: People):
    [change] = differences(definition(), shorter())
    assert change == ("clocks.resolve.limit", "5 workdays", "2 workdays")
    added = definition(form=[*definition()["form"], {"id": "note", "kind": "text"}])
    assert {one.path for one in differences(definition(), added)} == {"form.note"}
    assert differences(definition(), definition()) == []


def test_the_same_again_and_what_cannot_work_are_refused(people: People):
    with pytest.raises(Refused):
        publish(actor=TESTS, mapping=definition(), now=NOW)
    broken = definition(routing=[{"when": {}, "unit": "x", "typo": 1}])
    with pytest.raises(Refused):
        publish(actor=TESTS, mapping=broken, now=NOW)
    assert TypeVersion.objects.count() == 1


def test_a_pack_is_published_by_the_first_case_that_needs_it(people: People):
    assert latest("systemic_issue") is None
    assert "systemic_issue" in waiting()
    first = in_force(actor=TESTS, kind="systemic_issue", now=NOW)
    assert in_force(actor=TESTS, kind="systemic_issue", now=NOW) == first
    assert "systemic_issue" not in waiting()
    with pytest.raises(Refused):
        in_force(actor=TESTS, kind="nothing", now=NOW)
