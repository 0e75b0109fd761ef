"""What a figure is a figure of: the head noun before or behind it, by the kind of its unit."""

from collections.abc import Iterable
from dataclasses import replace

from openzone.engines.reading.pages.head import Head, by_unit, turned
from openzone.engines.reading.pages.lexicon import Attribute, Lexicon, RoleRules
from openzone.engines.reading.pages.passage import Passage, Span
from openzone.engines.reading.pages.quantities import Quantity
from openzone.engines.reading.pages.words import Hit

_LEVELS = frozenset(
    {"money", "dollars", "count", "firms", "person", "persons_times", "energy", "area"}
)
_COUNTED = frozenset(
    {"firms", "count", "person", "persons_times", "times_done", "deals", "kind", "floors"}
)
_RATIOS = frozenset(("share", "times", "points", "time"))


Found = tuple[Hit[tuple[Attribute, ...]], Attribute, float]
"""A head noun, the attribute it stands for, and how sure it is."""


def grown(passage: Passage, index: int, lexicon: Lexicon) -> Head | None:
    """Return what grew, where only the rate is told: 规上工业增加值增速达10.03%."""
    one = passage.quantities[index]
    sentence = passage.sentences.at(one.start)
    low = max(sentence.start, passage.quantities[index - 1].end if index else 0)
    for hit in reversed(passage.heads_in(low, one.start)):
        attribute = next((each for each in hit.value if each.kinds & _LEVELS), None)
        if attribute:
            return _head(passage, one, hit, attribute, 0.8)
    return _grown_before(passage, one, lexicon)


def _grown_before(passage: Passage, one: Quantity, lexicon: Lexicon) -> Head | None:
    """Return what was told in the sentence before, whose growth in a part of it is told here."""
    before = passage.sentences.before(one.start)
    if before is None or before.start < passage.paragraphs.at(one.start).start:
        return None
    for hit in reversed(passage.heads_in(before.start, before.end)):
        attribute = next((each for each in hit.value if each.kinds & _MONEY), None)
        if attribute:
            return _head(passage, one, hit, attribute, 0.4)
    return None


_MONEY = frozenset(("money", "dollars"))


def head_of(passage: Passage, index: int, lexicon: Lexicon, told: int | None = None) -> Head:
    """Return what the figure at an index of the passage's quantities counts or measures.

    ``told`` is where its head noun ends, if that is known already.
    """
    one = passage.quantities[index]
    for hit in passage.heads_in(told - 12, told) if told is not None else ():
        attribute = _fitting(hit, one.kind)
        if hit.end == told and attribute:
            return _head(passage, one, hit, attribute, 0.8)
    return _known(passage, index, lexicon)


def _known(passage: Passage, index: int, lexicon: Lexicon) -> Head:
    """Return the head of a figure, found once: the figures behind may go on with it.

    Those before are found first, or a page of nothing but 其中 would be read from its end.
    """
    first = index + 1
    while first and ("head", first - 1) not in passage.found:
        first -= 1
    for at in range(first, index + 1):
        passage.found["head", at] = _find(passage, at, lexicon)
    head: Head = passage.found["head", index]
    return head


def _find(passage: Passage, index: int, lexicon: Lexicon) -> Head:
    one = passage.quantities[index]
    found = _own(passage, index, lexicon.roles)
    back = _back(passage, index, lexicon, found)
    if back:
        return back
    clause = passage.clauses.at(one.start)
    if one.kind == "share" and passage.text.startswith(_PART, clause.start):
        return by_unit(passage, one, lexicon) if found is None else _told(passage, one, found)
    found = found or _wider(passage, one, clause.start, lexicon.roles)
    found = found or _earlier(passage, one, lexicon)
    if found:
        return _told(passage, one, found)
    return by_unit(passage, one, lexicon)


_PART = "占"
"""A clause of its own tells a share of its own: 研发投入3亿元，占营收的14%."""


def _told(passage: Passage, one: Quantity, found: Found) -> Head:
    hit, attribute, confidence = found
    return _head(passage, one, hit, attribute, confidence)


def _own(passage: Passage, index: int, rules: RoleRules) -> Found | None:
    """Return the head noun in the clause of a figure: before it or behind, as its unit asks."""
    one, following = passage.quantities[index], passage.quantities[index + 1 : index + 2]
    clause = passage.clauses.at(one.start)
    low = max(clause.start, _floor(passage, index, rules))
    high = min(clause.end, following[0].start if following else clause.end)
    behind = _behind(passage, one, high, rules)
    before = _before(passage, one, low, rules)
    if one.kind == "share" and passage.text.startswith(_PART, clause.start):
        return None if before is None or before[2] < _DIRECT else before
    if one.kind in _COUNTED:
        holds = before and before[1].code == "capacity" and before[2] > 0.9
        return before if holds else behind or before  # 容纳1500名学生, 年产50万台电机项目
    word = passage.text[before[0].start : before[0].end] if before and behind else ""
    size = word in rules.sizes or word in rules.given
    return before if before and before[2] >= 0.6 and not size else behind or before


def _back(passage: Passage, index: int, lexicon: Lexicon, own: Found | None) -> Head | None:
    """Return the head of the figure before where this one only goes on with it.

    引进项目34个，其中21个…; 住房3620套，前者2100套; 研发经费投入5亿元，其中企业投入4亿元.
    """
    one = passage.quantities[index]
    clause = passage.clauses.at(one.start)
    left = passage.text[clause.start : one.start]
    alone = lexicon.roles.no_noun.match(passage.text, one.end)
    placed = own is not None and alone and own[0].end <= one.start and _says_where(own)
    if own is None or placed:
        goes_on = alone or lexicon.roles.goes_on.search(left)
    else:
        goes_on = lexicon.roles.part_of.match(left)
    other = None
    if goes_on and one.kind not in _RATIOS:
        parted = lexicon.roles.continues.match(passage.text, passage.sentences.at(one.start).start)
        other = _same_unit(passage, index, bool(placed or parted))
    if other is None:
        return None
    head = _known(passage, other, lexicon)
    word = passage.text[own[0].start : own[0].end] if own and not placed else ""
    told = head.text.endswith(word) and len(word) < len(head.text) and head.rule[:5] != "unit:"
    if not told:
        return None
    around = passage.text[max(clause.start, one.start - 30) : min(clause.end, one.end + 16)]
    attribute = lexicon.attributes.get(head.rule.removeprefix("attribute:"))
    code = turned(attribute, around) if attribute else head.code
    code = head.code if attribute and code == attribute.code else code
    return replace(head, code=code, confidence=min(head.confidence, 0.5))


def _says_where(own: Found) -> bool:
    """Say whether a noun before a figure may only tell where: 甲园区90家, 食品链11个."""
    return own[1].code in _PLACED or (own[1].code in _LOOSE and own[2] < _DIRECT)


_DIRECT = 0.9
_LOOSE = frozenset(("achievement_count", "product_count", "plant_count"))
_PLACED = frozenset(("zone_count", "city_count", "community_count", "country_count"))
"""What may only say where: 甲园区有企业120家，乙园区90家."""


def _same_unit(passage: Passage, index: int, earlier: bool = False) -> int | None:
    """Return the index of the nearest figure before in the sentence that has the same unit.

    ``earlier``: or in the sentence before it.
    """
    one = passage.quantities[index]
    start = passage.sentences.at(one.start).start
    before = passage.sentences.before(one.start) if earlier else None
    start = before.start if before else start
    for at in range(index - 1, max(index - 5, -1), -1):
        other = passage.quantities[at]
        if other.start < start:
            return None
        if other.unit == one.unit:
            return at
    return None


_NEAR = 40


def _floor(passage: Passage, index: int, rules: RoleRules) -> int:
    """Return where the head noun of a figure may begin: behind the figure before it.

    It may stand before that one too where two share it: 由9.6万元提高到14.2万元, 96亿元、71亿元.
    """
    one, floor = passage.quantities[index], 0
    while index:
        before = passage.quantities[index - 1]
        between = passage.text[before.end : one.start].removeprefix(before.approx)
        row = between in _ROW and before.kind == one.kind
        if not row and not rules.rises.fullmatch(between):
            floor = before.end
            break
        one, index = before, index - 1
    return floor


_ROW = frozenset("、和及与")


def _fitting(hit: Hit[tuple[Attribute, ...]], kind: str) -> Attribute | None:
    """Return the first attribute of a word that can be measured in a kind of unit."""
    return next((one for one in hit.value if kind in one.kinds), None)


def _behind(passage: Passage, one: Quantity, high: int, rules: RoleRules) -> Found | None:
    """Return the head noun behind: 17家…试点单位; the first that the unit can count."""
    text = passage.text
    if rules.no_noun.match(text, one.end):
        return None
    stop = one.end
    while stop < min(high, one.end + 26) and text[stop] not in "，。；、\n":
        stop += 1
    best: Found | None = None
    for hit in passage.heads_in(one.end, stop):
        attribute = _fitting(hit, one.kind)
        if attribute and attribute.code == "capacity" and one.kind == "count":
            continue  # 4条储能电池生产线
        gap = hit.start - one.end
        if attribute and not (attribute.direct and gap > 4):
            verb = rules.verbs.fullmatch(text, hit.start, hit.end)
            if best and (verb or best[0].end < hit.start):
                break
            best = (hit, attribute, 0.95 if gap <= 4 else 0.8 if gap <= 12 else 0.6)
    return best


def _before(passage: Passage, one: Quantity, low: int, rules: RoleRules) -> Found | None:
    """Return the head noun before: 入驻企业320余家; the nearest that the unit can measure."""
    for hit in reversed(passage.heads_in(low, one.start)):
        attribute = _fitting(hit, one.kind)
        if attribute is None or hit.end > one.start:
            continue
        if one.unit in rules.things and attribute.code in _NO_THINGS:
            continue  # 公司做了420万把
        between = passage.text[hit.end : one.start]
        direct = len(between) <= _NEAR and bool(rules.between.fullmatch(between))
        if between and not direct and (hit.end - hit.start == 1 or attribute.direct):
            continue  # 村级便民商店120个 are no 村
        return hit, attribute, 0.95 if direct else 0.65 if len(between) <= 10 else 0.4
    return None


_NO_THINGS = frozenset((*_PLACED, "enterprise_count", "policy_count", "activity_count"))
_WIDE = frozenset(("money", "dollars", "capacity", "energy", "power", "area", "share"))


def _wider(passage: Passage, one: Quantity, low: int, rules: RoleRules) -> Found | None:
    """Return the last fitting head noun earlier in the sentence: 总投资…，其中…5亿元."""
    if one.kind not in _WIDE and not _bare(passage, one, rules):
        return None
    sentence = passage.sentences.at(one.start)
    hits = passage.heads_in(sentence.start, max(low, sentence.start + 1))
    return _last_fitting(reversed(hits), one, 0.35)


def _earlier(passage: Passage, one: Quantity, lexicon: Lexicon) -> Found | None:
    """Return the last fitting head noun of the two sentences before: 再看税收。去年是11万元."""
    if not _bare(passage, one, lexicon.roles):
        return None
    before, paragraph = passage.sentences.before(one.start), passage.paragraphs.at(one.start)
    for _ in range(2):
        if before is None or before.start < paragraph.start:
            return None
        found = _last_fitting(_nouns(passage, before, lexicon), one, 0.3)
        if found:
            return found
        before = passage.sentences.before(before.start)
    return None


def _nouns(passage: Passage, sentence: Span, lexicon: Lexicon) -> list[Hit[tuple[Attribute, ...]]]:
    """Return the head nouns of a sentence, each where it stands last, the last first."""
    key = ("nouns", sentence.start)
    if key not in passage.found:
        hits = list(lexicon.heads.find(passage.text, sentence.start, sentence.end))
        last = {passage.text[hit.start : hit.end]: hit for hit in hits}
        passage.found[key] = sorted(last.values(), key=lambda hit: -hit.start)
    nouns: list[Hit[tuple[Attribute, ...]]] = passage.found[key]
    return nouns


def _last_fitting(
    hits: Iterable[Hit[tuple[Attribute, ...]]], one: Quantity, sure: float
) -> Found | None:
    for hit in hits:
        attribute = _fitting(hit, one.kind)
        if attribute and attribute.code != "growth" and not attribute.direct:
            return hit, attribute, sure
    return None


def _bare(passage: Passage, one: Quantity, rules: RoleRules) -> bool:
    """Say whether a figure stands without any noun: 我们只有45个，."""
    clause = passage.clauses.at(one.start)
    left = passage.text[clause.start : one.start]
    told = rules.goes_on.search(left) or (
        not left and passage.text[one.start - 1 : one.start] == "："
    )
    return bool(told and rules.no_noun.match(passage.text, one.end))


def _head(
    passage: Passage,
    one: Quantity,
    hit: Hit[tuple[Attribute, ...]],
    attribute: Attribute,
    sure: float,
) -> Head:
    clause = passage.clauses.at(one.start)
    around = passage.text[max(clause.start, one.start - 30) : min(clause.end, one.end + 16)]
    code = turned(attribute, around)
    return Head(
        code,
        attribute.type,
        passage.text[hit.start : hit.end],
        f"attribute:{attribute.id}",
        sure,
        hit.start,
        hit.end,
        attribute.per,
        attribute.loss,
    )
