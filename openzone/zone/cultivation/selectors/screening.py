"""Candidates of a pool: who is near its rule, how far, and what a person decided before."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from openzone.engines.facts.catalogue import FactType
from openzone.engines.rules.columns import Columns
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.match import Record, match
from openzone.engines.rules.near import Near
from openzone.engines.rules.schema import Rule, Version
from openzone.packs.cultivation import Pool
from openzone.zone.cultivation.enums import Choice
from openzone.zone.cultivation.models import Band, Entry
from openzone.zone.cultivation.selectors.projection import Projection, project
from openzone.zone.cultivation.selectors.recognitions import holders
from openzone.zone.registry.models import Enterprise
from openzone.zone.registry.packs import catalogue
from openzone.zone.registry.selectors.columns import Columns as Read
from openzone.zone.registry.selectors.columns import columns
from openzone.zone.rulebook.packs import ReleaseKey, plan_of, plan_on, release_key, rule_set
from openzone.zone.rulebook.selectors.entitlements import Entitlement, Standing
from openzone.zone.rulebook.selectors.population import population

_LAST_YEAR, _BEFORE = "_y1", "_y2"


@dataclass(frozen=True, slots=True)
class Reach:
    """How near a candidate of a pool must be, now."""

    within: float
    include: tuple[Standing, ...]
    band: Band | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enterprise the screening proposes, and why.

    ``share`` is what is missing as a share of the limit, the largest if several are; 0 for who
    reaches it, ``None`` where distance has no meaning. ``declined`` is what a person decided last.
    """

    enterprise: Enterprise
    entitlement: Entitlement
    share: float | None
    projection: Projection | None
    declined: Entry | None = None

    @property
    def standing(self) -> Standing:
        """How it stands with the rule of the pool."""
        return self.entitlement.standing

    @property
    def reached(self) -> float | None:
        """The share of the limit it has, such as 0.93."""
        return None if self.share is None else 1 - self.share


def reach_of(pool: Pool) -> Reach:
    """Return the band in force: the zone's own, else the pack's."""
    band = Band.objects.filter(pool=pool.id).order_by("-pk").first()
    if band is None:
        return Reach(pool.within, tuple(Standing(one) for one in pool.include), None)
    include = [Standing.NEAR]
    include += [Standing.MET] if band.met else []
    include += [Standing.UNKNOWN] if band.unknown else []
    return Reach(float(band.within), tuple(include), band)


def candidates(pool: Pool, as_of: dt.date) -> list[Candidate]:
    """Return who is near enough, has not reached the goal and is not in the pool; nearest first."""
    if pool.rule not in plan_on(as_of).by_id:
        return []
    reach, people = reach_of(pool), population(as_of)
    out = holders([pool.title_reached], as_of) | _inside(pool)
    ids = {pk for one in _looked_at(pool, reach, as_of) for pk in people.standing(pool.rule, one)}
    found = standings(pool, sorted(ids - out), as_of)
    near = [one for one in found if _is_near(one, reach)]
    return sorted(near, key=lambda one: (one.share is None, one.share or 0.0, one.enterprise.pk))


def _looked_at(pool: Pool, reach: Reach, as_of: dt.date) -> tuple[Standing, ...]:
    """Return how those may stand who can be near enough.

    Where the band is wider than the rule's own limit of a near miss, some stand as plain noes.
    """
    own = _rule(pool, as_of)[1].near
    wider = own is not None and reach.within > float(own.within.value)
    return (*reach.include, Standing.NOT_MET) if wider else reach.include


def standings(pool: Pool, enterprises: Sequence[int], as_of: dt.date) -> list[Candidate]:
    """Return how these enterprises stand with the rule of a pool, whatever the distance."""
    if not enterprises:
        return []
    rule, version = _rule(pool, as_of)
    firms = Enterprise.objects.in_bulk(list(enterprises))
    declined = _declined(pool, enterprises)
    answers = _answers(pool, enterprises, as_of)
    projections = _projections(answers, as_of)
    return [
        Candidate(
            firms[int(record.id)],
            Entitlement(rule, version, record),
            _share(record),
            projections.get(int(record.id)),
            declined.get(int(record.id)),
        )
        for record in answers
    ]


def limits(pool: Pool, enterprises: Sequence[int], as_of: dt.date) -> dict[int, float]:
    """Return the sales of a year in yuan that the rule of a pool asks of each enterprise.

    It is what the class of one that sold nothing would be short of, so that it is known of who
    reaches it as well. Absent where the class is not known or is not measured by sales.
    """
    if not enterprises or pool.rule not in plan_on(as_of).by_id:
        return {}
    read, known = _read(pool, enterprises, as_of), catalogue()
    nothing = dict(read.values)
    for name in nothing:
        if known[name].type is FactType.YUAN:
            nothing[name] = [Decimal(0)] * len(read.enterprises)
    answers = _matched(pool, as_of, replace(read, values=nothing))
    short = {int(one.id): one.near[0] for one in answers if len(one.near) == 1}
    return {pk: float(near.need) for pk, near in short.items() if _missing(near) is not None}


def _answers(pool: Pool, enterprises: Sequence[int], as_of: dt.date) -> list[Record]:
    return _matched(pool, as_of, _read(pool, enterprises, as_of))


def _read(pool: Pool, enterprises: Sequence[int], as_of: dt.date) -> Read:
    plan, known = _plan(release_key(), pool.rule, as_of), catalogue()
    return columns(as_of, sorted(name for name in plan.facts if name in known), list(enterprises))


def _matched(pool: Pool, as_of: dt.date, read: Read) -> list[Record]:
    plan = _plan(release_key(), pool.rule, as_of)
    facts = Columns.from_values([str(pk) for pk in read.enterprises], read.values, catalogue())
    return [record for record in match(plan, facts) if record.rule == pool.rule]


@lru_cache(maxsize=8)
def _plan(key: ReleaseKey, rule_id: str, as_of: dt.date) -> Plan:
    """Return the plan of a day with one rule telling every distance: the pool sets the band."""
    chosen = rule_set(key)
    rules = (_telling(rule) if rule.rule == rule_id else rule for rule in chosen.rules)
    return plan_of(replace(chosen, rules=tuple(rules)), as_of)


def _telling(rule: Rule) -> Rule:
    versions = tuple(version.model_copy(update={"near": None}) for version in rule.versions)
    return rule.model_copy(update={"versions": versions})


def standing_of(pool: Pool, enterprise: Enterprise, as_of: dt.date) -> Candidate | None:
    """Return how one enterprise stands with a pool; ``None`` while its rule is not in force."""
    if pool.rule not in plan_on(as_of).by_id:
        return None
    return next(iter(standings(pool, [enterprise.root_id], as_of)), None)


def _rule(pool: Pool, as_of: dt.date) -> tuple[Rule, Version]:
    compiled = plan_on(as_of).by_id[pool.rule]
    return compiled.rule, compiled.version


def _is_near(candidate: Candidate, reach: Reach) -> bool:
    if candidate.standing not in reach.include:
        return False
    if candidate.standing is not Standing.NEAR:
        return True
    # Half of a ten-thousandth: 0.8 of a limit has 0.2 missing, floats or not.
    return candidate.share is not None and candidate.share <= reach.within + 5e-5


def _share(record: Record) -> float | None:
    if record.outcome == "met":
        return 0.0
    shares = [_missing(near) for near in record.near]
    if not shares or None in shares:
        return None
    return max(share for share in shares if share is not None)


def _missing(near: Near) -> float | None:
    need = near.need
    is_number = isinstance(need, int | float) and not isinstance(need, bool)
    if near.gap is None or not is_number or not need:
        return None
    return near.gap / abs(float(need))


def _inside(pool: Pool) -> set[int]:
    inside = Entry.objects.filter(pool=pool.id, choice=Choice.ACCEPTED, left_on__isnull=True)
    return set(inside.order_by("pk").values_list("enterprise__root", flat=True))


def _declined(pool: Pool, enterprises: Sequence[int]) -> dict[int, Entry]:
    entries = Entry.objects.filter(pool=pool.id, enterprise__root__in=list(enterprises))
    latest = {
        one.enterprise.root_id: one for one in entries.order_by("pk").select_related("enterprise")
    }
    return {pk: one for pk, one in latest.items() if one.choice == Choice.DECLINED}


def _projections(answers: Sequence[Record], as_of: dt.date) -> dict[int, Projection]:
    """Project those whose only distance is a figure of last year that is also known before."""
    wanted = {int(one.id): near for one in answers if (near := _yearly(one)) is not None}
    names = sorted({near.fact.removesuffix(_LAST_YEAR) + _BEFORE for near in wanted.values()})
    read = columns(as_of, names, sorted(wanted)) if wanted else None
    if read is None:
        return {}
    values = {name: dict(zip(read.enterprises, read.values[name], strict=True)) for name in names}
    found = {}
    for pk, near in wanted.items():
        before = values[near.fact.removesuffix(_LAST_YEAR) + _BEFORE][pk]
        if before is not None:
            found[pk] = project(
                float(near.have), float(str(before)), float(near.need), as_of.year - 1
            )
    return found


def _yearly(record: Record) -> Near | None:
    only = record.near[0] if len(record.near) == 1 else None
    if only is None or not only.fact.endswith(_LAST_YEAR) or _missing(only) is None:
        return None
    return only if isinstance(only.have, int | float) and only.have < only.need else None
