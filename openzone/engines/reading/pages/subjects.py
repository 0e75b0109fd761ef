"""Whose figure it is: candidates from the text around it, scored by the weights of the pack."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from openzone.engines.reading.pages.aliases import weights
from openzone.engines.reading.pages.lexicon import Lexicon, SubjectRules
from openzone.engines.reading.pages.names import Mention
from openzone.engines.reading.pages.passage import Passage, Span
from openzone.engines.reading.pages.pronouns import Pronouns
from openzone.engines.reading.pages.words import any_of


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a figure belongs to, its kind, how sure that is, and who came close."""

    name: str | None
    kind: str
    confidence: float
    others: tuple[str, ...] = ()


_BACK = 4
_FAR = 20
_OF_THESE = ("，其中", "；其中")


@dataclass(frozen=True, slots=True)
class _Patterns:
    speaker: re.Pattern[str]
    partner: re.Pattern[str]
    place: re.Pattern[str]


@lru_cache(maxsize=8)
def _patterns(rules: SubjectRules) -> _Patterns:
    return _Patterns(
        speaker=re.compile(rf"[^，。；]{{0,14}}(?:{any_of(rules.speakers)})"),
        partner=re.compile(rf"(?:{any_of(rules.partners)})$"),
        place=re.compile(rf"(?:{any_of(rules.places)})$"),
    )


class Resolver:
    """Resolves the subjects of one article's figures."""

    def __init__(self, passage: Passage, lexicon: Lexicon) -> None:
        self._passage = passage
        self._rules = lexicon.subjects
        self._patterns = _patterns(lexicon.subjects)
        self._about = weights(passage.mentions, passage.headline, lexicon.names)
        self._kinds = {one.name: one.kind for one in passage.mentions if not one.anaphor}
        self._renowned: dict[str, float] = {}
        self._known_topics: dict[tuple[int, int], list[Mention]] = {}
        self._known_openings: dict[int, Mention | None] = {}
        self._known_marks: dict[int, float] = {}
        self._areas = sorted(filter(self._is_area, self._about), key=self._by_weight)
        self._pronouns = Pronouns(passage, lexicon.subjects, self._areas)
        self._figure_ends = {one.end for one in passage.quantities}
        self._total = sum(self._about.values()) or 1
        self._top = min(self._about, key=self._by_weight, default=None)

    def _by_weight(self, name: str) -> tuple[int, bool, bool]:
        """Order the areas: of those named as often a zone first, then a place named in full."""
        return -self._about[name], self._kinds[name] != "zone", name[-1] not in "市县区州镇"

    def _is_area(self, name: str) -> bool:
        return self._kinds[name] in ("zone", "place")

    def weight(self, name: str) -> int:
        """Return how often an article names somebody; its headline counts for three."""
        return self._about[name]

    @property
    def dominant(self) -> str | None:
        """The zone or place most of the article is about."""
        return self._areas[0] if self._areas else None

    def subject(self, start: int, end: int, code: str, type_: str) -> Subject:
        """Return whose figure stands from ``start`` to ``end``."""
        scores: dict[str, float] = {}
        type_ = self._told_of(start, code, type_)
        for name, score in self._candidates(start, end):
            scores[name] = max(scores.get(name, -99.0), score)
        for name in self._areas[:3]:
            scores.setdefault(name, 0.0)
        total = {name: score + self._standing(name, code, type_) for name, score in scores.items()}
        ranked = sorted(total.items(), key=lambda one: (-one[1], one[0]))
        return self._chosen(ranked)

    def _told_of(self, start: int, code: str, type_: str) -> str:
        """Return the type of a figure: in a sentence about a project its jobs are the project's."""
        if code in self._rules.only_places:
            return type_
        sentence = self._passage.sentences.at(start)
        topics = self._topics(sentence, start)
        between = self._passage.text[topics[-1].end : start] if topics else "；"
        told = topics and topics[-1].kind == "project" and "；" not in between
        return "project" if told else type_

    def _chosen(self, ranked: list[tuple[str, float]]) -> Subject:
        if not ranked or ranked[0][1] < self._rules.least:
            return Subject(None, "", 0.0, tuple(name for name, _ in ranked[:3]))
        name, best = ranked[0]
        near = tuple(other for other, score in ranked[1:4] if best - score < self._rules.margin)
        lead = best - ranked[1][1] if len(ranked) > 1 else best
        confidence = max(0.2, min(0.98, 0.45 + lead / 10 + best / 40))
        return Subject(name, self._kinds.get(name, ""), round(confidence, 2), near)

    def _standing(self, name: str, code: str, type_: str) -> float:
        """Return what a name earns wherever it stands: by its kind, the headline, the article."""
        rules, kind = self._rules, self._kinds.get(name, "")
        score = self._renown(name) + rules.fits.get(type_, {}).get(kind, 0.0)
        if code in rules.only_places and kind in ("enterprise", "project"):
            score += rules.weights["not_a_place"]
        if code in rules.rather_projects and kind in ("project", "enterprise"):
            score += rules.weights["rather_project"]
        if code in rules.rather_enterprises and kind == "enterprise":
            score += rules.weights["rather_enterprise"]
        return score

    def _renown(self, name: str) -> float:
        """Return what a name earns for how much of the article is about it."""
        if name in self._renowned:
            return self._renowned[name]
        weigh, headline, score = self._rules.weights, self._passage.headline, 0.0
        if self._kinds.get(name) != "project":
            score += weigh["dominant"] * 2 * self._about[name] / self._total
            score += weigh["dominant"] * (name == self._top)
        if name in headline or (len(name) > 3 and name[-4:] in headline):
            score += weigh["headline"]
        self._renowned[name] = score
        return score

    def _candidates(self, start: int, end: int) -> Iterator[tuple[str, float]]:
        """Yield names with what their nearest places earn."""
        weigh = self._rules.weights
        sentence = self._passage.sentences.at(start)
        clause = self._passage.clauses.at(start)
        topics = self._topics(sentence, start)
        for one in self._passage.mentions_in(sentence.start, start):
            name = self._pronouns.name_for(one)
            if name:
                yield name, self._place_score(one, clause, topics)
            if name and one.end == start and one.start > clause.start and self._in_a_row(one):
                yield name, weigh["adjacent"]
        for one in self._passage.mentions_in(end, min(clause.end, end + 40)):
            of_it = self._passage.text[end : one.start].strip("以上左右多余")
            name = self._pronouns.name_for(one)
            if name and (
                self._rules.of_it.fullmatch(of_it) or (one.kind == "project" and not of_it)
            ):
                yield name, weigh["of_head"]
        yield from self._completed(sentence, topics, start)
        yield from self._introduced(clause, sentence)
        if not any(self._pronouns.name_for(one) for one in topics):
            yield from self._earlier(sentence)
            yield from self._saying(sentence, start)
            yield from self._following(clause, sentence)

    def _in_a_row(self, one: Mention) -> bool:
        """Say whether a name follows another figure of its row: 甲园2340亩、乙园1780亩."""
        return one.start - 1 in self._figure_ends and self._passage.text[one.start - 1] in "、和"

    def _place_score(self, one: Mention, clause: Span, topics: list[Mention]) -> float:
        """Return what a name earns by its place in the sentence of the figure."""
        weigh, text = self._rules.weights, self._passage.text
        here = one.start >= clause.start
        if one in topics:
            score = weigh["clause_topic" if here else "sentence_topic"]
            score += weigh["older_topic"] * (len(topics) - 1 - topics.index(one))
            if not here and "；" in text[one.end : clause.start]:
                area = one.kind in ("zone", "place")
                score += weigh["semicolon" if area else "semicolon_firm"]
        else:
            score = weigh["clause_before" if here else "sentence_before"]
        if one.start not in self._known_marks:
            self._known_marks[one.start] = self._marks(one)
        return score + self._known_marks[one.start]

    def _marks(self, one: Mention) -> float:
        """Return what a name earns by the words beside it: 与…, 在…, …负责人."""
        weigh, text, score = self._rules.weights, self._passage.text, 0.0
        if one.anaphor:
            score += weigh["anaphor"]
        before = text[max(0, one.start - 3) : one.start]
        if self._patterns.partner.search(before):
            score += weigh["partner"]
        elif self._patterns.place.search(before):
            score += weigh["place"]
        if self._patterns.speaker.match(text, one.end):
            score += weigh["speaker"]
        if self._rules.listed.match(text, one.end):
            score += weigh["listed"]
        return score

    def _topics(self, sentence: Span, until: int) -> list[Mention]:
        """Return the topics of a sentence's clauses, up to a place, in order."""
        key = (sentence.start, until)
        if key not in self._known_topics:
            self._known_topics[key] = self._find_topics(sentence, until)
        return self._known_topics[key]

    def _find_topics(self, sentence: Span, until: int) -> list[Mention]:
        found: list[Mention] = []
        start = sentence.start
        while start < until:
            clause = self._passage.clauses.at(start)
            topic = self._opening(clause, until)
            if topic:
                found.append(topic)
            start = max(clause.end, start) + 1
        return found

    def _opening(self, clause: Span, until: int) -> Mention | None:
        """Return the name a clause opens with, of what stands before a place."""
        if clause.end > until:
            return self._find_opening(clause, until)
        if clause.start not in self._known_openings:
            self._known_openings[clause.start] = self._find_opening(clause, until)
        return self._known_openings[clause.start]

    def _find_opening(self, clause: Span, until: int) -> Mention | None:
        """In 位于示例区的甲公司 it is the company."""
        text, cursor = self._passage.text, clause.start
        topic: Mention | None = None
        for one in self._passage.mentions_in(clause.start, min(clause.end, until)):
            links = self._rules.chained if topic else self._rules.lead
            if links.fullmatch(text, cursor, one.start):
                topic, cursor = one, one.end
            elif topic or one.start - clause.start > _FAR:
                break
        return topic

    def _completed(
        self, sentence: Span, topics: list[Mention], start: int
    ) -> Iterator[tuple[str, float]]:
        """Yield the project named last, as long as nobody else is told of: …项目开工，达产后…."""
        passage = self._passage
        opened = [
            one.start()
            for one in self._rules.completed.finditer(passage.text, sentence.start, start)
            if passage.clauses.at(one.start()).start == one.start()
        ]
        if not opened or (topics and topics[-1].start > opened[-1] and not topics[-1].anaphor):
            return
        since = sentence.start
        if opened[-1] == since:
            before = passage.sentences.before(since) or sentence
            since = max(passage.paragraphs.at(start).start, before.start)
        for one in reversed(passage.mentions_in(since, start)):
            name = self._pronouns.name_for(one) if one.kind == "project" else None
            if name and name.endswith(self._rules.completes):
                yield name, self._rules.weights["completed"]
                return

    def _earlier(self, sentence: Span) -> Iterator[tuple[str, float]]:
        """Yield the topics of the sentences before, in the same paragraph."""
        weigh = self._rules.weights
        paragraph = self._passage.paragraphs.at(sentence.start)
        place, step = sentence, 0
        while place.start > paragraph.start and step < _BACK:
            before = self._passage.sentences.before(place.start)
            if before is None or before.start < paragraph.start:
                break
            topics = self._topics(before, before.end)
            name = self._pronouns.name_for(topics[-1]) if topics else None
            if name:
                yield name, weigh["previous_topic"] + weigh["older_sentence"] * step
            place, step = before, step + 1

    def _introduced(self, clause: Span, sentence: Span) -> Iterator[tuple[str, float]]:
        """Yield whom the clause before ends with: 建成甲基地，建筑面积2.8万平方米."""
        before: Span | None = clause
        while before and before.start >= sentence.start and self._is_property(before):
            before = self._passage.clauses.before(before.start)
        if before is None or before is clause or before.start < sentence.start:
            return
        for one in self._passage.mentions_in(before.start + 1, before.end):
            if one.end == before.end and not one.anaphor and one.kind != "place":
                yield one.name, self._rules.weights["introduced"]

    def _is_property(self, clause: Span) -> bool:
        """Say whether a clause tells only how large something is: 占地150亩."""
        opens = self._rules.properties.match(self._passage.text, clause.start)
        return opens is not None and not self._passage.mentions_in(clause.start, clause.end)

    def _following(self, clause: Span, sentence: Span) -> Iterator[tuple[str, float]]:
        """Yield whom the next clause opens with: 凭12件专利，甲公司拿到贷款."""
        if clause.end + 1 < sentence.end and not self._passage.text.startswith(
            _OF_THESE, clause.end
        ):
            topic = self._opening(self._passage.clauses.at(clause.end + 1), sentence.end)
            if topic and not topic.anaphor:
                yield topic.name, self._rules.weights["following_topic"]

    def _saying(self, sentence: Span, start: int) -> Iterator[tuple[str, float]]:
        """Yield who says what stands here: “年产能将提升到5万吨。”甲公司负责人介绍."""
        name = self._pronouns.voices.quoted(sentence.start + 1)
        if name:
            yield name, self._rules.weights["saying"]
            return
        person = self._pronouns.voices.told_last(start)
        if person:
            here = person[1] >= sentence.start
            yield person[0], self._rules.weights["sentence_topic" if here else "spokesman"]
