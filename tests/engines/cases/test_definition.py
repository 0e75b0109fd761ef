"""A definition is read whole, and everything wrong with it is named at once."""

import pytest

from openzone.engines.cases.definition import DefinitionError, case_type, digest
from tests.engines.cases.helpers import CLOCKS, base_mapping, clock, label, sample


def faults(**changes):
    with pytest.raises(DefinitionError) as error:
        case_type({**base_mapping(), **changes})
    return {".".join(map(str, one.path)): one.reason for one in error.value.problems}


def changed(section, key, **more):
    mapping = base_mapping()
    return {section: {**mapping[section], key: {**mapping[section].get(key, {}), **more}}}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"label": "诉求"}, "label"),
        ({"label": {"zh": "诉求"}}, "label"),
        ({"version": 0}, "version"),
        ({"version": True}, "version"),
        ({"number": {"scope": "OZ"}}, "number.type"),
        ({"form": [{"id": "a", "label": label("a"), "kind": "colour"}]}, "form.0.kind"),
        ({"form": [{"id": "a", "label": label("a"), "kind": "choice"}]}, "form.0.choices"),
        ({"form": [{"label": label("a"), "kind": "text"}]}, "form.0.id"),
        (
            {"clocks": {"c": clock("3 workday", "open", "accept", colours={"red": 11})}},
            "clocks.c.colours.red",
        ),
        ({"clocks": {"c": clock("3 days", "open", "accept", redo="again")}}, "clocks.c.redo"),
        (
            {"clocks": {"c": {**clock("3 days", "open", "accept"), "verified": None}}},
            "clocks.c.verified",
        ),
        (changed("stages", "handling", kind="busy"), "stages.handling.kind"),
        (changed("actions", "finish", outcome="great"), "actions.finish.outcome"),
        (changed("actions", "finish", verb="fly"), "actions.finish.verb"),
        (changed("actions", "finish", who=[]), "actions.finish.who"),
        (changed("actions", "finish", evidence=-1), "actions.finish.evidence"),
        (changed("actions", "second", verb="open", label=label("x"), who=["system"]), "actions"),
        ({"routing": {"topic": "x"}}, "routing"),
        ({"escalation": [{"clock": "none", "after_share": 1, "to": "x"}]}, "escalation"),
        ({"similar": {"warn": 0}}, "similar.warn"),
        ({"objection": {"limit": "soon"}}, "objection.limit"),
        ({"anything": 1}, "anything"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(changes, place):
    found = faults(**changes)
    assert place in found
    assert found[place].zh != found[place].en


def test_everything_is_named_at_once():
    assert set(faults(bounces="x", label=1, closing={"satisfied": 0})) == {
        "bounces",
        "label",
        "closing.satisfied",
    }


def test_an_extension_counts_in_the_limits_kind_of_time():
    other = clock("3 workdays", "open", "propose", extension={"limit": "24 hours"})
    assert "kind of time" in faults(clocks={"c": other}, escalation=[])["clocks"].en


def test_only_verbs_that_close_lead_to_the_end():
    assert (
        "cannot close"
        in faults(**changed("actions", "answer", to="closed"))["actions.answer.to"].en
    )


def test_the_digest_is_of_the_content_not_of_its_order():
    mapping = base_mapping()
    assert digest(mapping) == digest(dict(reversed(list(mapping.items()))))
    assert case_type(mapping).digest != case_type({**mapping, "bounces": 3}).digest


def test_a_list_of_clocks_is_as_good_as_a_mapping():
    listed = [{"id": key, **value} for key, value in CLOCKS.items()]
    assert case_type({**base_mapping(), "clocks": listed}).clocks == sample().clocks


@pytest.mark.parametrize("nonsense", [{}, {"stages": 3, "actions": [1], "clocks": "x"}])
def test_nonsense_is_refused_and_never_fails(nonsense):
    with pytest.raises(DefinitionError):
        case_type(nonsense)
