"""Works and what became of them: stages, projects in a row, who builds them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.statements_told import Told
from openzone.engines.reading.pages.words import Hit, Words, any_of


class _Patterns(NamedTuple):
    stages: Words[str]
    adverbs: re.Pattern[str]
    not_yet: re.Pattern[str]
    item: re.Pattern[str]
    row_behind: re.Pattern[str]
    row_before: re.Pattern[str]
    named: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    rules = lexicon.statements
    heads = any_of(rules.works)
    return _Patterns(
        stages=Words(rules.stages),
        adverbs=re.compile(f"(?:{rules.stage_adverbs.pattern})*$"),
        not_yet=rules.no_stage,
        item=re.compile(f"[^，。；：！？、\\n“”]{{1,36}}?(?:{heads})(?:（[^（），。]{{1,6}}）)?$"),
        row_behind=rules.row_behind,
        row_before=rules.row_before,
        named=re.compile(f"(?:{heads})(?:[一二三四]期)?$"),
    )


def stages(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """A project and what became of it; one that money is put into is a fact by its name."""
    named: set[str] = set()
    done: set[tuple[str | None, str]] = set()
    for one in _projects(passage):
        if one.name not in named and _introduced(passage, one, lexicon):
            named.add(one.name)
            yield named_work(passage, one.start, one.end, one.name)
    for hit in _patterns(lexicon).stages.find(passage.text):
        work = _work(passage, hit, lexicon)
        if work is None or (work.name, hit.value) in done:
            continue
        done.add((work.name, hit.value))
        yield _staged(passage, work, hit)


def named_work(passage: Passage, start: int, end: int, name: str) -> Told:
    """Return the fact that a project is called so."""
    clause = passage.clauses.at(start)
    return Told("project", "name", name, start, end, clause.start, "project", 0.6, name)


def _staged(passage: Passage, work: Mention, hit: Hit[str]) -> Told:
    """Return a stage, with the part of the works it is told of: 主体封顶, 一期围堰合龙."""
    between = passage.text[work.end : hit.start]
    part = _PART.search(between) if work.end <= hit.start else None
    start = work.end + part.start() if part else hit.start
    word, rule = passage.text[start : hit.end], f"stage:{hit.value}"
    said = min(work.start, start)
    return Told("project", "stage", word, start, hit.end, said, rule, 0.65, work.name)


_PART = re.compile(r"(?:[一二三四]期[^，。、的\d]{0,2}|主体(?:结构|工程)?)$")


def _projects(passage: Passage) -> Iterator[Mention]:
    """Yield the projects called by a name; behind a digit it was not read in full."""
    for one in passage.mentions:
        whole = not passage.text[max(0, one.start - 1) : one.start].isdigit()
        if one.kind == "project" and not one.anaphor and whole:
            yield one


def _introduced(passage: Passage, one: Mention, lexicon: Lexicon) -> bool:
    """Say whether money is told of a project in its sentence, or its name is in quotation marks."""
    sentence = passage.sentences.at(one.start)
    before = passage.text[max(sentence.start, one.start - 16) : one.start]
    behind = passage.text[one.end : min(sentence.end, one.end + 16)]
    quoted = before.endswith("“") and behind.startswith("”")
    return "投资" in before or "投资" in behind or quoted or one.name.endswith("项目")


def _work(passage: Passage, hit: Hit[str], lexicon: Lexicon) -> Mention | None:
    """Return what a stage is told of: what stands before it, or what was built (建成了…)."""
    clause, patterns = passage.clauses.at(hit.start), _patterns(lexicon)
    text = passage.text
    if patterns.not_yet.match(text, hit.end) or text[hit.start - 1 : hit.start] == "的":
        return None
    for one in reversed(passage.mentions_in(max(clause.start, hit.start - 60), hit.start)):
        if one.end <= hit.start and _is_work(text, one, hit, lexicon):
            return one
        if one.end <= hit.start and one.kind != "place":
            break
    return _plain_work(passage, clause.start, hit, lexicon) or _built(passage, hit)


def _is_work(text: str, one: Mention, hit: Hit[str], lexicon: Lexicon) -> bool:
    """Say whether a name is what a stage is told of: a project near it, a park right before it."""
    if one.kind == "project" and not one.anaphor:
        return hit.start - one.end <= _NEAR and not text[max(0, one.start - 1)].isdigit()
    if one.anaphor or one.kind not in ("zone", "body") or hit.value not in _OF_PARKS:
        return False
    patterns = _patterns(lexicon)
    between = text[one.end : hit.start]
    rest = _PART.sub("", between)
    close = len(between) <= _NEAR and patterns.adverbs.fullmatch(rest) is not None
    return close and patterns.named.search(one.name) is not None


_NEAR = 16
_OF_PARKS = frozenset(("in_production", "completed", "started", "handed_over", "building"))


def _plain_work(passage: Passage, low: int, hit: Hit[str], lexicon: Lexicon) -> Mention | None:
    """Return works that no rule for names knows: …、遂河至米家段 of …段建成通车."""
    patterns, text = _patterns(lexicon), passage.text
    low = max(low, hit.start - 40, text.rfind("、", low, hit.start) + 1)
    adverbs = patterns.adverbs.search(text, max(low, hit.start - _NEAR), hit.start)
    end = adverbs.start() if adverbs else hit.start
    start = _behind_time(passage, low, end)
    name = text[start:end]
    if not _PLAIN_MOST >= len(name) >= _PLAIN_LEAST or hit.value not in _OF_PARKS:
        return None
    if not patterns.named.search(name) or _NO_PLAIN.search(name):
        return None
    return Mention(start, end, name, "project")


_PLAIN_LEAST, _PLAIN_MOST = 4, 24
_NO_PLAIN = re.compile(r"[\d的了在由和与及，“”《》（]|^[该各全本一两多这]|^(?:推动|推进|加快|促进|实现)")


def _behind_time(passage: Passage, low: int, high: int) -> int:
    """Return where what follows the times of a stretch begins."""
    times = passage.periods_in(low, high)
    return max([low, *(one.end for one in times if one.end <= high)])


def _built(passage: Passage, hit: Hit[str]) -> Mention | None:
    """Return what was built: 建成了示例会展中心."""
    text = passage.text
    start = hit.end + (text[hit.end : hit.end + 1] == "了")
    if start == hit.end or not text[hit.start : hit.end].startswith(("建成", "开工建设")):
        return None
    clause = passage.clauses.at(hit.start)
    match = _OBJECT.match(text, start, min(clause.end, start + _PLAIN_MOST))
    if match is None:
        return None
    return Mention(start, match.end(), match[0], "project")


_OBJECT = re.compile(r"[^\d的、和一几多首]{3,20}(?:中心|基地|园|馆|厂|场|站|平台|大桥)$")


def rows(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Projects in a row: 甲产业化基地、乙研发中心、丙产业园等一批项目, each by its name.

    What became of them all is told of the first.
    """
    patterns = _patterns(lexicon)
    for match in _ROW.finditer(passage.text):
        items = list(_items(match, patterns))
        behind = patterns.row_behind.match(passage.text, match.end())
        before = patterns.row_before.search(
            passage.text, max(0, match.start() - 12), match.start() + 10
        )
        if len(items) < _FEWEST or not (behind or before):
            continue
        starts = [_named_start(passage, *item, patterns) for item in items]
        spans = [(start, end) for start, (_, end) in zip(starts, items, strict=True)]
        for start, end in spans:
            if end - start >= _ITEM_LEAST:
                yield named_work(passage, start, end, passage.text[start:end])
        yield from _stage_of_row(passage, spans[0], match.end(), patterns)


_ROW = re.compile(r"[^，。；：！？、\n]{2,60}(?:、[^，。；：！？、\n]{2,48})+")
_FEWEST, _ITEM_LEAST = 2, 6


def _items(match: re.Match[str], patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Yield where the items of a row stand that end in a word for works."""
    at = match.start()
    for part in match[0].split("、"):
        cut = re.split(r"等(?=[^级离候待]|$)", part, maxsplit=1)[0]
        found = patterns.item.match(cut)
        if found and not _COUNTED.search(cut):
            yield at, at + len(found[0])
        at += len(part) + 1


_COUNTED = re.compile(r"\d+[余多]?[个家项条座]|[一两几多][个批家条座]")


def _named_start(passage: Passage, start: int, end: int, patterns: _Patterns) -> int:
    """Return where a name begins behind the verb that brings it in (新引进…)."""
    match = patterns.row_before.search(passage.text, start, end)
    return match.end() if match and end - match.end() >= _ITEM_LEAST else start


def _stage_of_row(
    passage: Passage, first: tuple[int, int], end: int, patterns: _Patterns
) -> Iterator[Told]:
    clause = passage.clauses.at(end - 1)
    for hit in patterns.stages.find(passage.text, max(clause.start, end - 24), clause.end):
        name = passage.text[slice(*first)]
        span = (hit.start, hit.end, first[0])
        word = passage.text[hit.start : hit.end]
        yield Told("project", "stage", word, *span, f"stage:{hit.value}", 0.5, name)
        return


def owners(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Who the name of a project begins with builds it: 示例动力 of 示例动力电池项目."""
    for project in _projects(passage):
        for firm in passage.inside:
            if firm.start == project.start and _introduced(passage, project, lexicon):
                span = (firm.start, firm.end, firm.start)
                yield Told(
                    "project", "enterprise", firm.name, *span, "owner", 0.7, project.name
                )
