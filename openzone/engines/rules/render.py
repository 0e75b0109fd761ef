"""A proof as text that a factory accountant understands."""

from collections.abc import Iterable, Iterator, Mapping

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.outcomes import outcome_text
from openzone.engines.rules.proof import (
    AmountProof,
    ClauseProof,
    FactUse,
    PartProof,
    Proof,
    RowProof,
    TestResult,
)
from openzone.engines.text import Text

MARKS = {True: "✓", False: "✗", None: "?"}
_HEAD = Text("{title}（{version} 版）：{outcome}", "{title} ({version}): {outcome}")
_SOURCE = Text("依据：{title}", "Source: {title}")
_NUMBERED = Text("依据：{title}（{number}）", "Source: {title} ({number})")
_AS_OF = Text("评价日：{day}", "Day of evaluation: {day}")
_RESULT = Text("{title}（{version} 版）结果：{value}", "{title} ({version}) result: {value}")
_MISSING = Text("备齐以下材料即可判定：", "These documents would settle it:")
_REF = Text("{own}（{ref}）", "{own} ({ref})")
_COLON = Text("{own}：{detail}", "{own}: {detail}")
_COMMA, _SEMICOLON = Text("，", ", "), Text("；", "; ")
_BRACKETS = Text("（{said}）", " ({said})")
_UNKNOWN = Text("未知", "unknown")
_REQUIRED = Text("要求{tests}", "required: {tests}")
_SHOULD_BE = Text("要求为“{tests}”", "required: {tests}")
_NOT_TOGETHER = Text("不得同时{tests}", "must not be both {tests}")
_SHORT = Text("还差 {gap}", "{gap} short")
_OVER = Text("超出 {gap}", "{gap} too much")
_APART = Text("相差 {gap}", "{gap} away")
_FROM = Text("来源：{source}", "source: {source}")
_AGE, _NEW = Text("已 {days} 天", "{days} days old"), Text("当天录入", "of the same day")
_ACTUAL = Text("实际", "actual")
_LACKS = Text("缺{facts}（需要：{proof}）", "{facts} not known (bring: {proof})")
_LIST, _PAPER = Text("、", ", "), Text("- {proof}：{facts}", "- {proof}: {facts}")
_NEEDS = Text("需要：{proof}", "bring: {proof}")
_POINTS = Text("{points} 分", "{points} points")
_POINTS_MAX = Text("{points} 分（满分 {max}）", "{points} of {max} points")
_SETTLING = Text("由少到多，能判定的材料：", "What can settle it, the least first:")
_CHANGING = Text("最少改变以下各项即可符合：", "The least change that would make it met:")
_AMOUNT, _WOULD_PAY = Text("金额", "Amount"), Text("如符合，金额", "Amount if it were met")
_HEADINGS: Mapping[str, Text] = {
    "all": Text("同时满足", "all of"),
    "any": Text("满足其一", "one of"),
    "not": Text("不满足", "not"),
    "veto": Text("无下列情形", "none of"),
    "at_least": Text("满足其中几项", "several of"),
    "cases": Text("按所属情形", "by case"),
}
_APPLIES, _MAY_APPLY = Text("适用：{case}", "applies: {case}"), Text("若：{case}", "if: {case}")
_REST = Text("其他情形", "all others")
_NO_CASE = Text("不属于所列任何情形", "none of the cases applies")
_UPWARDS, _DOWNWARDS = ("gte", "gt"), ("lte", "lt")


def render(proof: Proof) -> Text:
    """Write a proof as lines of text, in both languages."""
    return Text("\n".join(_Lines("zh").proof(proof)), "\n".join(_Lines("en").proof(proof)))


class _Lines:
    """The lines in one language.

    ``shown`` are the facts whose source the current clause has given: once is enough.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.shown: set[str] = set()

    def say(self, text: Text, **values: object) -> str:
        """Fill a text in this language."""
        template = text.for_language(self.language)
        shown = {k: self.say(v) if isinstance(v, Text) else v for k, v in values.items()}
        return template.format(**shown) if values else template

    def join(self, link: Text, said: list[str]) -> str:
        return self.say(link).join(said)

    def proof(self, proof: Proof) -> Iterator[str]:
        """Yield the lines of a proof."""
        outcome = outcome_text(proof.kind, proof.outcome)
        head, value = (_RESULT, proof.value_label) if proof.value_label else (_HEAD, None)
        title, version = proof.title, proof.version
        yield self.say(head, title=title, version=version, outcome=outcome, value=value)
        template = _NUMBERED if proof.source_number else _SOURCE
        yield self.say(template, title=proof.source_title, number=proof.source_number)
        yield self.say(_AS_OF, day=proof.as_of.isoformat())
        if proof.when is not None:
            clauses = proof.when.children if proof.when.form == "all" else (proof.when,)
            for clause in clauses:
                self.shown.clear()
                yield from self.clause(clause, 0)
        for row in proof.rows:
            yield from self.row(row)
        if proof.amount is not None:
            yield from self.amount(proof.amount)
        yield from self.missing(proof.missing)
        if any(len(each.facts) < len(proof.missing) for each in proof.settle):
            yield from self.advice(_SETTLING, [each.sentence for each in proof.settle])
        yield from self.advice(_CHANGING, [each.sentence for each in proof.change])

    def advice(self, head: Text, sentences: list[Text]) -> Iterator[str]:
        """Yield sentences under a heading, nothing where there are none."""
        if sentences:
            yield self.say(head)
        yield from (f"- {self.say(each)}" for each in sentences)

    def amount(self, amount: AmountProof) -> Iterator[str]:
        """Yield what is paid, or would be, and how it comes about."""
        own = self.say(_AMOUNT if amount.applies else _WOULD_PAY)
        if amount.ref:
            own = self.say(_REF, own=own, ref=amount.ref)
        said = [self.say(amount.text or _UNKNOWN)]
        if amount.sentence != amount.text:
            said.append(self.say(amount.sentence))
        said += [
            self.say(_LACKS, proof=proof, facts=facts)
            for proof, facts in self._papers(amount.missing)
        ]
        yield self.say(_COLON, own=own, detail=self.join(_SEMICOLON, said))

    def row(self, row: RowProof) -> Iterator[str]:
        """Yield the lines of a row: whom it concerns, then the limits of each level."""
        self.shown.clear()
        yield from self.clause(row.when, 0, row.label)
        for level in row.levels:
            yield f"  {MARKS[level.state]} {self.say(level.label)}"
            for limit in level.limits:
                yield from self.clause(limit, 2)

    def missing(self, uses: tuple[FactUse, ...]) -> Iterator[str]:
        """Yield what to bring to settle an unknown."""
        if uses:
            yield self.say(_MISSING)
        for proof, facts in self._papers(uses):
            yield self.say(_PAPER, proof=proof, facts=facts)

    def _papers(self, uses: Iterable[FactUse]) -> Iterator[tuple[str, str]]:
        """Yield the documents for unknown facts, each with the facts that it settles."""
        by_proof: dict[str, list[str]] = {}
        for use in uses:
            by_proof.setdefault(self.say(use.proof), []).append(self.say(use.label))
        for proof, labels in by_proof.items():
            yield proof, self.join(_LIST, labels)

    # ---- clauses --------------------------------------------------------------------------

    def clause(self, clause: ClauseProof, depth: int, label: Text | None = None) -> Iterator[str]:
        """Yield the lines of a clause and of what is in it."""
        own = self.say(label or clause.label or clause.subject or _HEADINGS[clause.form])
        if clause.ref:
            own = self.say(_REF, own=own, ref=clause.ref)
        if clause.subject is not None:
            own = self.say(_COLON, own=own, detail=self._detail(clause))
        if clause.form == "cases":
            yield from self.cases(clause, own, depth)
            return
        yield self._marked(clause, own, depth)
        if clause.score is not None:
            yield from self.score(clause.score, depth + 1)
        for child in clause.children:
            yield from self.clause(child, depth + 1)

    def _marked(self, clause: ClauseProof, own: str, depth: int) -> str:
        mark = MARKS[None if clause.state is None else clause.state is clause.wanted]
        return f"{'  ' * depth}{mark} {own}"

    def cases(self, clause: ClauseProof, own: str, depth: int) -> Iterator[str]:
        """Yield the lines of the case that applies, or of those that may; no others."""
        selected = self.join(_SEMICOLON, self._inputs(clause))
        cases = [case for case in clause.children if case.applies is not False]
        if not cases:
            own = self.say(_COLON, own=own, detail=self.say(_NO_CASE))
        if selected and not any(case.applies for case in cases):
            own = self.join(_SEMICOLON, [own, selected])
        yield self._marked(clause, own, depth)
        for case in cases:
            yield from self.case(case, selected, depth + 1)

    def case(self, case: ClauseProof, selected: str, depth: int) -> Iterator[str]:
        """Yield why a case applies and what it asks."""
        *when, then = case.children
        named = self.say(case.label or (when[0].sentence if when else _REST))
        if case.applies:
            said = self.say(_APPLIES, case=named)
            yield "  " * depth + (self.join(_SEMICOLON, [said, selected]) if selected else said)
        else:
            yield self._marked(case, self.say(_MAY_APPLY, case=named), depth)
            depth += 1
        plain = then.form == "all" and then.label is None
        for clause in then.children if plain else (then,):
            yield from self.clause(clause, depth)

    def _detail(self, clause: ClauseProof) -> str:
        """Say the value, what is required, how far off it is, and where the value comes from."""
        actual = self._points(clause.score) if clause.score else None
        said = [actual or self.say(clause.actual_text or _UNKNOWN), self._requirement(clause)]
        said += [found for test in clause.tests if (found := self._distance(clause, test))]
        return self.join(_SEMICOLON, [self.join(_COMMA, said), *self._inputs(clause)])

    def _requirement(self, clause: ClauseProof) -> str:
        tests = self.join(_COMMA, [self.say(test.text) for test in clause.tests])
        template = _SHOULD_BE if clause.kind is FactType.BOOL else _REQUIRED
        return self.say(_NOT_TOGETHER if _not_together(clause) else template, tests=tests)

    def _distance(self, clause: ClauseProof, test: TestResult) -> str | None:
        """Say how far a failing test is from its limit."""
        if test.state is clause.wanted or test.state is None or _not_together(clause):
            return None
        if not test.gap or test.gap_text is None:
            return None
        rising, falling = (_SHORT, _OVER) if clause.wanted else (_OVER, _SHORT)
        upwards, downwards = test.key in _UPWARDS, test.key in _DOWNWARDS
        template = rising if upwards else falling if downwards else _APART
        return self.say(template, gap=test.gap_text)

    def _inputs(self, clause: ClauseProof) -> list[str]:
        """Say the facts behind a value that the current clause has not named yet."""
        new = [use for use in clause.facts if use.fact not in self.shown]
        self.shown |= {use.fact for use in new}
        if clause.form == "fact":
            return list(filter(None, map(self._alone, new)))
        known = [self._known(use, use.text) for use in new if use.text is not None]
        papers = self._papers(use for use in new if use.text is None)
        return known + [self.say(_LACKS, proof=proof, facts=facts) for proof, facts in papers]

    def _alone(self, use: FactUse) -> str:
        """Say where a value comes from that has just been said, or what would settle it."""
        said = [self.say(_NEEDS, proof=use.proof)] if use.text is None else self._origin(use)
        return self.join(_COMMA, said)

    def _known(self, use: FactUse, value: Text) -> str:
        """Say a fact with its value, source and age."""
        said = self._origin(use)
        brackets = self.say(_BRACKETS, said=self.join(_COMMA, said)) if said else ""
        return f"{self.say(use.label)} {self.say(value)}{brackets}"

    def _origin(self, use: FactUse) -> list[str]:
        said = [] if use.source is None else [self.say(_FROM, source=use.source)]
        if use.age_days is None:
            return said
        return [*said, self.say(_AGE, days=use.age_days) if use.age_days else self.say(_NEW)]

    # ---- points ---------------------------------------------------------------------------

    def score(self, score: PartProof, depth: int) -> Iterator[str]:
        """Yield how the points of a score came about, once in a clause; they have been said."""
        if _key(score) not in self.shown:
            for part in score.parts or (score,):
                yield from self.part(part, depth)

    def _points(self, part: PartProof) -> str:
        template = _POINTS if part.max is None else _POINTS_MAX
        points, most = _span(part.lowest, part.highest), part.max or 0
        return self.say(template, points=points, max=_span(most, most))

    def part(self, part: PartProof, depth: int) -> Iterator[str]:
        """Yield the lines of a part."""
        self.shown.add(_key(part))
        said = [self._points(part)]
        if part.subject is not None:
            subject, label = self.say(part.subject), self.say(part.label or _ACTUAL)
            same = subject.casefold() == label.casefold()
            value = self.say(part.actual_text or _UNKNOWN)
            said.append(f"{self.say(_ACTUAL) if same else subject} {value}")
        said += [self.say(band.text) for band in part.bands if band.reached]
        detail = self.join(_SEMICOLON, said)
        if part.label is not None:
            detail = self.say(_COLON, own=part.label, detail=detail)
        yield f"{'  ' * depth}- {detail}"
        for member in part.parts:
            yield from self.part(member, depth + 1)


def _not_together(clause: ClauseProof) -> bool:
    """Whether several tests must not all hold, so that none of them fails by itself."""
    return not clause.wanted and len(clause.tests) > 1


def _key(part: PartProof) -> str:
    """Return what tells a part from the facts and the other parts that a clause has shown."""
    return f"part:{part.id}:{part.label}"


def _span(lowest: float, highest: float) -> str:
    return f"{highest:g}" if lowest == highest else f"{lowest:g}–{highest:g}"
