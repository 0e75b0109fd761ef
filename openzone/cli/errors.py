"""Faults people can mend end as sentences; a fault of the program ends as one, with a report."""

import os
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from typer.exceptions import TyperException

from openzone.cli.output import note, refuse_lines, say
from openzone.cli.usage import usage_sentence
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.rules.problems import PackProblem

FAULT = 70
INTERRUPTED = 130


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn every expected fault into its sentences and exit code 2."""
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:
        lines = list(_lines(error))
        if not lines:
            _report(error)
        refuse_lines(lines)


def _lines(error: Exception) -> Iterator[str]:
    """Yield what is wrong, nothing where the fault is ours."""
    match error:
        case TyperException():
            yield say(usage_sentence(error))
        case OSError():
            yield say(_about_file(error))
        case _:
            yield from _of_engines(error)
            if "django" in sys.modules:
                yield from _of_zone(error)


def _about_file(error: OSError) -> Text:
    name = error.filename or ""
    match error:
        case FileNotFoundError():
            return Text(f"找不到文件：{name}", f"File not found: {name}")
        case IsADirectoryError():
            return Text(f"这是文件夹，不是文件：{name}", f"This is a folder, not a file: {name}")
        case PermissionError():
            return Text(f"没有权限：{name}", f"Permission denied: {name}")
    reason = error.strerror or str(error)
    return Text(f"无法读写 {name}：{reason}", f"Cannot read or write {name}: {reason}")


def _of_engines(error: Exception) -> Iterator[str]:
    """Yield the sentences of what packs and files can have wrong."""
    from openzone.engines.rules.problems import PackError
    from openzone.engines.rules.values import ColumnsError
    from openzone.engines.tables.problems import Refused
    from openzone.engines.worktime.errors import WorktimeError
    from openzone.packs.calendars import CalendarFileError
    from openzone.scale.spark import SparkUnavailableError

    match error:
        case PackError():
            yield from map(problem_line, error.problems)
        case CalendarFileError():
            yield from (f"{error.path}: {say(problem.text)}" for problem in error.problems)
        case ColumnsError():
            for cell in error.problems:
                row = f"[{cell.row}]" if cell.row else ""
                yield f"{cell.fact}{row}: {say(cell.reason)}"
        case Refused():
            yield say(error.text)
        case WorktimeError() | SparkUnavailableError():
            yield say(error.reason)


def problem_line(problem: "PackProblem") -> str:
    """Return ``file:line: path: reason`` in the user's language."""
    return f"{problem.place}{say(problem.reason)}"


def _of_zone(error: Exception) -> Iterator[str]:
    """Yield the sentences of what services refuse and databases cannot do."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error

    from openzone.zone.errors import Refused

    match error:
        case Refused():
            yield say(error.reason)
        case Error() | ImproperlyConfigured():
            reason = " ".join(str(error).split())
            yield say(Text(f"数据库不可用：{reason}", f"The database cannot be used: {reason}"))


def _report(error: Exception) -> NoReturn:
    """Keep the details of our own fault in a file, for the people who mend it."""
    if os.environ.get("OPENZONE_DEBUG") == "1":
        raise error
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="openzone-fault-", suffix=".txt", delete=False
    ) as report:
        report.writelines(traceback.format_exception(error))
    name = type(error).__name__
    note(
        Text(
            f"程序出错（{name}），没有完成。详情已存入 {report.name}，请转交维护者。",
            f"The program failed ({name}) and did not finish. "
            f"Details are in {report.name}; please send it to the maintainers.",
        )
    )
    raise SystemExit(FAULT)
