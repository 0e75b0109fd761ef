"""What the command says, to whom, and how it ends.

Results go to standard output, everything else to standard error. Exit codes: 0 done, 1 the answer
is "not in order" (``verify``), 2 the input was refused and nothing was changed, 70 a fault of the
program, 130 interrupted.
"""

import os
import sys
from collections.abc import Iterable
from typing import NoReturn

from openzone.engines.text import Text

REFUSED = 2
SHOWN = 200


def language() -> str:
    """The language of messages: ``OPENZONE_LANG``, else the locale, else both (empty)."""
    for name in ("OPENZONE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").lower()
        if value.startswith(("zh", "en")):
            return value[:2]
    return ""


def say(text: Text) -> str:
    """Return the text in the user's language, or in both where that is not known."""
    return text.for_language(language()) if language() else str(text)


def help_text(zh: str, en: str) -> str:
    """Return a line of ``--help``, which is put together before any command runs."""
    return say(Text(zh, en))


def note(text: Text) -> None:
    """Tell the person something that is not the result."""
    print(say(text), file=sys.stderr)


def refuse(*texts: Text) -> NoReturn:
    """Name every reason and end with exit code 2; the caller has changed nothing."""
    refuse_lines(say(text) for text in texts)


def refuse_lines(lines: Iterable[str]) -> NoReturn:
    """End with exit code 2 after naming the problems, the first ``SHOWN`` of them."""
    count = 0
    for count, line in enumerate(lines, start=1):
        if count <= SHOWN:
            print(line, file=sys.stderr)
    if count > SHOWN:
        note(Text(f"……另有{count - SHOWN}个问题", f"… and {count - SHOWN} more problems"))
    raise SystemExit(REFUSED)
