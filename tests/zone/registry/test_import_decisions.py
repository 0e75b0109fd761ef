"""Deciding about a checked upload: other columns, or not at all."""

import datetime as dt

import pytest

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.errors import Refused
from openzone.zone.registry.enums import BatchStatus
from openzone.zone.registry.imports.apply import apply_batch
from openzone.zone.registry.imports.check import check_batch
from openzone.zone.registry.imports.decisions import assign_columns, discard_upload
from openzone.zone.registry.imports.receiving import receive_upload
from openzone.zone.registry.models import Enterprise, ImportBatch

pytestmark = pytest.mark.django_db

CSV = "企业名称,从业人员数,人气\n合肥示例甲有限公司,12,300\n".encode()


@pytest.fixture
def batch(actor: Actor) -> ImportBatch:
    day = dt.date(2026, 11, 20)
    received = receive_upload(actor=actor, file_name="a.csv", data=CSV, as_of=day, synthetic=True)
    return check_batch(actor=actor, batch=received)


def read_as(batch: ImportBatch) -> dict[str, str]:
    return {column["column"]: column["fact"] for column in batch.mapping}


def test_a_column_nobody_recognised_is_read_as_the_person_says(
    actor: Actor, batch: ImportBatch
) -> None:
    assert "C" not in read_as(batch)
    assigned = assign_columns(actor=actor, batch=batch, assigned={"B": None, "C": "employees"})
    checked = check_batch(actor=actor, batch=assigned)
    assert read_as(checked) == {"A": "name", "C": "employees"}
    event = Event.objects.get(action="registry.import.columns_assigned")
    assert event.details == {"assigned": {"B": None, "C": "employees"}}


def test_a_fact_that_does_not_exist_is_refused_by_name(actor: Actor, batch: ImportBatch) -> None:
    with pytest.raises(Refused, match="popularity"):
        assign_columns(actor=actor, batch=batch, assigned={"C": "popularity"})


def test_a_discarded_upload_writes_nothing_and_cannot_be_applied(
    actor: Actor, batch: ImportBatch
) -> None:
    discarded = discard_upload(actor=actor, batch=batch)
    assert discarded.status == BatchStatus.DISCARDED
    assert not discarded.rows.exists()
    with pytest.raises(Refused):
        apply_batch(actor=actor, batch=discarded)
    with pytest.raises(Refused, match="已经放弃"):
        discard_upload(actor=actor, batch=discarded)
    assert not Enterprise.objects.exists()


def test_what_was_applied_can_no_longer_be_discarded_or_read_otherwise(
    actor: Actor, batch: ImportBatch
) -> None:
    applied = apply_batch(actor=actor, batch=batch, good_rows_only=True)
    with pytest.raises(Refused, match="已经导入"):
        discard_upload(actor=actor, batch=applied)
    with pytest.raises(Refused, match="已经导入"):
        assign_columns(actor=actor, batch=applied, assigned={})
