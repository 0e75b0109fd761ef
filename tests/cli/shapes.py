"""What a zone's database is made of, whatever the order in which it was made."""

from collections.abc import Iterator

from tests.cli.zones import Zone

_MASTER = "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master"
_CATALOGUE = (
    (
        "SELECT table_name, column_name, data_type, character_maximum_length, numeric_precision,"
        " numeric_scale, is_nullable, column_default, identity_generation, collation_name"
        " FROM information_schema.columns WHERE table_schema = 'public'"
    ),
    (
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    ),
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tgname, tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
)
_TABLES = {
    False: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    True: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


def shape(zone: Zone) -> set[tuple[object, ...]]:
    """Return every column, constraint, index and trigger, as the database itself describes them."""
    if zone.url:
        return {(query[:40], *row) for query in _CATALOGUE for row in zone.all(query)}
    return {(*row[:3], *sorted(_definitions(row[3]))) for row in zone.all(_MASTER)}


def held(zone: Zone) -> dict[str, int]:
    """How many rows each table holds."""
    tables = [row[0] for row in zone.all(_TABLES[bool(zone.url)])]
    return {table: zone.one(f'SELECT count(*) FROM "{table}"') for table in tables}


def _definitions(sql: str) -> Iterator[str]:
    """Yield the columns and constraints of a CREATE TABLE; of anything else, all of it."""
    if not sql.startswith("CREATE TABLE"):
        yield sql
        return
    start, end = sql.index("(") + 1, sql.rindex(")")
    yield sql[:start] + sql[end:]
    depth, quote, piece = 0, "", ""
    for sign in sql[start:end]:
        if quote or sign in "\"'":
            quote = "" if sign == quote else quote or sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        if sign == "," and depth == 0 and not quote:
            yield piece.strip()
            piece = ""
        else:
            piece += sign
    yield piece.strip()
