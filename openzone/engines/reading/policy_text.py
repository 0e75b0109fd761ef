"""The pasted text of a policy → its structure: title, number, dates, clauses, what it gives.

Deterministic and shallow on purpose: it finds what Chinese official documents write the same way
everywhere (公文格式: 标题、发文字号、成文日期、第X条) and points at the sentence it was read from.
It decides nothing. A sentence that promises something becomes a suggestion that a person
confirms, changes or puts aside.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cn2an

from openzone.engines.reading.figures import Figure, figures
from openzone.engines.reading.gives import Kind, Mode, gives, heading_of, kind_of, mode_of, name_of

LONGEST = 400_000
_NUMERALS = "〇零一二三四五六七八九十百千0-9"

_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,16})[〔\[（(【﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\]）)】﹞]\s*第?\s*(?P<no>\d{1,5})\s*号"
)
_DATE = re.compile(r"(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日")
_CHINESE_DATE = re.compile(
    r"(?P<y>[二一][〇○零Ｏ一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_CLAUSE = re.compile(rf"^\s*(?P<no>第[{_NUMERALS}]+条)[\s:：、.．]*")
_LISTED = re.compile(
    r"^\s*(?P<no>[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）)\s*"
)
_CHAPTER = re.compile(rf"^\s*第[{_NUMERALS}]+[章节]")
_TITLE_END = re.compile(
    r"(?:办法|措施|意见|政策|细则|规定|通知|方案|条例|计划|若干政策|公告|指南)(?:[（(](?:试行|暂行|修订)[)）])?$"
)
_SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause (第三条, or 三、 in documents without 条) with its text; ``line`` counts from 1."""

    ref: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something the text seems to give; ``wording`` is the sentence it was read from."""

    ref: str
    title: str
    kind: Kind
    mode: Mode | None
    wording: str
    figures: tuple[Figure, ...]
    window: tuple[dt.date | None, dt.date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Structure:
    """What was found; an empty text or ``None`` where nothing was."""

    title: str = ""
    number: str = ""
    issuers: tuple[str, ...] = ()
    adopted_on: dt.date | None = None
    issued_on: dt.date | None = None
    effective_from: dt.date | None = None
    effective_to: dt.date | None = None
    clauses: tuple[Clause, ...] = ()
    suggestions: tuple[Suggestion, ...] = field(default=())


def read_policy(text: str) -> Structure:
    """Return the structure of a policy's text.

    Raises:
        ValueError: it is longer than ``LONGEST`` characters.

    """
    if len(text) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    lines = plain_lines(text)
    clauses = _clauses(lines)
    head = lines[: clauses[0].line - 1] if clauses else lines
    issued = _issued(lines, head)
    starts, ends = _validity("\n".join(lines), issued)
    return Structure(
        title=_title(head),
        number=_number(lines),
        issuers=_issuers(lines),
        adopted_on=_dated(lines, r"(?:审议通过|会议通过|审定)"),
        issued_on=issued,
        effective_from=starts,
        effective_to=ends,
        clauses=tuple(clauses),
        suggestions=tuple(_suggestions(clauses)),
    )


def plain_lines(text: str) -> list[str]:
    """Return the lines without blanks at their ends, full-width digits and letters made plain."""
    return [_plain(line).strip() for line in text.replace("\r\n", "\n").split("\n")]


def _plain(line: str) -> str:
    """Make digits, letters and blanks plain; Chinese punctuation stays as it is."""
    return "".join(
        unicodedata.normalize("NFKC", one) if one in _WIDE else one
        for one in line.replace("\x00", "")
    )


_WIDE = frozenset(
    chr(code)
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF5B), 0x3000, 0xA0, 0xFF05, 0xFF0E)
)


def _title(head: Sequence[str]) -> str:
    """Return the first line that ends like a document's name, with the line it began on."""
    for index, line in enumerate(head[:12]):
        if not _TITLE_END.search(line) or line.endswith(("。", "：")):
            continue
        before = head[index - 1] if index else ""
        begins = before.endswith(("关于印发", "关于", "印发")) or before.startswith("关于")
        whole = before + line if begins else line
        return whole.strip("《》 ")[:200]
    named = re.search(r"《([^》]{4,100})》", "\n".join(head))
    return named[1] if named else ""


def _number(lines: Sequence[str]) -> str:
    for line in lines[:15]:
        if (found := _NUMBER.search(line)) and not line.lstrip().startswith(("根据", "依据")):
            return f"{found['body']}〔{found['year']}〕{found['no']}号"
    return ""


_ISSUER = re.compile(
    r"^[\u4e00-\u9fff（）()]{2,30}(?:委员会|人民政府|办公室|办公厅|局|厅|部|委|管委会|中心|银行|分局|税务局)$"
)


def _issuers(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the signatures: lines that name an office, at the end or above the title."""
    edges = [*lines[:6], *lines[-15:]]
    cut = [part for line in edges for part in re.split(r"[\s、]+", line) if _ISSUER.match(part)]
    return tuple(dict.fromkeys(cut))


def dates(text: str) -> list[dt.date]:
    """Return the full dates of a text in order, in digits or in Chinese numerals."""
    found = [(match.start(), _day(match)) for match in _DATE.finditer(text)]
    found += [(match.start(), _chinese_day(match)) for match in _CHINESE_DATE.finditer(text)]
    return [day for _, day in sorted(found, key=lambda one: one[0]) if day]


def _day(match: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def _chinese_day(match: re.Match[str]) -> dt.date | None:
    digits = match["y"].translate(str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789"))
    try:
        month, day = (int(cn2an.cn2an(match[name], "normal")) for name in ("m", "d"))
        return dt.date(int(digits), month, day)
    except ValueError:
        return None


def _dated(lines: Sequence[str], words: str) -> dt.date | None:
    for line in lines:
        if re.search(words, line) and (found := dates(line)):
            return found[0]
    return None


def _issued(lines: Sequence[str], head: Sequence[str]) -> dt.date | None:
    """Return the date of the document: a line that is a date and nothing else."""
    for line in (*reversed(lines[-12:]), *head[:12]):
        bare = line.strip("（）() ")
        if len(bare) <= 14 and (found := dates(bare)):
            return found[0]
    return _dated(lines[:15], "印发|发布")


_FROM = re.compile(r"自(?P<day>[^，。；]{0,20}?日)起(?:施行|实施|执行|生效)")
_FROM_ISSUE = re.compile(
    r"自(?:印发|发布|公布|颁布)之日起(?P<days>\d+日后)?(?:施行|实施|执行|生效)"
)
_UNTIL = re.compile(r"(?:有效期?|执行)?(?:至|到)(?P<day>[^，。；]{0,20}?日)(?:止|，|。|；|$)")
_YEARS = re.compile(r"有效期(?:为|限为)?\s*(?P<years>[一二三四五六七八九十\d]{1,3})\s*年")


def _validity(text: str, issued: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """Return from when to when the text says it holds; years of validity end a day before."""
    starts: dt.date | None = None
    ends: dt.date | None = None
    for sentence in _sentences(text):
        if not re.search("施行|实施|执行|生效|有效期", sentence):
            continue
        if (found := _FROM.search(sentence)) and (days := dates(found["day"])):
            starts = days[0]
        elif (found := _FROM_ISSUE.search(sentence)) and not found["days"]:
            starts = starts or issued
        if (found := _UNTIL.search(sentence)) and (days := dates(found["day"])):
            ends = days[0]
        elif (found := _YEARS.search(sentence)) and starts:
            ends = _years_after(starts, found["years"])
    return starts, ends if ends is None or starts is None or ends >= starts else None


def _years_after(starts: dt.date, years: str) -> dt.date | None:
    number = int(years) if years.isdecimal() else int(cn2an.cn2an(years, "normal"))
    try:
        return starts.replace(year=starts.year + number) - dt.timedelta(days=1)
    except ValueError:  # 29 February
        return starts.replace(year=starts.year + number, day=28)


def _clauses(lines: Sequence[str]) -> list[Clause]:
    """Cut the text at 第X条; documents without any are cut at 一、二、."""
    starts = _starts(lines, _CLAUSE) or _starts(lines, _LISTED)
    if not starts:
        return []
    end = _signature(lines, starts[-1][0])
    bounds = [*(index for index, _, _ in starts), end]
    return [
        Clause(ref, _joined([rest, *lines[index + 1 : stop]]), index + 1)
        for (index, ref, rest), (_, stop) in zip(starts, pairwise(bounds), strict=True)
    ]


def _starts(lines: Sequence[str], pattern: re.Pattern[str]) -> list[tuple[int, str, str]]:
    found = []
    for index, line in enumerate(lines):
        if match := pattern.match(line):
            found.append((index, match["no"].strip("、"), line[match.end() :]))
    return found


def _signature(lines: Sequence[str], after: int) -> int:
    """Return where the last clause ends: before the signature and the date."""
    for index in range(after + 1, len(lines)):
        bare = lines[index].strip("（）() ")
        if _ISSUER.match(bare) or (len(bare) <= 14 and dates(bare)):
            return index
    return len(lines)


def _joined(lines: Sequence[str]) -> str:
    kept = [line for line in lines if line and not _CHAPTER.match(line)]
    return "\n".join(kept).strip()


def _suggestions(clauses: Sequence[Clause]) -> Iterator[Suggestion]:
    for clause in clauses:
        heading = heading_of(clause.text)
        for sentence in _sentences(clause.text):
            if gives(sentence) and sentence.strip("。；;：【】 ") != heading:
                yield Suggestion(
                    ref=clause.ref,
                    title=name_of(clause.text, sentence),
                    kind=kind_of(sentence),
                    mode=mode_of(clause.text),
                    wording=sentence,
                    figures=tuple(figures(sentence)),
                    window=_window(clause.text),
                )


_WINDOW = re.compile(
    r"(?:申报|受理|申请)(?:时间|期限|期)?[^。；\n]{0,8}?[为自：:]?\s*(?P<from>[^。；\n]{0,14}?日)\s*(?:起)?\s*[至到—－-]+\s*(?P<to>[^。；，\n]{0,14}?日)"
)


def _window(text: str) -> tuple[dt.date | None, dt.date | None]:
    found = _WINDOW.search(text)
    if not found:
        return None, None
    first, last = dates(found["from"]), dates(found["to"])
    return (first[0] if first else None, last[0] if last else None)


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if sentence := match[0].strip():
            yield sentence
