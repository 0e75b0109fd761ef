"""Names of projects: what money is put into, and what ends in a word for one."""

import re

from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.names import (
    Mention,
    NamePatterns,
    Places,
    left_edge,
    longest,
    patterns,
)


def projects(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return projects: what money is put into, and what ends in a word for one."""
    compiled, rules = patterns(lexicon), lexicon.names
    found = [
        Mention(match.start(1), end, text[match.start(1) : end], "project")
        for match in rules.invested.finditer(text)
        if match[1] not in rules.not_projects and len(match[1]) > _BARE
        for end in (_end(text, match.start(1), match.end(1), compiled),)
    ]
    for match in compiled.project.finditer(text):
        start = left_edge(text, match.start(), known, lexicon, least=4)
        name = text[start : match.end()]
        described = rules.told_as.search(text, max(0, start - _SAID), start)
        if len(name) - len(match[0]) >= 3 and not _general(name, rules) and not described:
            found.append(Mention(start, match.end(), name, "project"))
    return longest(found)


def _end(text: str, start: int, end: int, compiled: NamePatterns) -> int:
    """Return where a project ends: behind the last word for one, if any (…引水工程全线贯通)."""
    heads = [match.end() for match in compiled.project.finditer(text, start, end)]
    return heads[-1] if heads and heads[-1] - start > _SHORT else end


_BARE, _SHORT = 2, 4
_SAID = 16


_COUNTED = re.compile(r"\d+[余多]?[个家项条座]")


def _general(name: str, rules: NameRules) -> bool:
    """Say whether a name means any project: 重点项目, 招商引资项目, 一批老旧生产线."""
    counted = name.startswith(rules.counted) or _COUNTED.search(name) is not None
    return counted or name.endswith(rules.not_projects)
