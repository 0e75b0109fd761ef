"""A document as a form and back: what the form does not touch stays, steps change the shape."""

import datetime as dt
from typing import Any

import pytest

from openzone.www.drafting.fields import head_of
from openzone.www.drafting.moves import moved
from openzone.www.drafting.nodes import Node, tree
from openzone.www.drafting.patches import Document, patched, version_of
from openzone.zone.errors import Refused
from openzone.zone.rulebook.packs import packs
from openzone.zone.rulebook.selectors.texts import plain

RULES = [rule.rule for rule in packs().rules]


def document(rule: str = "cn.high_tech") -> Document:
    return plain(next(each for each in packs().rules if each.rule == rule))


def sent_by(node: Node) -> dict[str, str]:
    """What a browser sends for a condition that nobody touched."""
    sent = {
        ":here": "1",
        ":id": node.id,
        ":ref": node.ref,
        ":label.zh": node.label["zh"],
        ":label.en": node.label["en"],
    }
    if node.is_leaf:
        sent |= {":subject": node.subject}
        for test in node.tests:
            sent |= {
                f":op{test.position}": test.operator,
                f":value{test.position}": test.value,
            }
    return {node.key + name: value for name, value in sent.items()}


def form_of(given: Document, index: int) -> dict[str, str]:
    """What a browser sends for a whole rule that nobody touched."""
    head = head_of(given, index)
    sent = {"kind": head.kind}
    for name, texts in (("title", head.title), ("source", head.source), ("notes", head.notes)):
        sent |= {f"{name}.{key}": value for key, value in texts.items()}
    sent |= head.version | {f"section.{part.name}": part.text for part in head.parts}
    version = version_of(given, index) or {}
    if "when" in version:
        for node in tree(version["when"]).walk():
            sent |= sent_by(node)
    return sent


@pytest.mark.parametrize("rule", RULES)
def test_a_form_sent_back_untouched_changes_nothing(rule: str) -> None:
    given = document(rule)
    for index in range(len(given["versions"])):
        assert patched(given, index, form_of(given, index)) == given


def test_a_form_that_shows_nothing_changes_nothing() -> None:
    assert patched(document(), 0, {}) == document()


def changed(**inputs: str) -> Any:
    given = document()
    sent = form_of(given, 0) | {name.replace("__", ":"): value for name, value in inputs.items()}
    return version_of(patched(given, 0, sent), 0)


def test_a_threshold_is_changed_in_its_place() -> None:
    given = document()
    sent = form_of(given, 0) | {"when.all.7:value0": "75"}
    clause = version_of(patched(given, 0, sent), 0)["when"]["all"][7]  # type: ignore[index]
    assert clause["gte"] == 75
    assert clause["label"] == document()["versions"][0]["when"]["all"][7]["label"]


def test_another_fact_and_test_take_the_place_of_the_old() -> None:
    given = document()
    sent = form_of(given, 0) | {
        "when.all.7:subject": "从业人员数 · employees",
        "when.all.7:op0": "lt",
        "when.all.7:value0": "300",
    }
    clause = version_of(patched(given, 0, sent), 0)["when"]["all"][7]  # type: ignore[index]
    assert {key: clause.get(key) for key in ("fact", "lt", "gte")} == {
        "fact": "employees",
        "lt": 300,
        "gte": None,
    }


def test_days_and_notes_of_the_document_are_read() -> None:
    version = changed(effective_to="2030-12-31", **{"notes.zh": "一\n二", "notes.en": "one"})
    assert version["effective_to"] == dt.date(2030, 12, 31)
    assert version["notes"] == [{"zh": "一", "en": "one"}, {"zh": "二", "en": "二"}]


def test_a_part_that_is_no_yaml_is_kept_as_it_was_typed() -> None:
    assert changed(**{"section.amount": "number: ["})["amount"] == "number: ["


def test_an_emptied_part_is_gone() -> None:
    assert "let" not in changed(**{"section.let": ""})


# ---- steps --------------------------------------------------------------------------------


def after(step: str) -> list[dict[str, Any]]:
    result, _ = moved(document(), 0, step)
    found: list[dict[str, Any]] = version_of(result, 0)["when"]["all"]  # type: ignore[index]
    return found


def ids(step: str) -> list[str]:
    return [each.get("id", "") for each in after(step)]


def test_clauses_are_added_at_the_end_under_a_new_id() -> None:
    *before, last = after("add:when:fact")
    assert len(before) == len(document()["versions"][0]["when"]["all"])
    assert (last["fact"], last["id"]) == ("", "c1")


@pytest.mark.parametrize("form", ["all", "any", "veto", "not", "at_least", "cases", "score"])
def test_every_form_of_condition_can_be_added_and_shown(form: str) -> None:
    added = after(f"add:when:{form}")[-1]
    assert tree(added).form == form
    assert all(node.word for node in tree(added).walk())


def test_clauses_change_places() -> None:
    assert ids("down:when.all.0")[:2] == ["core_ip", "age"]
    assert ids("up:when.all.1")[:2] == ["core_ip", "age"]
    assert ids("up:when.all.0")[:2] == ["age", "core_ip"]


def test_a_clause_is_removed_and_the_last_one_stays() -> None:
    assert "age" not in ids("remove:when.all.0")
    alone = document()
    alone["versions"][0]["when"] = {"all": [{"fact": "employees", "gte": 1}]}
    with pytest.raises(Refused):
        moved(alone, 0, "remove:when.all.0")


def test_a_clause_keeps_its_name_when_it_is_put_into_a_group_and_out_again() -> None:
    grouped, place = moved(document(), 0, "wrap:when.all.0:any")
    clause = version_of(grouped, 0)["when"]["all"][0]  # type: ignore[index]
    assert (clause["id"], len(clause["any"])) == ("age", 1)
    assert "id" not in clause["any"][0]
    again, _ = moved(grouped, 0, "unwrap:when.all.0")
    assert again == document()
    assert place == ("when", "all", 0)


def test_a_case_is_added_inside_cases() -> None:
    assert len(after("add:when.all.4:case")[4]["cases"]) == 4


@pytest.mark.parametrize(
    "step",
    ["", "fly:when", "remove:when", "up:when.all.x", "add:nowhere:fact", "add:when:magic",
     "remove:when.all.99", "wrap:when.all.0.fact:any", "unwrap:when.all.0"],
)  # fmt: skip
def test_a_step_that_makes_no_sense_is_refused(step: str) -> None:
    with pytest.raises(Refused):
        moved(document(), 0, step)


def test_steps_leave_the_document_they_are_given_alone() -> None:
    given = document()
    moved(given, 0, "remove:when.all.0")
    assert given == document()
