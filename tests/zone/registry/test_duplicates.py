"""Doubts of an import stay visible until somebody settles them."""

import datetime as dt

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.selectors.duplicates import possible_duplicates
from openzone.zone.registry.services.enterprises import create_enterprise
from openzone.zone.registry.services.merges import merge

pytestmark = pytest.mark.django_db

CSV = "企业名称,从业人员数\n合肥明珠光电科技公司,12\n合肥长风食品有限公司,8\n".encode()


@pytest.fixture
def known(actor: Actor) -> Enterprise:
    return create_enterprise(actor=actor, name="合肥明珠光电科技有限公司", synthetic=True)


@pytest.fixture
def imported(actor: Actor, known: Enterprise) -> Enterprise:
    day = dt.date(2026, 11, 20)
    batch = receive_upload(actor=actor, file_name="a.csv", data=CSV, as_of=day, synthetic=True)
    apply_batch(actor=actor, batch=check_batch(actor=actor, batch=batch), good_rows_only=True)
    return Enterprise.objects.get(name="合肥明珠光电科技公司")


def test_a_new_enterprise_close_to_a_known_one_is_listed_with_the_reason(
    imported: Enterprise, known: Enterprise
) -> None:
    (doubt,) = possible_duplicates(10)
    assert doubt.enterprise == imported
    assert known.name in doubt.reason.zh
    assert known.name in doubt.reason.en


def test_no_more_are_listed_than_asked_for(imported: Enterprise) -> None:
    assert possible_duplicates(0) == []


def test_a_merge_settles_the_doubt(actor: Actor, imported: Enterprise, known: Enterprise) -> None:
    merge(actor=actor, survivor=known, absorbed=imported, reason="同一家")
    assert possible_duplicates(10) == []
