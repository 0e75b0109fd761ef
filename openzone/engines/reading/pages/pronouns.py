"""Whom a word means that stands for a name: 该区, 全市, 公司, 前者, 我们 in what somebody says."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from openzone.engines.reading.pages.lexicon import SubjectRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.words import any_of

_FAR = 400
"""How many characters back a company or a project may have been named."""
_NEAR = 30
_BESIDE = 4
_THIS = "该"
_JOINED = frozenset("、和与及")
"""Who says something stands so near to the quotation marks."""
_DIVISIONS = "市县镇区"


class Pronouns:
    """Finds the names that the pronouns of one article stand for.

    ``areas`` are its zones and places, the weightiest first.
    """

    def __init__(self, passage: Passage, rules: SubjectRules, areas: Sequence[str]) -> None:
        self._passage = passage
        self._rules = rules
        self._areas = areas
        self._speaker = re.compile(rf"[^，。；：“”]{{0,14}}?(?:{any_of(rules.speakers)})")
        self._beside = re.compile(rf"(?:{any_of([*rules.partners, *rules.places])})$")
        self._manager = re.compile(any_of(rules.managers))
        self._managers = re.compile(
            rf"(?:{any_of(rules.managers)})([\u4e00-\u9fff]{{2,3}}?)(?:{rules.says.pattern})"
        )
        self._person = re.compile(rf"([\u4e00-\u9fff]{{2,3}}?)(?:{rules.says.pattern})")

    def name_for(self, one: Mention) -> str | None:
        """Return the name a mention stands for; a name stands for itself."""
        if not one.anaphor:
            return one.name
        if one.name in self._rules.pairs:
            return self._of_two(one)
        if one.name in self._rules.ours:
            voice = self.voice(one.start) or (self.spokesman(one.start) or (None, 0))[0]
            return voice or self._last_firm_here(one.start) or self._areas_like(one)
        if one.name in self._rules.theirs:
            return self._other(one)
        if one.kind == "zone":
            return self._area(one)
        if one.kind == "body":
            return self._ending(one)
        firm = self._last(one.start, "enterprise")
        return firm if one.kind == "enterprise" else self._last(one.start, "project") or firm

    def voice(self, position: int) -> str | None:
        """Return who says what stands at a place, or the side he speaks for.

        “……”示例公司总经理王某说; 示例县长李某说：“……”; 王某：…… in an interview.
        """
        text, paragraph = self._passage.text, self._passage.paragraphs.at(position)
        begin = text.rfind("“", paragraph.start, position + 1)
        if begin < 0 or "”" in text[begin:position]:
            told = re.match("([\u4e00-\u9fff]{2,4})：", text[paragraph.start : paragraph.end])
            return self._persons.get(told[1]) if told else None
        end = text.find("”", position, paragraph.end) + 1
        behind = (end, min(end + _NEAR, paragraph.end)) if end else (begin, begin)
        before = (max(paragraph.start, begin - _NEAR), begin)
        return self._speaking(*behind) or self._speaking(*before)

    def spokesman(self, position: int) -> tuple[str, int] | None:
        """Return whom the person speaks for who was told of last in the paragraph, and where."""
        text, low = self._passage.text, self._passage.paragraphs.at(position).start
        found = {
            text.rfind(person, low, position): whose for person, whose in self._persons.items()
        }
        last = max(found, default=-1)
        if last < 0:
            return None
        return found[last], max(last, *(text.rfind(one, low, position) for one in self._rules.he))

    def _last_firm_here(self, position: int) -> str | None:
        """Return the enterprise named last in the paragraph."""
        low = self._passage.paragraphs.at(position).start
        before = reversed(self._passage.mentions_in(low, position))
        return next(
            (one.name for one in before if one.kind == "enterprise" and not one.anaphor), None
        )

    def _speaking(self, low: int, high: int) -> str | None:
        """Return whom the first speaker in a stretch speaks for."""
        text = self._passage.text
        for one in self._passage.mentions_in(low, high):
            if self._speaker.match(text, one.end):
                return self.name_for(one) if one.name not in self._rules.ours else None
        said = text[low:high]
        whose = next((whose for person, whose in self._persons.items() if person in said), None)
        if whose is None and self._manager.search(said):
            return self._last(low, "enterprise")
        return whose

    @cached_property
    def _persons(self) -> Mapping[str, str]:
        """Who speaks for whom: 示例区主任王某, anywhere in the article."""
        found: dict[str, str] = {}
        for one in self._passage.mentions:
            title = None if one.anaphor else self._speaker.match(self._passage.text, one.end)
            person = title and self._person.match(self._passage.text, title.end())
            if person:
                found.setdefault(person[1], one.name)
        for manager in self._managers.finditer(self._passage.text):
            firm = self._last(manager.start(), "enterprise")
            if firm:
                found.setdefault(manager[1], firm)
        return found

    def _last(self, position: int, kind: str) -> str | None:
        """Return the name of a kind told last."""
        before = self._passage.mentions_in(max(0, position - _FAR), position)
        told = [one for one in reversed(before) if one.kind == kind and not one.anaphor]
        if kind == "project":
            return next((one.name for one in told), None)
        text = self._passage.text
        beside = (
            one for one in told if not self._beside.search(text[max(0, one.start - 3) : one.start])
        )
        return next((one.name for one in (*beside, *told)), None)

    def _ending(self, one: Mention) -> str | None:
        """Return the name told last that ends as the word does: 中心, 集聚区."""
        endings = self._rules.endings.get(one.name, (one.name.removeprefix("该"),))
        return next(
            (
                other.name
                for other in reversed(self._passage.mentions_in(0, one.start))
                if not other.anaphor and other.name.endswith(endings)
            ),
            None,
        )

    def _of_two(self, one: Mention) -> str | None:
        """Return the first or the second of the two names told last: 前者, 后者."""
        paragraph = self._passage.paragraphs.at(one.start)
        before = self._passage.mentions_in(paragraph.start, one.start)
        told = [other for other in before if not other.anaphor]
        joined = [two for two in pairwise(told) if self._joined(*two)]
        apart = [two for two in pairwise(told) if two[0].name != two[1].name]
        two = next(reversed(joined or apart), None)
        return two and two[self._rules.pairs[one.name] == "latter"].name

    def _joined(self, one: Mention, other: Mention) -> bool:
        return self._passage.text[one.end : other.start] in _JOINED

    def _other(self, one: Mention) -> str | None:
        """Return the place told last that is not the one who speaks: 他们, 人家."""
        own = self.voice(one.start) or next(iter(self._areas), None)
        before = self._passage.mentions_in(max(0, one.start - _FAR), one.start)
        told = (each for each in reversed(before) if not each.anaphor)
        areas = (each.name for each in told if each.kind in ("zone", "place"))
        return next((name for name in areas if name != own), None)

    def _area(self, one: Mention) -> str | None:
        """Return the place or zone 全市 or 园区 means: told last in its paragraph, or mostly."""
        beside = next(iter(self._passage.mentions_in(max(0, one.start - _BESIDE), one.start)), None)
        if beside and beside.end == one.start and beside.kind == "place":
            return beside.name
        endings = self._rules.endings.get(one.name, (one.name[-1],))
        paragraph = self._passage.paragraphs.at(one.start)
        for other in reversed(self._passage.mentions_in(paragraph.start, one.start)):
            fits = other.kind == "zone" or (other.kind == "place" and one.name[0] == _THIS)
            if fits and not other.anaphor and other.name.endswith(endings):
                return other.name
        return self._areas_like(one)

    def _areas_like(self, one: Mention) -> str | None:
        """Return the weightiest place or zone whose name ends as the word does."""
        last = (one.name[-1],) if one.name[-1] in _DIVISIONS else ()
        endings = self._rules.endings.get(one.name, last)
        alike = [name for name in self._areas if name.endswith(endings)] if endings else ()
        return next(iter(alike or self._areas), None)
