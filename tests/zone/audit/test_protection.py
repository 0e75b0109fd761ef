"""What the database refuses, whoever asks: every statement here is tried for real."""

import pytest
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from openzone.zone.audit import protection, triggers
from openzone.zone.audit.models import ChainHead, Event

pytestmark = pytest.mark.usefixtures("ten_events")

COLUMNS = "(seq, at, actor_kind, actor_id, actor_label, action, subject, payload, previous, hash)"


def _row(seq: int, previous: str = "x") -> str:
    """Return SQL for a forged event that copies the tenth."""
    return (
        f"{COLUMNS} SELECT {seq}, at, actor_kind, actor_id, actor_label, 'test.forged', subject,"
        f" payload, {previous!r}, hash FROM audit_event WHERE seq = 10"
    )


REWRITES = {
    "update": "UPDATE audit_event SET payload = '{}' WHERE seq = 3",
    "update of nothing but the number": "UPDATE audit_event SET seq = 30 WHERE seq = 3",
    "delete": "DELETE FROM audit_event WHERE seq = 10",
    "delete all": "DELETE FROM audit_event",
    "upsert": (
        f"INSERT INTO audit_event {_row(10)} ON CONFLICT (seq) DO UPDATE SET action = 'test.forged'"
    ),
    "a number twice": f"INSERT INTO audit_event {_row(5)}",
    "a gap": f"INSERT INTO audit_event {_row(12)}",
    "a false link": f"INSERT INTO audit_event {_row(11)}",
    "head deleted": "DELETE FROM audit_chainhead",
    "head set back": "UPDATE audit_chainhead SET seq = 9",
    "head set forward": "UPDATE audit_chainhead SET seq = 12",
    "head replaced by another row": "UPDATE audit_chainhead SET id = 2, seq = 11",
}
SQLITE_ONLY = {
    "insert or replace": f"INSERT OR REPLACE INTO audit_event {_row(10)}",
    "replace": f"REPLACE INTO audit_event {_row(10)}",
    "head replaced": "REPLACE INTO audit_chainhead (id, seq, hash) VALUES (1, 4, 'x')",
}
POSTGRESQL_ONLY = {
    "truncate": "TRUNCATE audit_event",
    "truncate head": "TRUNCATE audit_chainhead",
    "update as a replica": (
        "SET LOCAL session_replication_role = replica; UPDATE audit_event SET payload = '{}'"
    ),
}
EMPTY_FUNCTION = (
    "CREATE OR REPLACE FUNCTION audit_event_no_update() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NULL; END'"
)


def _refused(sql: str) -> bool:
    before = list(Event.objects.values_list()), ChainHead.objects.values().get()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return before == (list(Event.objects.values_list()), ChainHead.objects.values().get())
    return False


@pytest.mark.django_db
@pytest.mark.parametrize("sql", REWRITES.values(), ids=REWRITES)
def test_the_log_cannot_be_rewritten(sql):
    assert _refused(sql)


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statements")
@pytest.mark.parametrize("sql", SQLITE_ONLY.values(), ids=SQLITE_ONLY)
def test_the_log_cannot_be_rewritten_the_sqlite_way(sql):
    assert _refused(sql)


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize("sql", POSTGRESQL_ONLY.values(), ids=POSTGRESQL_ONLY)
def test_the_log_cannot_be_rewritten_the_postgresql_way(sql):
    assert _refused(sql)


@pytest.mark.django_db
def test_an_honest_insert_is_not_refused():
    head = ChainHead.objects.get()
    assert not _refused(f"INSERT INTO audit_event {_row(11, head.hash)}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("model", "name"), [(Event, "action"), (ChainHead, "hash")])
def test_a_migration_of_the_table_leaves_it_protected(model, name):
    """Django alters an SQLite table by making a new one; its triggers die with the old one."""
    before = model._meta.get_field(name)
    after = models.CharField(max_length=99)
    after.set_attributes_from_name(name)
    after.model = model
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(model, before, after)
        lost = bool(protection.missing(connection))
        call_command("migrate", verbosity=0)
        assert protection.missing(connection) == []
        assert lost == (connection.vendor == "sqlite"), "the danger this test is about is gone"
        assert _refused(REWRITES["update"])
    finally:
        with connection.schema_editor() as editor:
            editor.alter_field(model, after, before)
        protection.install(connection)


def _errors() -> list[str]:
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    return [error.id for error in found if error.id]


@pytest.mark.django_db
def test_all_is_well_at_start_up():
    assert "audit.E001" not in _errors()


@pytest.mark.django_db
def test_a_lost_trigger_is_an_error_at_start_up():
    on_table = " ON audit_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER audit_event_no_update{on_table}")
    assert "audit.E001" in _errors()


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statements")
def test_a_trigger_of_the_right_name_that_does_nothing_is_an_error():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_event_no_update")
        cursor.execute(
            "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN SELECT 1; END"
        )
    assert protection.missing(connection) == ["audit_event_no_update"]
    protection.install(connection)
    assert _refused(REWRITES["update"])


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update",
        "ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_update",
        EMPTY_FUNCTION,
    ],
    ids=["disabled", "not for replicas", "emptied"],
)
def test_a_weakened_trigger_is_an_error_and_is_restored(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert protection.missing(connection) == ["audit_event_no_update"]
    protection.install(connection)
    assert protection.missing(connection) == []
    assert _refused(REWRITES["update"])


def test_a_key_that_no_trigger_can_guard_is_refused_at_once():
    class Sometimes(models.Model):  # noqa: DJ008 - never saved
        name = models.CharField(max_length=8)

        class Meta:
            app_label = "audit_test"
            constraints = [
                models.UniqueConstraint(
                    fields=["name"], condition=models.Q(name="x"), name="sometimes"
                )
            ]

    with pytest.raises(ImproperlyConfigured, match="sometimes"):
        triggers.append_only(Sometimes)
