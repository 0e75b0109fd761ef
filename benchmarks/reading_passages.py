"""How well passages are read whose facts were written down by hand before (示例, invented names).

    python -m benchmarks.reading_passages [--set SET] [--errors]

The sets lie in ``tests/engines/reading/heldout``: short passages by who wrote the rules, and long
articles by others who had seen none of them. Rules may be changed for what the sets show, but for
``UNSEEN``, which only tell how far that carries: nobody asks for their errors. A figure is right
when its number and unit are (V), also its attribute or one of the same family (VA), also whose it
is (FACT); F1 over numeric facts.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openzone.engines.reading.pages.dates import PageDate
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.reader import read_page
from openzone.engines.reading.pages.records import Fact
from openzone.packs.reading import reading

FOLDER = Path(__file__).parent.parent / "tests" / "engines" / "reading" / "heldout"
PASSAGES = ("first", "second", "third")
ARTICLES = ("fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
SETS = PASSAGES + ARTICLES
UNSEEN = ("third", "eighth", "ninth")
_PEOPLE = frozenset("人名位员")
_APART = frozenset(("人次", "家次", "户次", "%", "百分点", "倍", "期", "年", "工作日", "分"))
_MEASURES = frozenset(
    ("元", "美元", "欧元", "平方米", "亩", "米", "立方米", "吨", "瓦", "瓦时", "标箱", "-")
)
_FAMILIES = """
enterprise_count enterprises_covered enterprises_served enterprises_contacted
    enterprises_financed applicant_count partner_count market_entity_count
facility_count plant_count platform_count zone_count route_count river_count
person_count staff_count training_count audience_count passenger_count contact_count
    tourist_count
output_value expected_output
area area_land area_building
financing_amount loan_amount credit_line fund_size intended_amount financing_demand
fixed_asset_investment industrial_investment
achievement_count patent_count award_count case_count scenario_count
capacity output_volume
policy_count measure_count service_item_count
team_count grid_count
requests_received suggestion_count
resolve_rate satisfaction_rate
community_count city_count country_count
duration response_time
"""
"""Codes that say the same, a family a line; what is indented goes on with it."""
_FAMILY = {
    code: (names.split() or [""])[0]
    for names in _FAMILIES.replace("\n    ", " ").split("\n")
    for code in names.split()
}


@dataclass(frozen=True)
class Wanted:
    """A fact as written down: ``subjects`` are the names accepted."""

    attribute: str
    value: float | str
    unit: str
    subjects: tuple[str, ...]
    extras: dict[str, str]


@dataclass
class Passage:
    """A passage with its date and its facts."""

    name: str
    date: PageDate
    text: str = ""
    facts: list[Wanted] = field(default_factory=list)
    names: dict[str, list[str]] = field(default_factory=dict)


def passages(path: Path) -> tuple[list[str], list[Passage]]:
    """Return the invented places of a set, and its passages."""
    places: list[str] = []
    found: list[Passage] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            *name, date = line[3:].split()
            year, month = date.split("-")
            found.append(Passage(" ".join(name), PageDate(int(year), int(month))))
        elif line.startswith("places: "):
            places = line.split()[1:]
        elif line.startswith("= "):
            found[-1].facts.append(_wanted(line[2:]))
        elif line.startswith(("zones: ", "enterprises: ")):
            kind, *names = line.split()
            found[-1].names[kind.strip("s:")] = names
        elif found:
            found[-1].text += line + "\n"
    return places, found


def _wanted(line: str) -> Wanted:
    fact, _, rest = line.partition(" @")
    code, value, unit = fact.split()
    subject, *extras = rest.split(" ")
    number = value if not value.lstrip("-").replace(".", "").isdigit() else float(value)
    pairs = dict(one.split("=", 1) for one in extras if "=" in one)
    return Wanted(code, number, unit, tuple(subject.split("|")), pairs)


def _unit(unit: str | None) -> str:
    if unit in _PEOPLE:
        return "人"
    if not unit or unit in _APART or unit in _MEASURES:
        return unit or "-"
    return "个"


def same_value(wanted: Wanted, fact: Fact) -> bool:
    """Say whether number and unit are right, or a text is."""
    if isinstance(wanted.value, str) or isinstance(fact.value, str):
        one, other = str(wanted.value), str(fact.value)
        return one in other or (other in one and len(other) * 2 >= len(one))
    near = abs(wanted.value - fact.value) <= 1e-6 * max(1, abs(wanted.value))
    units = _unit(wanted.unit), _unit(fact.unit)
    return near and (units[0] == units[1] or "-" in units)


def same_attribute(wanted: Wanted, fact: Fact) -> bool:
    """Say whether the attribute is the same, or of the same family."""
    return _FAMILY.get(wanted.attribute, wanted.attribute) == _FAMILY.get(
        fact.attribute, fact.attribute
    )


def same_subject(wanted: Wanted, fact: Fact) -> bool:
    """Say whether it is a name accepted, a division without 市 or 县, or the ending of one."""
    name = fact.subject or ""
    return any(
        name in (one, one[:-1])
        or (min(len(name), len(one)) >= 3 and (name.endswith(one) or one.endswith(name)))
        for one in wanted.subjects
    )


Tests = tuple[Callable[[Wanted, Fact], bool], ...]
LEVELS: dict[str, Tests] = {
    "V": (same_value,),
    "VA": (same_value, same_attribute),
    "FACT": (same_value, same_attribute, same_subject),
}


@dataclass
class Told:
    """What came out: counts by level, and what was missed or not asked for, in words."""

    counts: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)

    def f1(self, level: str) -> float:
        """Return the F1 of a level or of a kind of name."""
        both = self.counts[f"{level} wanted"] + self.counts[f"{level} found"]
        return 2 * self.counts[level] / both if both else 0.0


def judged(name: str, lexicon: Lexicon) -> Told:
    """Read a set and compare."""
    places, found = passages(FOLDER / f"{name}.txt")
    knowing = lexicon.knowing(places=places)
    told = Told()
    for one in found:
        facts = read_page(one.text, knowing, one.date).facts
        _judge(one, facts, told)
        _judge_names(one, facts, told)
    return told


def _judge(one: Passage, facts: Sequence[Fact], told: Told) -> None:
    numeric = [fact for fact in facts if fact.source == "fact" and not isinstance(fact.value, str)]
    wanted = [fact for fact in one.facts if not isinstance(fact.value, str)]
    for level, tests in LEVELS.items():
        pairs = list(_paired(wanted, numeric, tests))
        told.counts[level] += len(pairs)
        told.counts[f"{level} wanted"] += len(wanted)
        used = {id(fact) for _, fact in pairs}
        extra = [f for f in numeric if id(f) not in used and not _repeats(f, one, tests)]
        told.counts[f"{level} found"] += len(pairs) + len(extra)
        if level == "FACT":
            met = {id(want) for want, _ in pairs}
            told.errors += [f"{one.name} - {f}" for f in wanted if id(f) not in met]
            told.errors += [f"{one.name} + {_brief(f)}" for f in extra]
            told.errors += list(_qualified(one, pairs, told))
    for want in one.facts:
        if isinstance(want.value, str):
            told.counts["text wanted"] += 1
            hit = any(all(test(want, fact) for test in LEVELS["FACT"]) for fact in facts)
            told.counts["text"] += hit
            told.errors += [] if hit else [f"{one.name} - {want}"]


def _paired(
    wanted: Sequence[Wanted], facts: Sequence[Fact], tests: Tests
) -> Iterator[tuple[Wanted, Fact]]:
    left = list(facts)
    for want in wanted:
        fits = [fact for fact in left if all(test(want, fact) for test in tests)]
        best = max(fits, key=lambda fact: sum(t(want, fact) for t in LEVELS["FACT"]), default=None)
        if best is not None:
            left.remove(best)
            yield want, best


def _repeats(fact: Fact, one: Passage, tests: Tests) -> bool:
    """Say whether a figure not asked for repeats one that is, or a growth or target of one."""
    if any(all(test(want, fact) for test in tests) for want in one.facts):
        return True
    said = [float(want.extras[k]) for want in one.facts for k in want.extras if k in _NUMBERS]
    return any(abs(abs(value) - abs(float(fact.value))) < 1e-6 for value in said)


_NUMBERS = ("yoy", "target", "from")


def _qualified(one: Passage, pairs: Sequence[tuple[Wanted, Fact]], told: Told) -> Iterator[str]:
    """Count times and growth of what was found; yield what differs."""
    for want, fact in pairs:
        if "period" in want.extras:
            told.counts["period wanted"] += 1
            told.counts["period"] += want.extras["period"] == fact.period
            if want.extras["period"] != fact.period:
                yield f"{one.name} period {fact.period} for {want}"
        for key, name in (("yoy", "yoy_pct"), ("target", "target_pct"), ("from", "from")):
            if key in want.extras:
                told.counts["growth wanted"] += 1
                right = fact.qualifiers.get(name) == float(want.extras[key])
                told.counts["growth"] += right
                if not right:
                    yield f"{one.name} {name} {fact.qualifiers.get(name)} for {want}"


def _judge_names(one: Passage, facts: Sequence[Fact], told: Told) -> None:
    named = [fact for fact in facts if fact.source == "entity"]
    for kind in ("zone", "enterprise"):
        wanted = set(one.names.get(kind, ()))
        places = {name for fact in one.facts for name in fact.subjects}
        found = {str(fact.value) for fact in named if fact.type == kind}
        extra = {name for name in found - wanted if not (kind == "zone" and name in places)}
        told.counts[kind] += len(found & wanted)
        told.counts[f"{kind} wanted"] += len(wanted)
        told.counts[f"{kind} found"] += len(found & wanted) + len(extra)
        told.errors += [f"{one.name} - {kind} {name}" for name in wanted - found]
        told.errors += [f"{one.name} + {kind} {name}" for name in extra]


def _brief(fact: Fact) -> str:
    return f"{fact.attribute} {fact.value} {fact.unit} @{fact.subject} | {fact.quote[-40:]}"


def line(told: Told) -> str:
    """Return the figures of a set in one line."""
    levels = "  ".join(f"{name} {told.f1(name):.3f}" for name in (*LEVELS, "zone", "enterprise"))
    shares = "  ".join(
        f"{name} {told.counts[name]}/{told.counts[f'{name} wanted']}"
        for name in ("period", "growth", "text")
    )
    return f"{levels}  {shares}"


def main() -> None:
    """Print the figures of the sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, default=None)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    for name in SETS if given.set is None else (given.set,):
        told = judged(name, reading())
        print(f"{name:<8}{line(told)}")
        if given.errors:
            print("\n".join(told.errors))


if __name__ == "__main__":
    main()
