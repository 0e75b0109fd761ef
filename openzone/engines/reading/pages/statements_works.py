"""Works and what became of them: stages, projects in a row, who builds them."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage, Span
from openzone.engines.reading.pages.statements_told import Told
from openzone.engines.reading.pages.words import Hit, any_of


class _Patterns(NamedTuple):
    stages: re.Pattern[str]
    adverbs: re.Pattern[str]
    not_yet: re.Pattern[str]
    item: re.Pattern[str]
    row_behind: re.Pattern[str]
    row_before: re.Pattern[str]
    told: re.Pattern[str]
    parks: re.Pattern[str]
    in_row: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    rules = lexicon.statements
    heads = any_of(rules.works)
    parks = any_of(one for one in rules.works if one not in rules.told_works)
    return _Patterns(
        stages=re.compile(any_of(rules.stages)),
        adverbs=re.compile(f"(?:{rules.stage_adverbs.pattern})*$"),
        not_yet=rules.no_stage,
        item=re.compile(f"[^，。；：！？、\\n“”]{{1,40}}(?:{heads})(?:（[^（），。]{{1,6}}）)?"),
        row_behind=rules.row_behind,
        row_before=rules.row_before,
        told=re.compile(f"(?:{any_of(rules.told_works)})$"),
        parks=re.compile(f"(?:{parks})(?:[一二三四]期)?$"),
        in_row=re.compile(f"(?:{heads})(?:（[^（），。]{{1,6}}）)?、"),
    )


def stages(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """A project and what became of it; one that money is put into is a fact by its name."""
    named: set[str] = set()
    done: set[tuple[str | None, str]] = set()
    for one in _projects(passage):
        if one.name not in named and _introduced(passage, one):
            named.add(one.name)
            yield named_work(passage, one.start, one.end, one.name)
    patterns = _patterns(lexicon)
    for match in patterns.stages.finditer(passage.text):
        hit = Hit(match.start(), match.end(), lexicon.statements.stages[match[0]])
        work = _work(passage, hit, lexicon)
        if work is None or (work.name, hit.value) in done:
            continue
        done.add((work.name, hit.value))
        if work.name not in named and _told_by_name(passage, work, patterns):
            named.add(work.name)
            yield named_work(passage, work.start, work.end, work.name)
        yield _staged(passage, work, hit)


def _told_by_name(passage: Passage, work: Mention, patterns: _Patterns) -> bool:
    """Say whether works are a project by their name, or a park by the money put into it."""
    if work.anaphor or work.kind == "enterprise":
        return False
    return patterns.told.search(work.name) is not None or _introduced(passage, work)


def named_work(passage: Passage, start: int, end: int, name: str) -> Told:
    """Return the fact that a project is called so."""
    clause = passage.clauses.at(start)
    return Told("project", "name", name, start, end, clause.start, "project", 0.6, name)


def _staged(passage: Passage, work: Mention, hit: Hit[str]) -> Told:
    """Return a stage, with the part of the works it is told of: 主体封顶, 一期大坝合龙."""
    between = passage.text[work.end : hit.start]
    part = _PART.search(between) if work.end <= hit.start else None
    start = work.end + part.start() if part else hit.start
    word, rule = passage.text[start : hit.end], f"stage:{hit.value}"
    said = passage.clauses.at(start).start if work.start < start - _FAR else min(work.start, start)
    name = None if work.anaphor else work.name
    return Told("project", "stage", word, start, hit.end, said, rule, 0.65, name)


_FAR = 40


_PART = re.compile(r"(?:[一二三四]期[^，。、的\d]{0,2}|主体(?:结构|工程)?)$")


def _projects(passage: Passage) -> Iterator[Mention]:
    """Yield the projects called by a name."""
    for one in passage.mentions:
        if one.kind == "project" and _called(passage.text, one):
            yield one


def _called(text: str, one: Mention) -> bool:
    """Say whether a project is called by a name that was read in full and without a verb."""
    digit = text[max(0, one.start - 1) : one.start].isdigit()
    return not one.anaphor and not digit and not _NO_ITEM.search(one.name)


def _introduced(passage: Passage, one: Mention) -> bool:
    """Say whether money is told of a project in its sentence."""
    sentence = passage.sentences.at(one.start)
    before = passage.text[max(sentence.start, one.start - 16) : one.start]
    behind = passage.text[one.end : min(sentence.end, one.end + 16)]
    return "投资" in before or "投资" in behind


def _work(passage: Passage, hit: Hit[str], lexicon: Lexicon) -> Mention | None:
    """Return what a stage is told of: what stands before it, or what was built (建成了…)."""
    clause, patterns = passage.clauses.at(hit.start), _patterns(lexicon)
    text = passage.text
    if text[hit.end : hit.end + 1] == "的":
        behind = passage.mentions_in(hit.end + 1, hit.end + 2)
        return behind[0] if behind and behind[0].kind == "project" else None
    if patterns.not_yet.match(text, hit.end) or text[hit.start - 1 : hit.start] == "的":
        return None
    for one in reversed(passage.mentions_in(max(clause.start, hit.start - 60), hit.start)):
        if one.end <= hit.start and _is_work(text, one, hit, lexicon):
            return one
        if one.end <= hit.start and not _passed_over(text, one):
            break
    return (
        _plain_work(passage, clause.start, hit, lexicon)
        or _built(passage, hit)
        or _told_before(passage, clause, hit, patterns)
    )


def _told_before(
    passage: Passage, clause: Span, hit: Hit[str], patterns: _Patterns
) -> Mention | None:
    """Return what a clause goes on about that says no more than when and what: …，4月动工."""
    text, sentence = passage.text, passage.sentences.at(hit.start)
    start = _behind_time(passage, clause.start, hit.start)
    alone = patterns.adverbs.fullmatch(text, start, hit.start)
    if not alone or clause.end - hit.end > _REST:
        return None
    if clause.start == sentence.start:
        before = passage.sentences.before(clause.start)
        low = max(before.start, clause.start - _BACK) if before else clause.start
        return _topic(passage, low, clause.start, patterns) if start > clause.start else None
    low = max(sentence.start, clause.start - _BACK)
    return _topic(passage, low, clause.start, patterns)


def _topic(passage: Passage, low: int, high: int, patterns: _Patterns) -> Mention | None:
    """Return the last project or park of a stretch, else its last enterprise."""
    firm: Mention | None = None
    for one in reversed(passage.mentions_in(low, high)):
        park = one.kind == "zone" and patterns.parks.search(one.name)
        if one.kind == "project" or (park and not one.anaphor):
            return one
        if one.kind == "enterprise" and firm is None:
            firm = one
    return firm


_BACK = 80
_REST = 2


def _passed_over(text: str, one: Mention) -> bool:
    """Say whether a name only tells where or which part: …项目在园区开工, …水库一期大坝合龙."""
    part = one.anaphor and one.kind == "project"
    return one.kind == "place" or part or text[max(0, one.start - 1)] == "在"


def _is_work(text: str, one: Mention, hit: Hit[str], lexicon: Lexicon) -> bool:
    """Say whether a name is what a stage is told of: a project near it, a park right before it."""
    if one.kind == "project" and not one.anaphor:
        several = "等" in text[one.end : hit.start]
        return hit.start - one.end <= _NEAR and _called(text, one) and not several
    firm = one.kind == "enterprise" and hit.value in _OF_FIRMS
    park = one.kind in ("zone", "body") and hit.value in _OF_PARKS
    if one.anaphor or not (firm or park):
        return False
    patterns, between = _patterns(lexicon), text[one.end : hit.start]
    rest = _PART.sub("", between)
    close = len(between) <= _NEAR and patterns.adverbs.fullmatch(rest) is not None
    return close and (firm or patterns.parks.search(one.name) is not None)


_NEAR = 16
_OF_FIRMS = frozenset(("land_won", "in_production"))
_OF_PARKS = frozenset(("in_production", "completed", "started", "handed_over", "building"))


def _plain_work(passage: Passage, low: int, hit: Hit[str], lexicon: Lexicon) -> Mention | None:
    """Return works that no rule for names knows: …、甲河至乙山段 of …段建成通车."""
    patterns, text = _patterns(lexicon), passage.text
    low = max(low, hit.start - 40, *(text.rfind(one, low, hit.start) + 1 for one in "、的"))
    adverbs = patterns.adverbs.search(text, max(low, hit.start - _NEAR), hit.start)
    end = adverbs.start() if adverbs else hit.start
    start = _behind_time(passage, low, end)
    name = text[start:end]
    if not _PLAIN_MOST >= len(name) >= _PLAIN_LEAST or hit.value not in _OF_PARKS:
        return None
    if not patterns.parks.search(name) or _NO_PLAIN.search(name):
        return None
    return Mention(start, end, name, "project")


_PLAIN_LEAST, _PLAIN_MOST = 4, 24
_NO_PLAIN = re.compile(
    r"[\d的了在由和与及，“”《》]|^[该各全本一两多这]|^(?:推动|推进|加快|促进|实现|打造|建设|确保|围绕|提高|年度)"
)


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
    patterns, done = _patterns(lexicon), -1
    for mark in patterns.in_row.finditer(passage.text):
        if mark.start() < done:
            continue
        clause = passage.clauses.at(mark.start())
        done = clause.end
        yield from _row(passage, clause, lexicon)


def _row(passage: Passage, clause: Span, lexicon: Lexicon) -> Iterator[Told]:
    """Yield the works named side by side in a clause."""
    text, patterns = passage.text, _patterns(lexicon)
    items = list(_items(text, clause, patterns))
    if len(items) < _FEWEST:
        return
    end = items[-1][1]
    behind = patterns.row_behind.match(text, end, clause.end)
    if not behind and not patterns.row_before.search(text, clause.start, items[0][0] + 10):
        return
    spans = [(_named_start(text, *item, patterns), item[1]) for item in items]
    for start, stop in spans:
        if stop - start >= _ITEM_LEAST and not _NO_ITEM.search(text[start:stop]):
            yield named_work(passage, start, stop, text[start:stop])
    hit = patterns.stages.search(text, end, min(clause.end, end + 24))
    if hit:
        name, rule = text[slice(*spans[0])], f"stage:{lexicon.statements.stages[hit[0]]}"
        yield Told("project", "stage", hit[0], *hit.span(), clause.start, rule, 0.5, name)


_FEWEST, _ITEM_LEAST = 2, 6
_NO_ITEM = re.compile("[的了“”]|^(?:推动|推进|加快|促进|实现|打造|建设|确保|围绕|提高)")


def _items(text: str, clause: Span, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Yield where the items of a row stand that end in a word for works."""
    at = clause.start
    parts = text[at : clause.end].split("、")
    for index, part in enumerate(parts):
        cut = _ENOUGH.split(part, maxsplit=1)[0]
        found = patterns.item.match(cut[:_ITEM_MOST])
        last = index == len(parts) - 1
        if found and (last or found.end() == len(cut)) and not _COUNTED.search(found[0]):
            yield at, at + found.end()
        at += len(part) + 1


_ENOUGH = re.compile("等(?![级离候待])|(?<=[园地心目线厂）])和")
_ITEM_MOST = 60
_COUNTED = re.compile(r"\d+[余多]?[个家项条座]|[一两几多][个批家条座]")


def _named_start(text: str, start: int, end: int, patterns: _Patterns) -> int:
    """Return where a name begins behind the verb that brings it in (新引进…)."""
    match = patterns.row_before.search(text, start, end)
    return match.end() if match and end - match.end() >= _ITEM_LEAST else start


_BARE = len("项目")


def owners(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Who the name of a project begins with builds it: 示例动力 of 示例动力电池项目."""
    for project in _projects(passage):
        for firm in passage.inside:
            if firm.end == project.end - _BARE or firm.start != project.start:
                continue
            told = _introduced(passage, project) or lexicon.statements.staff.match(
                passage.text, project.end
            )
            if told:
                span = (firm.start, firm.end, firm.start)
                yield Told("project", "enterprise", firm.name, *span, "owner", 0.7, project.name)
