"""Grades of the reserve and what would raise a project by one."""

from openzone.engines.projects.maturity import assess
from openzone.packs.pipelines import load_maturity

GRADES = load_maturity(None).as_grades
LOWEST = {one.id: True for one in GRADES[0].asks}
SECOND = {one.id: True for one in GRADES[1].asks}


def test_a_grade_needs_every_yes_of_its_own_and_of_those_below() -> None:
    assert assess(GRADES, {}).grade is None
    assert assess(GRADES, LOWEST).grade == GRADES[0]
    assert assess(GRADES, {**LOWEST, **SECOND}).grade == GRADES[1]
    assert assess(GRADES, SECOND).grade is None


def test_what_would_raise_it_is_told_with_no_and_not_known_apart() -> None:
    found = assess(GRADES, {**LOWEST, "site": True, "feasibility": False})
    assert found.next == GRADES[1]
    assert [one.id for one in found.to_do] == ["feasibility"]
    assert [one.id for one in found.to_find_out] == ["investor"]


def test_at_the_top_nothing_is_left() -> None:
    every = {one.id: True for grade in GRADES for one in grade.asks}
    found = assess(GRADES, every)
    assert (found.grade, found.next, found.to_do) == (GRADES[-1], None, ())
