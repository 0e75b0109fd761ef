"""The brief of the day: what needs a person, and where to go for it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openzone.zone.audit.actors import Actor
from openzone.zone.people.models import User
from openzone.zone.registry.enums import PlaceKind
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.decisions import discard_upload
from openzone.zone.registry.services.enterprises import create_place
from openzone.zone.rulebook.selectors import population
from tests.www.conftest import Zone

pytestmark = pytest.mark.django_db

Visit = Callable[[User | None], Client]


def brief(client: Client) -> str:
    return client.get("/").content.decode()


def test_an_empty_zone_is_told_how_to_begin(admin: User, visit: Visit, actor: Actor) -> None:
    create_place(actor=actor, code="zone", name="新设园区", kind=PlaceKind.ZONE)
    page = brief(visit(admin))
    assert "档案还是空的" in page
    assert "导入表格" in page
    assert "示例园区" not in page


def test_a_synthetic_zone_says_so_and_a_real_one_does_not(
    zone: Zone, admin: User, visit: Visit
) -> None:
    assert "示例园区：这里的企业" in brief(visit(admin))


def test_the_counts_of_the_chart_stand_in_a_table_with_links(
    zone: Zone, colleague: User, visit: Visit
) -> None:
    page = brief(visit(colleague))
    assert 'data-chart="stands"' in page
    assert '<table class="table" id="stands">' in page
    assert "/rules/cn.tech_sme/?standing=not_met#finds" in page


def test_facts_that_would_settle_most_answers_are_asked_for_with_their_document(
    zone: Zone, colleague: User, visit: Visit
) -> None:
    page = brief(visit(colleague))
    assert "最值得补齐的数据" in page
    assert "佐证材料：" in page
    assert "/enterprises/?missing=" in page


def test_a_checked_file_waits_on_the_page_until_somebody_decides(
    zone: Zone, admin: User, colleague: User, visit: Visit, actor: Actor
) -> None:
    assert zone.batch.file_name in brief(visit(admin))
    assert zone.batch.file_name not in brief(visit(colleague))  # who cannot import
    discard_upload(actor=actor, batch=zone.batch)
    assert zone.batch.file_name not in brief(visit(admin))


def test_an_enterprise_that_may_be_another_one_leads_to_the_merge(
    zone: Zone, admin: User, visit: Visit, actor: Actor
) -> None:
    assert "疑似重复" not in brief(visit(admin))
    apply_batch(actor=actor, batch=zone.similar, good_rows_only=True)
    page = brief(visit(admin))
    assert "疑似重复的企业" in page
    assert "合肥示例精密机械" in page
    assert "/merge/" in page


def test_another_day_shows_the_zone_as_it_was_known(
    zone: Zone, colleague: User, visit: Visit
) -> None:
    page = visit(colleague).get("/?as_of=2025-01-01").content.decode()
    assert "按 2025-01-01 掌握的情况" in page


def test_the_page_is_not_computed_again_while_the_record_stands_still(
    zone: Zone, colleague: User, visit: Visit
) -> None:
    client = visit(colleague)
    population._population.cache_clear()  # what an earlier test left
    assert _asked(client) - _asked(client) >= 5


def _asked(client: Client) -> int:
    """Count what the page asks for; each database frames its questions otherwise."""
    with CaptureQueriesContext(connection) as queries:
        brief(client)
    return sum(query["sql"].startswith("SELECT") for query in queries)
