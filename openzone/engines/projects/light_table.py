"""A table of months → histories of projects, or every problem of it and nothing read.

One row is one month of one project. Progress may be written in percent or as a share: with a % in
the cell or the header it is certain; bare numbers are percent when any of them is above 1, and one
between 0 and 1 among them could be either and is refused. A date that names only its month is
taken as the last day of it, so that nothing is late on an assumption. An empty cell under a day on
which something happens says that it has not happened; a column that is not there says nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from openzone.engines.facts.catalogue import NEVER
from openzone.engines.projects.light_columns import VOCABULARY
from openzone.engines.projects.light_model import NOT_YET, Colour, Month, Override, month_end
from openzone.engines.tables.csvfile import decoded
from openzone.engines.tables.dates import YEARS, read_date
from openzone.engines.tables.kinds import OPERATOR_LIMITS, Limits
from openzone.engines.tables.messages import Severity
from openzone.engines.tables.objects import Objects, errors, told
from openzone.engines.tables.problems import Fault, Problem, TableProblems
from openzone.engines.tables.reading import read_table
from openzone.engines.tables.rows import Row
from openzone.engines.tables.values import Value
from openzone.engines.text import Text

NAMES = ("project", "name")
"""What tells projects apart: the number, else the name; one project needs neither."""
PROGRESS = ("planned", "actual")
HIGHEST = Decimal(10)
"""More than ten times the whole is no progress but a unit gone wrong."""
JSON_SUFFIXES = (".json", ".jsonl")

NO_MONTH = Text("缺少月份", "the month is missing")
NO_PROJECT = Text("缺少项目", "the project is missing")
NO_MONTH_COLUMN = Text("没有“月份”一列", "there is no column “month”")
NO_ROWS = Text("文件里没有数据", "the file holds no rows")
TWICE = Text(
    "项目“{project}”的 {month} 已在第{row}行给出",
    "{month} of project “{project}” was given in row {row} already",
)
EITHER = Text(
    "“{value}”可能是{value}%，也可能是比例：请加上%，或在表头写明（%）",
    "“{value}” may be {value} % or a share: write the % sign, or put (%) into the header",
)
TOO_MUCH = Text("进度 {value} 超过1000%，请核对单位", "a progress of {value} is over 1000 %")
FAR_OFF = Text("“{value}”不在1900至2100年之间", "“{value}” is not between 1900 and 2100")
NO_REASON = Text("人工调整须写明理由", "an override needs a reason")
NO_UNTIL = Text("人工调整须写明有效期", "an override needs a day until which it holds")
NO_COLOUR = Text("写了人工调整的理由或有效期，没有颜色", "an override without its colour")
OVER_ALREADY = Text("有效期早于该月", "the override ends before its month")
AS_PERCENT = Text("进度没有写单位，按百分数读取", "progress has no unit; read as percent")
AS_SHARE = Text(
    "进度没有写单位，按比例（1为100%）读取", "progress has no unit; read as shares of 1"
)


@dataclass(frozen=True, slots=True)
class Histories:
    """The months of every project in the order of the file, and what was assumed."""

    months: dict[str, list[Month]]
    fields: frozenset[str]
    assumed: tuple[Text, ...] = ()


def read_histories(
    path: Path,
    as_of: dt.date,
    *,
    limits: Limits = OPERATOR_LIMITS,
    ignore_unknown: bool = False,
) -> Histories:
    """Read months of projects from csv, xlsx, xls, json or jsonl.

    Raises `Refused` for the file as a whole, `TableProblems` with every problem otherwise.
    """
    rows, fields, problems, assumed = _read(path, as_of, limits)
    told_of = [_stricter(one, ignore_unknown) for one in problems]
    assumed += [one.sentence for one in told_of if one.severity is Severity.WARNING]
    if not rows and not errors(told_of):
        told_of.append(told(NO_ROWS))
    if rows and "month" not in fields:
        told_of.append(told(NO_MONTH_COLUMN))
    scale = _scale(rows)
    if scale is not None:
        assumed.append(AS_PERCENT if scale == Decimal("0.01") else AS_SHARE)
    months = list(_months(rows, frozenset(fields), scale, told_of))
    if wrong := errors(told_of):
        raise TableProblems(wrong)
    return Histories(_by_project(months), frozenset(fields), tuple(assumed))


def _read(
    path: Path, as_of: dt.date, limits: Limits
) -> tuple[Sequence[Row], set[str], list[Problem], list[Text]]:
    """Return rows, the fields there are columns of, problems, and what was left out."""
    if path.suffix.lower() in JSON_SUFFIXES:
        objects = Objects(VOCABULARY, as_of, within="months")
        objects.read(decoded(path.read_bytes()), lines=path.suffix.lower() == ".jsonl")
        return objects.rows, objects.fields, objects.problems, []
    reading = read_table(path.name, path, VOCABULARY, as_of=as_of, limits=limits, key=())
    fields = {column.field.name for sheet in reading.sheets for column in sheet.columns}
    left_out = [
        Text(f"第{one.row}行未读：{one.reason.zh}", f"row {one.row} was left out: {one.reason.en}")
        for one in reading.skipped
    ]
    return reading.rows, fields, list(reading.problems), left_out


def _stricter(one: Problem, ignore_unknown: bool) -> Problem:
    """A misspelt column of approved pauses would turn projects red unseen."""
    if one.code == "column_unknown" and not ignore_unknown:
        return replace(one, severity=Severity.ERROR)
    return one


def _scale(rows: Iterable[Row]) -> Decimal | None:
    """Return what bare figures of progress are counted in; None where there are none."""
    bare = [_number(value) for row in rows for value in _bare(row)]
    if not any(bare):
        return None
    return Decimal("0.01") if max(bare) > 1 else Decimal(1)


def _bare(row: Row) -> Iterator[Value]:
    for name in PROGRESS:
        value = row.values.get(name)
        if value is not None and not value.unit and not value.original.rstrip().endswith("%"):
            yield value


def _number(value: Value) -> Decimal:
    assert isinstance(value.value, Decimal)  # noqa: S101 - progress is read as a number
    return value.value


def _months(
    rows: Iterable[Row], fields: frozenset[str], scale: Decimal | None, problems: list[Problem]
) -> Iterator[Month]:
    """Yield what can be read; what cannot goes to ``problems``."""
    first: dict[tuple[str, dt.date], int] = {}
    unread = {(one.sheet, one.row) for one in errors(problems)}
    for row in rows:
        faults = [*_progress_faults(row, scale), *_date_faults(row)]
        if (row.sheet, row.number) not in unread:  # what cannot be read is not missing as well
            faults = [*_absences(row, fields), *faults, *_override_faults(row)]
        problems += [_placed(row, name, reason) for name, reason in faults]
        day = _day(row.values.get("month"))
        if faults or day is None or (row.sheet, row.number) in unread:
            continue
        month = _month(row, day.replace(day=1), fields, scale)
        key = (month.project, month.month)
        if key in first:
            words = {"project": key[0], "month": f"{key[1]:%Y-%m}", "row": first[key]}
            reason = TWICE.format(**words)
            problems.append(_placed(row, "month", reason))
            continue
        first[key] = row.number
        yield month


def _placed(row: Row, name: str, reason: Text) -> Problem:
    """Give a reason its row and the column by its label."""
    label = VOCABULARY[name].label
    return told(reason, sheet=row.sheet, row=row.number, column=f"{label.zh}/{name}")


def _absences(row: Row, fields: frozenset[str]) -> Iterator[tuple[str, Text]]:
    if "month" in fields and "month" not in row.values:
        yield "month", NO_MONTH
    if fields & set(NAMES) and not row.values.keys() & set(NAMES):
        yield "project", NO_PROJECT


def _date_faults(row: Row) -> Iterator[tuple[str, Text]]:
    """A spreadsheet makes a day of any number, up to the year 9999."""
    for name, value in row.values.items():
        day = value.value
        if isinstance(day, dt.date) and day != NEVER and day.year not in YEARS:
            yield name, FAR_OFF.format(value=value.original)


def _progress_faults(row: Row, scale: Decimal | None) -> Iterator[tuple[str, Text]]:
    for name in PROGRESS:
        value = row.values.get(name)
        if value is None:
            continue
        if scale == Decimal("0.01") and value in _bare(row) and 0 < _number(value) < 1:
            yield name, EITHER.format(value=value.original)
        elif _share(row, name, scale) > HIGHEST:
            yield name, TOO_MUCH.format(value=value.original)


def _override_faults(row: Row) -> Iterator[tuple[str, Text]]:
    given = {
        name for name in ("override", "override_reason", "override_until") if name in row.values
    }
    if not given:
        return
    if "override" not in given:
        yield "override", NO_COLOUR
    if "override_reason" not in given:
        yield "override_reason", NO_REASON
    if "override_until" not in given:
        yield "override_until", NO_UNTIL
    month, until = _day(row.values.get("month")), _day(row.values.get("override_until"))
    if month is not None and until is not None and until < month.replace(day=1):
        yield "override_until", OVER_ALREADY


def _month(row: Row, month: dt.date, fields: frozenset[str], scale: Decimal | None) -> Month:
    def share(name: str) -> Decimal | None:
        return _share(row, name, scale) if name in row.values else None

    def day(name: str) -> dt.date | None:
        return _day(row.values.get(name))

    def event(name: str) -> dt.date | None:
        return day(name) or (NOT_YET if name in fields else None)

    def flag(name: str) -> bool | None:
        return bool(row.values[name].value) if name in row.values else None

    project = row.values.get("project") or row.values.get("name")
    return Month(
        month,
        str(project.value) if project else "",
        planned=share("planned"),
        actual=share("actual"),
        due_start=day("due_start"),
        started_on=event("started_on"),
        statistics_on=event("statistics_on"),
        due_on=day("due_on"),
        done_on=event("done_on"),
        paused=flag("paused"),
        expected_late=flag("expected_late"),
        serious=flag("serious"),
        poor_quality=flag("poor_quality"),
        reason_accepted=flag("reason_accepted"),
        overrides=tuple(_overrides(row)),
    )


def _share(row: Row, name: str, scale: Decimal | None) -> Decimal:
    value = row.values[name]
    is_bare = value in _bare(row)
    return _number(value) * scale if is_bare and scale is not None else _number(value)


def _day(value: Value | None) -> dt.date | None:
    """Return the day of a cell, the last one where it names only its month."""
    if value is None or not isinstance(value.value, dt.date):
        return None
    if value.value == NEVER:
        return NOT_YET
    found = read_date(value.original)
    only_month = isinstance(found, Fault) and found.code == "date_no_day"
    return month_end(value.value) if only_month else value.value


def _overrides(row: Row) -> Iterator[Override]:
    colour, until = row.values.get("override"), _day(row.values.get("override_until"))
    if colour is not None and until is not None:
        rule = row.values.get("override_rule")
        reason = str(row.values["override_reason"].value)
        yield Override(Colour(str(colour.value)), reason, until, str(rule.value) if rule else "")


def _by_project(months: Iterable[Month]) -> dict[str, list[Month]]:
    found: dict[str, list[Month]] = {}
    for month in months:
        found.setdefault(month.project, []).append(month)
    return found
