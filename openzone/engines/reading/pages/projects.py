"""Names of projects: what money is put into, and what ends in a word for one."""

import re

from openzone.engines.reading.pages.lexicon import Lexicon, NameRules
from openzone.engines.reading.pages.names import Mention, Places, left_edge, longest, patterns

_INVESTED = re.compile(
    r"(?:投资|总投资|占地|投资额)[^，。；、]{0,4}?\d[\d.,]*[余多]?(?:亿|万|千)*(?:美元|元|亩)(?:以上)?的([^，。；：！？\n]{2,40}?)(?=[，。；、！？\n]|等|正式|已|顺利|成功|签约|落户|开工|竣工|投产|将|于|在[^线]|预计|进展|主体)"
)


def projects(text: str, known: Places, lexicon: Lexicon) -> list[Mention]:
    """Return projects: what money is put into, and what ends in a word for one."""
    compiled, rules = patterns(lexicon), lexicon.names
    found = [
        Mention(match.start(1), match.end(1), match[1], "project")
        for match in _INVESTED.finditer(text)
        if match[1] not in rules.not_projects
    ]
    for match in compiled.project.finditer(text):
        start = left_edge(text, match.start(), known, lexicon, least=4)
        name = text[start : match.end()]
        if len(name) - len(match[0]) >= 3 and not _general(name, rules):
            found.append(Mention(start, match.end(), name, "project"))
    return longest(found)


def _general(name: str, rules: NameRules) -> bool:
    """Say whether a name means any project: 重点项目, 招商引资项目."""
    return name.endswith(rules.not_projects)
