"""Approvals are graphs of known items; a paper is asked for once; what is wrong has its line."""

import pytest

from openzone.engines.projects.permit_path import compare
from openzone.engines.rules.problems import PackError
from openzone.packs.loading import NATIONAL
from openzone.packs.permits import NAME, load_permits

PACK = load_permits(None)


def test_four_certificates_are_one_thing_and_five_take_the_drawings_in():
    four, five = (PACK.path(name).bundle("start").items for name in ("four", "five"))
    assert set(four) == {"land_use", "plan", "property", "build"}
    assert set(five) - set(four) == {"drawings"}


def test_there_is_another_thing_that_is_one():
    assert PACK.path("completion").bundle("completion").label.zh == "竣工一件事"


def test_a_paper_is_asked_for_once_however_many_items_need_it():
    items = PACK.path("four").bundle("start").items
    found = {paper.id: needed for paper, needed in PACK.papers_once(items)}
    assert found["land_contract"] == items
    asked = sum(len(PACK.item(name).papers) for name in items)
    assert (len(found), asked) == (10, 19)


def test_days_saved_are_counted_from_the_items():
    found = compare(PACK.graph(PACK.path("four")))
    assert (found.serial, found.parallel, found.after_land) == (56, 19, 4)
    found = compare(PACK.graph(PACK.path("completion")))
    assert (found.serial, found.after_land) == (19, 12)


def test_only_secondary_papers_can_be_promised():
    assert {one.id for one in PACK.papers if one.promise} == {
        "soil_plan", "builder_contract", "wage_account", "archive",
    }  # fmt: skip


def test_no_limit_is_told_as_a_fact_that_nobody_read():
    assert {one.verified for one in PACK.items} <= {"K", "L"}
    assert PACK.opinion.verified == "K"
    assert all(path.source.zh for path in PACK.paths)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("after: [filing]", "after: [nothing]"),
        ("after: [land_use]", "after: [land_use, build]"),
        ("authority: water", "authority: fire"),
        ("papers: [application, soil_plan]", "papers: [application, nothing]"),
        ("goal: build", "goal: first_title"),
        ("id: energy\n", "id: filing\n"),
        ("workdays: 1\n", "workdays: 0\n"),
        ("items: [land_use, plan, property, build]", "items: [land_use, plan, fire_check]"),
        ("    land: false\n", "    land: false\n    ahead: true\n"),
        ("limit: 1", "limits: 1"),
    ],
)
def test_what_is_no_path_is_refused_with_its_line(tmp_path, old, new):
    text = (NATIONAL / NAME).read_text("utf-8")
    assert old in text
    (tmp_path / NAME).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as error:
        load_permits(tmp_path)
    assert all(problem.line for problem in error.value.problems)


def test_a_circle_is_named():
    with pytest.raises(ValueError, match="these follow"):
        PACK.model_validate(_circle(PACK.model_dump()))


def _circle(data):
    for one in data["items"]:
        if one["id"] == "land_use":
            one["after"] = ("plan",)
    return data
