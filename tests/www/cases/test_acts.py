"""What a page offers first, and how it groups the rest."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from openzone.engines.cases import clocks as engine
from openzone.engines.cases.definition import case_type
from openzone.engines.cases.model import CaseType
from openzone.www.cases.acts import CLOSE, MORE, NEXT, PASS_ON, Offer, group_of, grouped, order
from openzone.zone.cases.packs import mappings, worktime
from openzone.zone.people.models import User
from tests.www.addresses.cases import Made
from tests.www.conftest import Zone

Visit = Callable[[User | None], Client]
MONDAY = dt.datetime.fromisoformat("2026-11-16T09:00")
TYPE = case_type(mappings()["enterprise_request"])
HANDLING = ("route", "contact", "ask_requester", "involve", "answer", "finish", "note")


def running(type_: CaseType, *names: str) -> list[engine.ClockState]:
    return [engine.start(one, type_.clocks[one].limit, MONDAY, worktime()) for one in names]


def first(type_: CaseType, ids: tuple[str, ...], *clocks: str) -> str:
    return min((type_.actions[one] for one in ids), key=order(type_, running(type_, *clocks))).id


@pytest.mark.parametrize(
    ("clocks", "expected"),
    [
        (("verify", "answer", "resolve"), "contact"),
        (("answer", "resolve"), "answer"),
        (("resolve",), "finish"),
        ((), "route"),
    ],
)
def test_the_clock_due_first_says_what_is_next(clocks: tuple[str, ...], expected: str) -> None:
    assert first(TYPE, HANDLING, *clocks) == expected


def test_taking_a_case_on_comes_before_any_clock() -> None:
    assert first(TYPE, ("contact", "route", "accept"), "verify", "answer", "resolve") == "accept"


def test_a_clock_that_stands_still_says_nothing() -> None:
    clocks = [engine.pause(one, MONDAY) for one in running(TYPE, "verify")]
    ranked = sorted((TYPE.actions[one] for one in HANDLING), key=order(TYPE, clocks))
    assert ranked[0].id == "route"


@pytest.mark.parametrize(
    ("action", "group"),
    [
        ("accept", NEXT), ("answer", NEXT), ("finish", CLOSE), ("lapse", CLOSE),
        ("transfer", PASS_ON), ("involve", PASS_ON), ("note", MORE), ("prioritise", MORE),
    ],
)  # fmt: skip
def test_an_action_stands_in_the_group_of_its_verb(action: str, group: str) -> None:
    assert group_of(TYPE.actions[action], {}) == group


def offers(type_: CaseType, *names: str) -> list[Offer]:
    found = [type_.actions[one] for one in names]
    return [Offer(one, one.label, one.label, number == 0) for number, one in enumerate(found)]


def test_the_first_thing_to_do_leads_whatever_its_group() -> None:
    groups = grouped(TYPE, offers(TYPE, "finish", "answer", "note"))
    assert [(one.id, [offer.action.id for offer in one.offers]) for one in groups] == [
        (NEXT, ["finish", "answer"]),
        (MORE, ["note"]),
    ]


def test_a_type_says_the_groups_and_the_order_of_its_own_actions() -> None:
    mapping: dict[str, Any] = {**mappings()["enterprise_request"]}
    mapping["desk"] = {"groups": {PASS_ON: ["involve", "wait", "transfer"]}}
    type_ = case_type(mapping)
    groups = grouped(type_, offers(type_, "answer", "transfer", "wait", "involve", "explain"))
    named = {one.id: [offer.action.id for offer in one.offers] for one in groups}
    assert named == {NEXT: ["answer"], PASS_ON: ["involve", "wait", "transfer"], CLOSE: ["explain"]}


@pytest.mark.django_db
def test_an_accepted_case_asks_its_handler_to_contact_the_requester_first(
    zone: Zone, visit: Visit
) -> None:
    made = Made(zone)
    case = made.act(made.opened("示例"), "accept", made.handler)
    page = visit(made.handler).get(reverse("case", args=[case.pk]))
    groups = {one.id: one for one in page.context["groups"]}
    assert str(groups[NEXT].acts[0].href).endswith("/contact/")
    assert groups[MORE].folded
    assert page.content.decode().count("btn btn-primary") == 1
