"""Whom a word means that stands for a name: 该区, 全市, 公司, 前者, 我们 in what somebody says."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from openzone.engines.reading.pages.lexicon import SubjectRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage
from openzone.engines.reading.pages.voices import Voices

_FAR = 400
"""How many characters back a company or a project may have been named."""
_FARTHER = 4000
"""How many an institute or a park: 中心, 集聚区."""
_BESIDE = 4
_DIVISIONS = "市县镇区"
_THIS = "该"
_JOINED = frozenset("、和与及")


class Pronouns:
    """Finds the names that the pronouns of one article stand for.

    ``areas`` are its zones and places, the weightiest first.
    """

    def __init__(self, passage: Passage, rules: SubjectRules, areas: Sequence[str]) -> None:
        self._passage = passage
        self._rules = rules
        self._areas = areas
        self._known: dict[int, str | None] = {}
        self.voices = Voices(passage, rules, self._last_firm)

    def name_for(self, one: Mention) -> str | None:
        """Return the name a mention stands for; a name stands for itself."""
        if not one.anaphor:
            return one.name
        if one.start not in self._known:
            self._known[one.start] = self._meant(one)
        return self._known[one.start]

    def _meant(self, one: Mention) -> str | None:
        if one.name in self._rules.pairs:
            return self._of_two(one)
        if one.name in self._rules.ours:
            return self._own(one)
        if one.name in self._rules.theirs:
            return self._other(one)
        if one.kind == "zone":
            return self._area(one)
        if one.kind == "body":
            return self._ending(one)
        project = self._last_project(one.start) if one.kind == "project" else None
        return project or self._last_firm(one.start)

    def _told(self, low: int, high: int, *kinds: str) -> Iterator[Mention]:
        """Yield the names of some kinds in a stretch, the last first."""
        for one in reversed(self._passage.mentions_in(max(0, low), high)):
            if one.kind in kinds and not one.anaphor:
                yield one

    def _behind(self, one: Mention, marks: tuple[str, ...]) -> bool:
        """Say whether a name stands behind a word like 与 or 在."""
        before = self._passage.text[max(0, one.start - 3) : one.start]
        return before.endswith(marks)

    def _last_project(self, position: int) -> str | None:
        return next((one.name for one in self._told(position - _FAR, position, "project")), None)

    def _last_firm(self, position: int) -> str | None:
        told = list(self._told(position - _FAR, position, "enterprise"))
        marks = (*self._rules.partners, *self._rules.places)
        meant = (one for one in told if not self._behind(one, marks))
        return next((one.name for one in (*meant, *told)), None)

    def _own(self, one: Mention) -> str | None:
        """Return who says 我们: named at the words, in the paragraph, else what it is about."""
        here = self._passage.paragraphs.at(one.start).start
        person = self.voices.told_last(one.start)
        firm = next(self._told(here, one.start, "enterprise"), None)
        return (
            self.voices.quoted(one.start)
            or (person and person[0])
            or (firm and firm.name)
            or self._areas_like(one)
        )

    def _ending(self, one: Mention) -> str | None:
        """Return the name told last that ends as the word does: 中心, 集聚区."""
        endings = self._rules.endings.get(one.name, (one.name.removeprefix(_THIS),))
        before = self._passage.mentions_in(max(0, one.start - _FARTHER), one.start)
        told = (other for other in reversed(before) if not other.anaphor)
        return next((other.name for other in told if other.name.endswith(endings)), None)

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
        own = self.voices.quoted(one.start) or next(iter(self._areas), None)
        before = self._passage.mentions_in(max(0, one.start - _FAR), one.start)
        told = (each for each in reversed(before) if not each.anaphor)
        areas = (each.name for each in told if each.kind in ("zone", "place"))
        return next((name for name in areas if name != own), None)

    def _area(self, one: Mention) -> str | None:
        """Return the place or zone 全市 or 园区 means: told last in its paragraph, or mostly."""
        beside = next(iter(self._passage.mentions_in(max(0, one.start - _BESIDE), one.start)), None)
        if beside and beside.end == one.start and beside.kind == "place":
            return beside.name
        voice = self.voices.quoted(one.start)
        if voice in self._areas:
            return voice
        endings = self._rules.endings.get(one.name, (one.name[-1],))
        here = self._passage.paragraphs.at(one.start).start
        kinds = ("zone", "place") if one.name[0] == _THIS else ("zone",)
        for each in self._told(here, one.start, *kinds):
            if each.name.endswith(endings) and not self._behind(each, self._rules.partners):
                return each.name
        return self._areas_like(one)

    def _areas_like(self, one: Mention) -> str | None:
        """Return the weightiest place or zone whose name ends as the word does."""
        last = (one.name[-1],) if one.name[-1] in _DIVISIONS else ()
        endings = self._rules.endings.get(one.name, last)
        alike = [name for name in self._areas if name.endswith(endings)] if endings else ()
        return next(iter(alike or self._areas), None)
