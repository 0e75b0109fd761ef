"""Faults people can mend end as sentences; anything else is ours and may show itself."""

from collections.abc import Iterator
from contextlib import contextmanager

from openzone.cli.output import refuse, refuse_lines, say
from openzone.engines.rules.problems import PackError
from openzone.engines.tables.problems import Refused
from openzone.engines.text import Text


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn every expected fault into its sentence and exit code 2."""
    try:
        yield
    except Refused as error:
        refuse(error.text)
    except PackError as error:
        refuse_lines(
            f"{problem.file}:{problem.line}: {problem.path + ': ' if problem.path else ''}"
            f"{say(problem.reason)}"
            for problem in error.problems
        )
    except FileNotFoundError as error:
        refuse(Text(f"找不到文件：{error.filename}", f"File not found: {error.filename}"))
    except IsADirectoryError as error:
        refuse(Text(f"这是文件夹，不是文件：{error.filename}", f"A folder: {error.filename}"))
    except PermissionError as error:
        refuse(Text(f"没有权限：{error.filename}", f"Permission denied: {error.filename}"))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception as error:
        from openzone.zone.errors import Refused as RefusedByZone

        if isinstance(error, RefusedByZone):
            refuse(error.reason)
        raise
