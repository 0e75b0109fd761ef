"""The zone's database: created at once where there is nothing, migrated where there is something.

On an empty database every migration only adds to what the one before it made, and Django renders
all models anew after each step: half a minute to arrive where the last step could begin. A test
holds that both ways end with the same tables, constraints, indexes, triggers and rows.
"""

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor


def set_up() -> None:
    """Create the database or bring it up to the program; either way it is protected again."""
    create()
    call_command("migrate", verbosity=0)


def create() -> None:
    """Create every table where there is none, whole or not at all; else do nothing."""
    with connection.constraint_checks_disabled(), transaction.atomic():  # SQLite asks this order
        if not connection.introspection.table_names():
            _create_tables()
            note_migrations()


def note_migrations() -> None:
    """Write down that no migration is left to be applied."""
    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        executor.recorder.record_applied(migration.app_label, migration.name)


def _create_tables() -> None:
    """Create the tables of the models as the migrations leave them."""
    last = MigrationExecutor(connection).loader.project_state()
    with connection.schema_editor() as editor:
        for model in last.apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
