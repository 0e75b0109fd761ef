"""What promotion in the field is told by packs, and what a broken pack is refused for."""

from pathlib import Path

import pytest

from openzone.engines.projects.terms import FieldType, faults
from openzone.engines.rules.problems import PackError
from openzone.packs.agreements import load_agreements
from openzone.packs.loading import NATIONAL
from openzone.packs.promotion import load_promotion
from openzone.packs.promotion_field import NAME, load_field
from openzone.packs.term_sheets import FOLDER, load_term_sheets

TEMPLATES = load_term_sheets(None)


def test_channels_speak_of_what_promotion_knows():
    field, core = load_field(None), load_promotion(None)
    kinds = {one.id for one in core.interactions}
    ways, sources = {one.id for one in core.channels}, {one.id for one in core.sources}
    for one in field.channels:
        assert (one.interaction in kinds, one.way in ways, one.source in sources) == (True,) * 3
    steps = {one.id: one.step for one in core.interactions}
    assert steps[field.return_visit] == "return_visit"
    assert {one.by for one in field.channels} == {"trip", "event", "talks"}


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_promises_of_templates_are_kinds_of_agreements(template):
    agreements = load_agreements(None)
    for one in template.fields:
        if one.promise is None:
            continue
        kind = agreements.clause_kind(one.promise.kind)
        assert kind is not None
        assert one.promise.side in kind.sides
        measured = one.type in (FieldType.YUAN, FieldType.NUMBER)
        assert measured == (kind.unit is not None)


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_templates_say_that_nobody_published_them(template):
    assert template.verified == "K"
    assert faults(template.fields, {}) == {}


def _own(tmp_path: Path, name: str, before: str, after: str) -> Path:
    text = (NATIONAL / name).read_text("utf-8")
    assert before in text
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(before, after, 1), "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("意向总投资{total}", "意向总投资{toatl}"),
        ("id: start,", "id: zone,"),
        ("type: yuan", "type: gold"),
    ],
)
def test_a_broken_template_is_refused(tmp_path, before, after):
    folder = _own(tmp_path, f"{FOLDER}/framework.yaml", before, after)
    with pytest.raises(PackError):
        load_term_sheets(folder)


def test_a_promise_due_on_no_day_is_refused(tmp_path):
    folder = _own(tmp_path, f"{FOLDER}/investment.yaml", "due: finish", "due: place")
    with pytest.raises(PackError, match="due on no day"):
        load_term_sheets(folder)


def test_a_zone_puts_its_own_template_in_place(tmp_path):
    folder = _own(tmp_path, f"{FOLDER}/framework.yaml", '"2026.11"', '"2027.1"')
    found = load_term_sheets(folder)
    assert (found["framework"].version, found["investment"].version) == ("2027.1", "2026.11")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("id: stationed", "id: visit"),
        ("id: return_visit", "id: contact"),
        ("visit, by: trip", "visit, by: air"),
    ],
)
def test_broken_channels_and_steps_are_refused(tmp_path, before, after):
    with pytest.raises(PackError):
        load_field(_own(tmp_path, NAME, before, after))
