"""The ``reading`` folder: what the reader of pages knows, and a zone's own words laid over it.

In a zone's folder a list of rules adds to the national one, and a rule with the id of a national
one takes its place; a list of words adds words; a single value takes the place of the other.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from openzone.engines.reading.pages import lexicon as lex
from openzone.engines.reading.pages.words import Words, any_of, spelled
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs import reading_models as models
from openzone.packs.loading import NATIONAL
from openzone.packs.reading_texts import TextsFile
from openzone.packs.sourced import Sourced, read
from openzone.packs.tables import load_divisions

FOLDER = "reading"
BAD = Text("规则“{rule}”：{msg}", "rule “{rule}”: {msg}")
STRAY = Text("没有这样的文件，可用：{names}", "no such file; there are: {names}")


@cache
def reading(folder: Path | None = None) -> lex.Lexicon:
    """Return the lexicon: the national files with a zone's own laid over them.

    Raises:
        PackError: with file, line, rule and reason of everything that is wrong.

    """
    return _lexicon(files(folder))


def files(folder: Path | None = None) -> dict[str, Any]:
    """Return the checked files of a zone, by their names.

    Raises:
        PackError: as :func:`reading`.

    """
    own = folder / FOLDER if folder else None
    if own is not None and own.is_dir():
        strays = [path for path in sorted(own.iterdir()) if path.name not in models.FILES]
        if strays:
            reason = STRAY.format(names="、".join(models.FILES))
            raise PackError([PackProblem(str(path), 1, "", reason) for path in strays])
    return {name: _file(name, own) for name in models.FILES}


def _file(name: str, own: Path | None) -> Any:
    base = read(NATIONAL / FOLDER / name)
    path = own / name if own else None
    laid = _laid(base, read(path)) if path and path.exists() else base
    try:
        return models.FILES[name].model_validate(laid.data)
    except ValidationError as error:
        raise PackError(
            [_problem(laid, each["loc"], each["msg"]) for each in error.errors()]
        ) from None


def _problem(source: Sourced, where: tuple[int | str, ...], msg: str) -> PackProblem:
    return source.problem(where, BAD.format(rule=_rule_at(source.data, where), msg=msg))


def _rule_at(data: Any, where: tuple[int | str, ...]) -> str:
    """Return the id of the rule a path leads into, else the name of the field."""
    name = str(where[0]) if where else ""
    for step in where:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(data, dict) and "id" in data:
            name = str(data["id"])
    return name


def _laid(base: Sourced, top: Sourced) -> Sourced:
    """Lay a zone's file over the national one, lists added to lists."""
    places = dict(base.places)
    data = _over(base.data, top.data, (), places, top)
    return Sourced(data, places)


def _over(below: Any, above: Any, path: tuple[Any, ...], places: Any, top: Sourced) -> Any:
    if isinstance(below, dict) and isinstance(above, dict):
        named = {
            name: _over(below.get(name), value, (*path, name), places, top)
            for name, value in above.items()
        }
        return {**below, **named}
    if isinstance(below, list) and isinstance(above, list):
        return _added(below, above, path, places, top)
    _move(top, path, path, places)
    return above


def _added(
    below: list[Any], above: list[Any], path: tuple[Any, ...], places: Any, top: Sourced
) -> list[Any]:
    """Add the items of a list; one with a known ``id`` takes the other's place."""
    known = {one["id"]: i for i, one in enumerate(below) if isinstance(one, dict) and "id" in one}
    joined = list(below)
    for index, one in enumerate(above):
        place = known.get(one.get("id")) if isinstance(one, dict) else None
        if place is None:
            place = len(joined)
            joined.append(one)
        joined[place] = one
        _move(top, (*path, index), (*path, place), places)
    return joined


def _move(top: Sourced, source: tuple[Any, ...], target: tuple[Any, ...], places: Any) -> None:
    """Remember that a value now stands elsewhere."""
    for path, at in top.places.items():
        if path[: len(source)] == source:
            places[(*target, *path[len(source) :])] = at


def _lexicon(found: dict[str, Any]) -> lex.Lexicon:
    attributes = {one.id: _attribute(one) for one in found["attributes.yaml"].attributes}
    units: models.UnitsFile = found["units.yaml"]
    return lex.Lexicon(
        units=tuple(unit for rule in units.units for unit in _units(rule)),
        multiples=units.multiples,
        approximate=lex.Approximate(**units.approximate.model_dump()),
        attributes=attributes,
        heads=_heads(found["attributes.yaml"].attributes, attributes),
        periods=tuple(
            lex.PeriodRule(one.id, re.compile(one.pattern), one.value, one.cumulative, one.spreads)
            for one in found["periods.yaml"].periods
        ),
        period_begins=found["periods.yaml"].begins,
        dates=lex.DateRules(**_compiled(found["periods.yaml"].page_date)),
        reports=lex.ReportRules(**_compiled(found["periods.yaml"].reports)),
        names=_names(found["names.yaml"]),
        statements=_statements(found["texts.yaml"]),
        subjects=_subjects(found["subjects.yaml"]),
        furniture=_furniture(found["furniture.yaml"]),
        checks=lex.CheckRules(**found["checks.yaml"].model_dump(exclude={"verified"})),
        roles=lex.RoleRules(**_compiled(found["roles.yaml"])),
    )


def _compiled(rules: BaseModel) -> dict[str, Any]:
    """Return the fields of an entry, its texts compiled as patterns."""
    fields = rules.model_dump(exclude={"verified"}).items()
    return {name: re.compile(value) if isinstance(value, str) else value for name, value in fields}


def _attribute(rule: models.AttributeRule) -> lex.Attribute:
    becomes = tuple((re.compile(pattern), code) for code, pattern in rule.becomes.items())
    code, kinds = rule.code or rule.id, frozenset(rule.kinds)
    return lex.Attribute(rule.id, code, kinds, rule.type, becomes, rule.per, rule.direct, rule.loss)


def _heads(
    rules: Iterable[models.AttributeRule], attributes: dict[str, lex.Attribute]
) -> Words[tuple[lex.Attribute, ...]]:
    words: dict[str, tuple[lex.Attribute, ...]] = {}
    for rule in rules:
        for word in spelled(rule.words):
            here = words.get(word, ())
            if word and attributes[rule.id] not in here:
                words[word] = (*here, attributes[rule.id])
    return Words(words)


def _units(rule: models.UnitRule) -> Iterator[lex.Unit]:
    for form, factor in rule.forms.items():
        yield lex.Unit(rule.id, form, rule.base, rule.kind, factor, rule.keep, rule.spoken)


def _names(file: models.NamesFile) -> lex.NameRules:
    zones, firms, edges = file.zones, file.enterprises, file.edges
    return lex.NameRules(
        zone_suffixes=tuple(dict.fromkeys(spelled(zones.suffixes))),
        zone_types=zones.types,
        typed=re.compile(zones.typed),
        parks=re.compile(zones.parks),
        anaphora=zones.anaphora,
        quoted=zones.quoted,
        known_zones=frozenset(zones.known),
        descriptive=re.compile(any_of(zones.descriptive)),
        not_zones=frozenset(zones.not_zone),
        goes_on=re.compile(firms.goes_on),
        title=re.compile(firms.title),
        invested=re.compile(file.projects.invested),
        enterprise_suffixes=tuple(dict.fromkeys(spelled(firms.suffixes))),
        sure=firms.sure,
        with_place=firms.with_place,
        common_stems=frozenset(firms.common_stems),
        brands={
            **{name: name for name in spelled(firms.brands)},
            **dict.fromkeys(spelled(firms.not_brands), lex.NO_BRAND),
        },
        brand_goes_on=re.compile(firms.brand_goes_on),
        not_listed=firms.not_listed,
        alias_industry=firms.alias_industry,
        firm_anaphora=firms.anaphora,
        opening=file.bodies.opening,
        products=re.compile(file.bodies.products),
        firm_opening=re.compile(firms.opening),
        bodies=tuple(spelled(file.bodies.suffixes)),
        project_heads=file.projects.heads,
        project_anaphora=file.projects.anaphora,
        told_as=re.compile(file.projects.told_as),
        counted=file.projects.counted,
        not_projects=tuple(one for one in file.projects.not_projects if len(one) > 2),
        edge_characters=frozenset(edges.characters),
        leading=frozenset(edges.leading),
        opens=frozenset(edges.opens),
        of_a_kind=frozenset(edges.of_a_kind),
        edge_words=edges.words,
        hard_edges=edges.hard,
        places=_places(frozenset(file.not_places)),
    )


@cache
def _places(left_out: frozenset[str]) -> dict[str, bool]:
    """Return the names of divisions; short ones only where they are read as places everywhere."""
    divisions = load_divisions()
    full = {one.name for one in divisions}
    return {
        name: name in full
        for name in divisions.place_names()
        if len(name) > 1 and name not in left_out
    }


def _statements(file: TextsFile) -> lex.StatementRules:
    return lex.StatementRules(
        stages={word: rule.id for rule in file.stages for word in rule.words},
        future=file.future,
        documents=lex.Statement(file.documents.verbs, file.documents.endings),
        reports=file.documents.reports,
        designations=lex.Statement(file.designations.verbs, file.designations.endings),
        events=lex.Statement(file.events.verbs, file.events.endings),
        agreements=lex.Statement(file.agreements.verbs, file.agreements.endings),
        bare=file.documents.bare,
        held=file.events.held,
        **_compiled(file.works),
        **_compiled(file.products),
        sayings=tuple(lex.Saying(**_rule(one)) for one in file.sayings),
        pairs=tuple(lex.Pair(**_rule(one)) for one in file.pairs),
        quoted=tuple(lex.Quoted(**_rule(one)) for one in file.quoted),
    )


_PATTERNS = frozenset(("before", "behind", "between"))
_KINDS = frozenset(("of", "first", "second"))


def _rule(rule: BaseModel) -> dict[str, Any]:
    """Return the fields of a rule without its examples: patterns compiled, kinds as sets."""
    fields = rule.model_dump(exclude={"examples"})
    for name in fields:
        if name in _PATTERNS:
            fields[name] = re.compile(fields[name])
        elif name in _KINDS:
            fields[name] = frozenset(fields[name])
    return fields


def _subjects(file: models.SubjectsFile) -> lex.SubjectRules:
    return lex.SubjectRules(
        least=file.least,
        margin=file.margin,
        weights=file.weights,
        fits=file.fits,
        only_places=frozenset(file.only_places),
        rather_projects=frozenset(file.rather_projects),
        rather_enterprises=frozenset(file.rather_enterprises),
        lead=re.compile(file.lead),
        chained=re.compile(file.chained),
        speakers=file.speakers,
        partners=file.partners,
        places=file.places,
        completed=re.compile(file.completed),
        completes=file.completes,
        endings=file.endings,
        of_it=re.compile(file.of_it),
        listed=re.compile(file.listed),
        managers=file.managers,
        he=file.he,
        properties=re.compile(file.properties),
        pairs=file.pairs,
        ours=frozenset(file.ours),
        theirs=frozenset(file.theirs),
        says=re.compile(file.says),
    )


def _furniture(file: models.FurnitureFile) -> lex.Furniture:
    kinds = ("openings", "bylines_before", "bylines_after", "captions", "furniture")
    return lex.Furniture(**{kind: re.compile("|".join(_shapes(file, kind))) for kind in kinds})


def _shapes(file: models.FurnitureFile, kind: str) -> Iterator[str]:
    for rule in getattr(file, kind):
        yield f"(?i:{rule.pattern})" if rule.flags else f"(?:{rule.pattern})"
