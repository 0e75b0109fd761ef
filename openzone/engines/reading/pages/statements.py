"""What a page says without a figure: documents, titles, meetings, stages, builders, products."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.statements_rules import in_class, loans, pairs, quoted, sayings
from openzone.engines.reading.pages.statements_told import MOST, Told, dated
from openzone.engines.reading.pages.statements_works import owners, rows, stages
from openzone.engines.reading.pages.words import any_of


@dataclass(frozen=True, slots=True)
class _Patterns:
    titles: re.Pattern[str]
    document: re.Pattern[str]
    issued: re.Pattern[str]
    report: re.Pattern[str]
    designation: re.Pattern[str]
    titled: re.Pattern[str]
    event: re.Pattern[str]
    held: re.Pattern[str]
    held_verbs: re.Pattern[str]
    signed: re.Pattern[str]
    unusual: re.Pattern[str]
    joined: re.Pattern[str]
    passed: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(lexicon: Lexicon) -> _Patterns:
    rules = lexicon.statements
    stop = "[^，。；：！？\\n]"
    return _Patterns(
        titles=re.compile("《([^《》]{3,90}(?:〈[^〉]*〉[^《》]*)?)》|“([^“”]{8,60})”"),
        document=re.compile(f"(?:{any_of(rules.documents.endings)})(?:（[^）]*）)?$"),
        issued=re.compile(
            f"(?:{any_of(rules.bare)})(?:了|实施)?([^，。；：！？\n]{{6,40}}?(?:{any_of(rules.documents.endings)}))(?=[，。；])"
        ),
        report=re.compile(f"(?:{any_of(rules.reports)})$"),
        designation=re.compile(f"(?:{any_of(rules.designations.verbs)})(?:了|为)?({stop}{{2,60}})"),
        titled=re.compile(f"^.*(?:{any_of(rules.designations.endings)})[”》]?"),
        event=re.compile(
            f"(?:{any_of(rules.events.verbs)})(?:了|的)?({stop}{{2,60}}?(?:{any_of(rules.events.endings)}))(?![\\u4e00-\\u9fff]{{0,2}}会)"
        ),
        held=re.compile(
            f"([^，。；：！？\\n、]{{4,40}}(?:{any_of(rules.events.endings)}))(?:在[^，。；]{{2,16}})?(?:成功)?$"
        ),
        held_verbs=re.compile(any_of(rules.held)),
        signed=re.compile(
            f"(?:{any_of(rules.agreements.verbs)})(?:了)?"
            f"([^，。；：！？\n《]{{2,30}}?(?:{any_of(rules.agreements.endings)}))(?![\\d份])"
        ),
        unusual=re.compile(f"(?:{any_of(rules.future)})[^，。；]{{0,12}}$"),
        passed=re.compile(f"(?:{any_of(rules.documents.verbs)})(?:实施)?了?《$"),
        joined=re.compile(
            f"(?:[、和及]|以及)((?:“[^“”\\n]{{2,40}}”|[^，。；：！？\\n、“”]){{1,44}}?(?:{any_of(rules.events.endings)}))(?=[、，。；和等及])"
        ),
    )


def told(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield the statements of a passage."""
    readers: tuple[Callable[[Passage, Lexicon], Iterator[Told]], ...] = (
        _documents,
        _designations,
        _events,
        _founded,
        _agreements,
        stages,
        rows,
        owners,
        sayings,
        pairs,
        quoted,
        loans,
        in_class,
    )
    seen: set[tuple[str, str | int, str | None]] = set()
    for reader in readers:
        for one in reader(passage, lexicon):
            if (one.attribute, one.value, one.subject) not in seen:
                seen.add((one.attribute, one.value, one.subject))
                yield one


def _documents(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """《…办法》 is a document, 《…》报告 a report."""
    patterns, seen = _patterns(lexicon), set[str]()
    for match in patterns.titles.finditer(passage.text):
        title = match[1] or match[2]
        if title in seen:
            continue
        report = patterns.report.search(title) or patterns.report.match(
            passage.text[match.end() : match.end() + 4]
        )
        if not report and not patterns.document.search(title):
            continue
        seen.add(title)
        kind, code = ("event", "report_published") if report else ("policy", "name")
        clause = passage.clauses.at(match.start())
        start = match.start() + 1
        one = Told(kind, code, title, start, start + len(title), clause.start, "document", 0.8)
        yield one
        if patterns.passed.search(passage.text, max(clause.start, start - 12), start):
            yield from filter(None, [dated(passage, one)])
    for match in patterns.issued.finditer(passage.text):
        if match[1] not in seen and not _NO_TITLE.search(match[1]):
            seen.add(match[1])
            clause = passage.clauses.at(match.start())
            yield Told("policy", "name", match[1], *match.span(1), clause.start, "document", 0.55)


_NO_TITLE = re.compile(r"\d|《|“(?=[^”]*$)|^的|^(?:出台|印发|制定)|[^”]的全部")


def _designations(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """获评…示范园区; two titles joined are two facts."""
    patterns = _patterns(lexicon)
    for match in patterns.designation.finditer(passage.text):
        found = patterns.titled.match(match[1])
        if not found or len(found[0]) > MOST or _no_title(passage, match, found[0], patterns):
            continue
        at = match.start(1)
        for value in _titles(found[0], patterns):
            inner = value.strip("“”《》") if value.count("“") != 1 else value
            if len(inner) >= _TITLE_LEAST:
                start = passage.text.find(inner, at)
                span = (start, start + len(inner), passage.clauses.at(match.start()).start)
                yield Told("zone", "designation", inner, *span, "designation", 0.7)
            at += len(value)


def _no_title(passage: Passage, match: re.Match[str], value: str, patterns: _Patterns) -> bool:
    """Say whether what is won is counted, or not won yet, or won by many."""
    clause, verb = passage.clauses.at(match.start()), match.start()
    if _COUNTED.match(value) or _MANY.search(passage.text, clause.start, verb):
        return True
    return patterns.unusual.search(passage.text, max(clause.start, verb - 20), verb) is not None


_TITLE_LEAST = 4
_COUNTED = re.compile(r"[\d一两多]+[家个项]|[^“]*\d+[亿万家]")
_MANY = re.compile(r"\d[余多]?[家个项]|[多两三四五六]家")


def _titles(value: str, patterns: _Patterns) -> list[str]:
    """Return the titles joined in a text: 国家…企业和国家…企业."""
    first, joined, second = value.partition("和")
    both = joined and patterns.titled.fullmatch(first) and patterns.titled.fullmatch(second)
    return [first, second] if both and second.startswith(("国家", "省", "市")) else [value]


def _events(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """举办…推介会, …推介会在…举行; with the day and the place told beside."""
    seen = set[str]()
    for low, high in _held(passage, _patterns(lexicon)):
        value = passage.text[low:high].strip("“”")
        start = passage.text.find(value, low)
        if value in seen or len(value) < _SHORTEST or _NO_EVENT.search(value[-9:]):
            continue
        seen.add(value)
        said = passage.clauses.at(start).start
        if _USUAL.search(passage.text, max(said, start - 12), start):
            continue
        one = Told("event", "event_held", value, start, start + len(value), said, "event", 0.6)
        yield one
        yield from filter(None, [dated(passage, one), _where(passage, one)])


def _held(passage: Passage, patterns: _Patterns) -> Iterator[tuple[int, int]]:
    """Yield where events stand: behind a verb, before one, and in a row with one."""
    text, done = passage.text, 0
    for match in patterns.event.finditer(text):
        yield match.span(1)
        if match.end(1) <= done:
            continue  # part of a row that was read to its end
        end = match.end(1)
        while following := patterns.joined.match(text, end):
            yield following.span(1)
            end = following.end(1)
        done = end
    for verb in patterns.held_verbs.finditer(text):
        clause = passage.clauses.at(verb.start())
        before = patterns.held.search(text[clause.start : verb.start()])
        if before:
            yield clause.start + before.start(1), clause.start + before.end(1)


def _where(passage: Passage, one: Told) -> Told | None:
    """Return the place of a meeting: 在甲市举办…会, …会在甲市举行."""
    clause, text = passage.clauses.at(one.start), passage.text
    for place in passage.mentions_in(max(clause.start, one.start - 24), one.end + 8):
        before = text[max(0, place.start - 1) : place.start] == "在" and not place.anaphor
        verb = _HELD.match(text, place.end, one.start if place.end < one.start else clause.end)
        near = place.end <= one.start or place.start == one.end + 1
        if before and verb and near and place.kind in ("place", "zone"):
            span = (place.start, place.end, clause.start)
            return Told(
                "event",
                "location",
                text[place.start : place.end],
                *span,
                "held_in",
                0.7,
                str(one.value),
            )
    return None


_HELD = re.compile(r"(?:成功|隆重|顺利|圆满)?(?:举办|举行|召开|开幕)")
_SHORTEST = 5
_NO_EVENT = re.compile(r"\d+[场次]|多次|^上|^下|会议$")
_USUAL = re.compile("定期|每月|每周|每季度|经常|多次|常态化")


_SINCE = re.compile(
    r"(?:成立|创办|创建|始建|起步|组建|创立|创始|诞生|设立)于((?:19|20)\d\d)年|((?:19|20)\d\d)年(?:\d{1,2}月)?(?:注册)?(?:成立|创办|创建|创立)"
)


def _founded(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """成立于2007年."""
    for match in _SINCE.finditer(passage.text):
        year = int(match[1] or match[2])
        behind = next(iter(passage.mentions_in(match.end(), match.end() + 3)), None)
        subject = behind.name if behind and passage.text[match.end()] == "的" else None
        yield Told(
            "enterprise",
            "founded",
            year,
            *match.span(),
            match.start(),
            "founded",
            0.75,
            subject,
            "年",
        )


def _agreements(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """签订战略合作协议."""
    for match in _patterns(lexicon).signed.finditer(passage.text):
        if not re.search(r"\d", match[1]):
            clause = passage.clauses.at(match.start())
            yield Told(
                "event", "cooperation", match[1], *match.span(1), clause.start, "agreement", 0.6
            )
