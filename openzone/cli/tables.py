"""Files that a command is given: what is wrong with one is said, and ends the command."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from openzone.cli.output import note, refuse, refuse_lines, say
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.engines.tables.problems import Problem


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """End the command with every problem of the file that is read inside."""
    from openzone.engines.tables.problems import Refused, TableProblems

    try:
        yield
    except Refused as error:
        refuse(Text(f"{path}：{error.text.zh}", f"{path}: {error.text.en}"))
    except TableProblems as error:
        refuse_lines(_lines(path, error.problems))


def remark(remarks: "Iterable[Problem]") -> None:
    """Say beside the answer what nobody needs to mend, such as a column that was not read."""
    for one in remarks:
        note(one.sentence)


def _lines(path: Path, problems: "list[Problem]") -> Iterator[str]:
    """Yield what is wrong with a file, in sentences."""
    count = len(problems)
    plural = "" if count == 1 else "s"
    yield say(
        Text(
            f"{path}：{count}个问题，没有给出任何答案",
            f"{path}: {count} problem{plural}, no answers were given",
        )
    )
    if any(problem.code == "column_unknown" for problem in problems):
        yield say(
            Text(
                "加 --ignore-unknown 可忽略不认识的列",
                "with --ignore-unknown, columns that are not known are left out",
            )
        )
    yield from (say(problem.sentence) for problem in problems)
