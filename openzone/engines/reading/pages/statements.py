"""What a page says without a figure: documents, titles, meetings, stages, builders, products."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.words import Hit, Words, any_of

MOST = 48
"""A title or a meeting longer than this was read too far."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement: its value at ``start`` to ``end``, said from ``said`` on.

    ``subject`` is a name where the statement has its own, else whoever the passage is about there.
    """

    type: str
    attribute: str
    value: str | int
    start: int
    end: int
    said: int
    rule: str
    confidence: float
    subject: str | None = None
    unit: str | None = None


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
    stages: Words[str]
    builder: re.Pattern[str]


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
        stages=Words(rules.stages),
        builder=re.compile(
            "(?:计划|共同|全资)?(?:投资|投资建设|投资兴建|建设|承建|打造|自主研发|研发)的[“]?"
        ),
    )


def told(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """Yield the statements of a passage."""
    readers: tuple[Callable[[Passage, Lexicon], Iterator[Told]], ...] = (
        _documents,
        _designations,
        _events,
        _stages,
        _builders,
        _products,
        _founded,
        _agreements,
    )
    for reader in readers:
        yield from reader(passage, lexicon)


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
        yield Told(kind, code, title, start, start + len(title), clause.start, "document", 0.8)
    for match in patterns.issued.finditer(passage.text):
        if match[1] not in seen and not re.search(r"\d|《|“", match[1]):
            seen.add(match[1])
            clause = passage.clauses.at(match.start())
            yield Told("policy", "name", match[1], *match.span(1), clause.start, "document", 0.55)


def _designations(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """获评…示范园区."""
    patterns = _patterns(lexicon)
    for match in patterns.designation.finditer(passage.text):
        found = patterns.titled.match(match[1])
        if (
            not found
            or len(found[0]) > MOST
            or re.match(r"[\d一两多]+[家个项]|[^“]*\d+[亿万家]", found[0])
        ):
            continue
        value = found[0].strip("“”《》")
        start = match.start(1) + match[1].find(value)
        if len(value) >= 4:
            clause = passage.clauses.at(match.start())
            yield Told(
                "zone",
                "designation",
                value,
                start,
                start + len(value),
                clause.start,
                "designation",
                0.7,
            )


def _events(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """举办…推介会, …推介会在…举行."""
    patterns, seen = _patterns(lexicon), set[str]()
    found = [match.span(1) for match in patterns.event.finditer(passage.text)]
    for verb in patterns.held_verbs.finditer(passage.text):
        clause = passage.clauses.at(verb.start())
        before = patterns.held.search(passage.text[clause.start : verb.start()])
        if before:
            found.append((clause.start + before.start(1), clause.start + before.end(1)))
    for start, end in found:
        value = passage.text[start:end].strip("“”")
        if value in seen or len(value) < _SHORTEST or _NO_EVENT.search(value[-9:]):
            continue
        seen.add(value)
        said = passage.clauses.at(start).start
        yield Told("event", "event_held", value, start, end, said, "event", 0.6)


_SHORTEST = 5
_NO_EVENT = re.compile(r"\d+[场次]|多次|^上|^下|会议$")


def _stages(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """A project and what became of it in the same clause; its name is a fact of its own."""
    named: set[str] = set()
    for one in passage.mentions:
        if one.kind != "project" or one.anaphor:
            continue
        stage = _stage(passage, one, lexicon)
        if stage is None and not _invested(passage, one):
            continue
        if one.name not in named:
            named.add(one.name)
            clause = passage.clauses.at(one.start)
            yield Told(
                "project",
                "name",
                one.name,
                one.start,
                one.end,
                clause.start,
                "project",
                0.6,
                one.name,
            )
        if stage:
            word = passage.text[stage.start : stage.end]
            yield Told(
                "project",
                "stage",
                word,
                stage.start,
                stage.end,
                one.start,
                f"stage:{stage.value}",
                0.65,
                one.name,
            )


def _stage(passage: Passage, one: Mention, lexicon: Lexicon) -> Hit[str] | None:
    clause = passage.clauses.at(one.start)
    behind = passage.text[one.end : min(clause.end, one.end + 16)]
    hit = next(_patterns(lexicon).stages.find(behind), None)
    return Hit(one.end + hit.start, one.end + hit.end, hit.value) if hit else None


def _invested(passage: Passage, one: Mention) -> bool:
    """Say whether money is told of a project in its sentence."""
    sentence = passage.sentences.at(one.start)
    around = passage.text[max(sentence.start, one.start - 16) : min(sentence.end, one.end + 16)]
    return "投资" in around


def _builders(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """由甲公司投资建设的乙项目."""
    builder = _patterns(lexicon).builder
    for one, other in zip(passage.mentions, passage.mentions[1:], strict=False):
        if one.kind != "enterprise" or other.kind != "project" or one.anaphor or other.anaphor:
            continue
        if builder.fullmatch(passage.text, one.end, other.start):
            yield Told(
                "project",
                "enterprise",
                one.name,
                one.start,
                one.end,
                one.start,
                "builder",
                0.8,
                other.name,
            )


_LOAN = re.compile(r"[“‘]([\u4e00-\u9fffA-Za-z]{1,8}[贷险])[”’]")


def _products(passage: Passage, lexicon: Lexicon) -> Iterator[Told]:
    """“园区贷” is a financial product."""
    seen: set[str] = set()
    for match in _LOAN.finditer(passage.text):
        if match[1] not in seen:
            seen.add(match[1])
            clause = passage.clauses.at(match.start())
            yield Told("finance", "product", match[1], *match.span(1), clause.start, "product", 0.7)


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
