"""Who says something, and for whom: 示例公司总经理王某说，“我们去年……”."""

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from openzone.engines.reading.pages.lexicon import SubjectRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.words import Words, any_of

_NEAR = 30
"""Who says something stands so near to the quotation marks."""
_PERSON = "([\u4e00-\u9fff]{2,3}?)"
_INTERVIEWED = re.compile("([\u4e00-\u9fff]{2,4})：")


@dataclass(frozen=True, slots=True)
class _Patterns:
    speaker: re.Pattern[str]
    person: re.Pattern[str]
    manager: re.Pattern[str]
    managers: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(rules: SubjectRules) -> _Patterns:
    manager, says = any_of(rules.managers), rules.says.pattern
    return _Patterns(
        speaker=re.compile(rf"[^，。；：“”]{{0,14}}?(?:{any_of(rules.speakers)})"),
        person=re.compile(f"{_PERSON}(?:{says})"),
        manager=re.compile(manager),
        managers=re.compile(f"(?:{manager}){_PERSON}(?:{says})"),
    )


class Voices:
    """The persons of an article and whom they speak for.

    ``last_firm`` tells which enterprise was named last before a place.
    """

    def __init__(
        self, passage: Passage, rules: SubjectRules, last_firm: Callable[[int], str | None]
    ) -> None:
        self._passage = passage
        self._rules = rules
        self._patterns = _patterns(rules)
        self._last_firm = last_firm

    def quoted(self, position: int) -> str | None:
        """Return the side whose words stand at a place.

        “……”示例公司总经理王某说; 示例县长李某说：“……”; 王某：…… in an interview.
        """
        text, paragraph = self._passage.text, self._passage.paragraphs.at(position)
        begin = text.rfind("“", paragraph.start, position + 1)
        if begin < 0 or "”" in text[begin:position]:
            told = _INTERVIEWED.match(text, paragraph.start, paragraph.end)
            return self._persons.get(told[1]) if told else None
        end = text.find("”", position, paragraph.end) + 1
        behind = self._speaking(end, min(end + _NEAR, paragraph.end)) if end else None
        return behind or self._speaking(max(paragraph.start, begin - _NEAR), begin)

    def told_last(self, position: int) -> tuple[str, int] | None:
        """Return whom the person speaks for who was told of last in the paragraph, and where."""
        low = self._passage.paragraphs.at(position).start
        index = bisect_left(self._told, (position, "")) - 1
        if index < 0 or self._told[index][0] < low:
            return None
        at, name = self._told[index]
        again = (self._passage.text.rfind(word, low, position) for word in self._rules.he)
        return name, max(at, *again)

    def _speaking(self, low: int, high: int) -> str | None:
        """Return whom the first speaker in a stretch speaks for."""
        text = self._passage.text
        for one in self._passage.mentions_in(low, high):
            if not one.anaphor and self._patterns.speaker.match(text, one.end):
                return one.name
        for at, name in self._told[bisect_left(self._told, (low, "")) :]:
            return name if at < high else self._manager(low, high)
        return self._manager(low, high)

    def _manager(self, low: int, high: int) -> str | None:
        """Return the enterprise told last where a manager without a firm speaks: 总经理说."""
        if self._patterns.manager.search(self._passage.text, low, high):
            return self._last_firm(low)
        return None

    @cached_property
    def _told(self) -> list[tuple[int, str]]:
        """Where persons are told of, and whom they speak for, in order."""
        found = Words(dict(self._persons)).find(self._passage.text)
        return [(hit.start, hit.value) for hit in found]

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        """Who speaks for whom: 示例区主任王某, anywhere in the article."""
        found: dict[str, str] = {}
        for one in self._passage.mentions:
            person = None if one.anaphor else self._person_of(one)
            if person:
                found.setdefault(person, one.name)
        for manager in self._patterns.managers.finditer(self._passage.text):
            firm = self._last_firm(manager.start())
            if firm:
                found.setdefault(manager[1], firm)
        return found

    def _person_of(self, one: Mention) -> str | None:
        """Return the person named behind a title of somebody's: 王某 of 示例区主任王某说."""
        title = self._patterns.speaker.match(self._passage.text, one.end)
        person = title and self._patterns.person.match(self._passage.text, title.end())
        return person[1] if person else None
