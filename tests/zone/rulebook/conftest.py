"""A small rulebook: drafts of a subsidy, and the people who write and approve them."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.people.enums import Role
from openzone.zone.people.models import Unit, User
from openzone.zone.registry.models import Enterprise
from openzone.zone.rulebook import packs
from openzone.zone.rulebook.models import RuleDraft, RuleRelease
from openzone.zone.rulebook.selectors.texts import file_text
from openzone.zone.rulebook.services.drafts import create_rule, edit
from openzone.zone.rulebook.services.publishing import publish, submit
from tests.factories import TESTS, make_enterprise, state

DAY = dt.date(2026, 11, 20)
RENT = "zone.rent"


def rent_rule(
    least: int = 100, first: dt.date = dt.date(2026, 1, 1), **version: object
) -> dict[str, Any]:
    """A rent subsidy for firms with enough staff: a tenth of last year's revenue, at most 20万."""
    return {
        "rule": RENT,
        "title": {"zh": "示例租金补贴", "en": "Example rent subsidy"},
        "kind": "subsidise",
        "versions": [
            {
                "version": "2026",
                "source": {
                    "title": "示例办法",
                    "number": "示例〔2026〕1号",
                    "issuer": "示例管委会",
                },
                "effective_from": first,
                "verified": "L",
                "when": {
                    "all": [
                        {
                            "id": "staff",
                            "label": {"zh": "人员达到要求", "en": "Enough staff"},
                            "fact": "employees",
                            "gte": least,
                        }
                    ]
                },
                "amount": {"number": {"min": [{"mul": ["10%", "revenue_y1"]}, "20万"]}},
                **version,
            }
        ],
    }


@pytest.fixture(autouse=True)
def no_rules_kept() -> Iterator[None]:
    """Release numbers begin anew in every test: what was kept under them must not stay."""
    yield
    packs.rule_set.cache_clear()
    packs._over_facts_of_today.cache_clear()
    packs.release_plan.cache_clear()


@pytest.fixture
def author(make_user: Callable[..., User], office: Unit) -> User:
    return make_user("author", Role.CENTRE, office)


@pytest.fixture
def approver(make_user: Callable[..., User], committee: Unit) -> User:
    return make_user("approver", Role.LEADER, committee)


@pytest.fixture
def firms() -> dict[str, Enterprise]:
    """Three firms: enough staff, nearly enough, and one of which nobody knows."""
    made = {name: make_enterprise(name=f"示例{name}有限公司", synthetic=True) for name in "甲乙丙"}
    state(made["甲"], DAY, employees=150, revenue_y1=1_000_000)
    state(made["乙"], DAY, employees=90, revenue_y1=50_000_000)
    return made


@pytest.fixture
def draft(author: User) -> RuleDraft:
    return new_draft(author)


def new_draft(
    by: User, document: dict[str, Any] | None = None, title: str = "示例租金补贴草案"
) -> RuleDraft:
    return create_rule(
        actor=Actor.of(by), by=by, rule_id=RENT, title=title, document=document or rent_rule()
    )


def saved(draft: RuleDraft, document: dict[str, Any], by: User | None = None) -> RuleDraft:
    """The draft with another document."""
    person = by or draft.author
    return edit(
        actor=Actor.of(person),
        by=person,
        draft=draft,
        text=file_text(document),
        revision=draft.revision,
    )


def submitted(draft: RuleDraft) -> RuleDraft:
    return submit(actor=TESTS, by=draft.author, draft=draft, revision=draft.revision)


def published(draft: RuleDraft, by: User, seen: int = 0) -> RuleRelease:
    return publish(actor=Actor.of(by), by=by, draft=submitted(draft), seen_release=seen, today=DAY)
