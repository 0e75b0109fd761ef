"""Packs from folders: the national ones, and a zone's own laid over them.

A pack folder holds ``facts.yaml``, ``rules/<rule id>.yaml`` and ``relations.yaml``. A zone names
its folder in ``OPENZONE_PACKS``: its series are added, its rules are added, and a rule file with
the name of a national one takes its place.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openzone.engines.facts.catalogue import Catalogue, SeriesSpec
from openzone.engines.rules.document import LARGEST, TOO_LARGE
from openzone.engines.rules.loading import Checked, read_rules
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.rules.relation_language import AnyRelation
from openzone.engines.rules.relations import load_relations
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.rules.schema import Rule
from openzone.engines.text import Text
from openzone.packs.facts_file import Documents, FactsFile, read_facts

NATIONAL = Path(__file__).parent / "national"

MOST_BYTES = 3 * LARGEST
"""A Chinese character takes three."""
NOT_FOUND = Text("找不到文件", "file not found")
NOT_UTF8 = Text("文件不是 UTF-8 编码", "the file is not UTF-8")
NO_FOLDER = Text("OPENZONE_PACKS 指向的文件夹不存在", "OPENZONE_PACKS names no folder")
NOT_A_FOLDER = Text("不是文件夹", "not a folder")
NOT_YML = Text("文件名请以 .yaml 结尾，否则不会读取", "end the name in .yaml, or it is not read")
NO_RULES = Text("文件夹里没有规则文件(*.yaml)", "the folder holds no rule files (*.yaml)")
NAME_TWICE = Text("名称 {name} 已被序列 {other} 使用", "the name {name} is taken by series {other}")
ALIAS_TWICE = Text("别名 {name} 已属于 {other}", "the alias {name} belongs to {other}")
NO_SERIES = Text("没有序列 {name}", "there is no series {name}")
FILE_NAME = Text("文件名应为 {name}", "the file must be named {name}")


@cache
def national_catalogue() -> Catalogue:
    """Return the facts every zone has."""
    return load_catalogue([NATIONAL / "facts.yaml"])


@cache
def national_rules() -> tuple[Rule, ...]:
    """Return the national rules, checked against the national facts."""
    return load_rules([NATIONAL / "rules"], national_catalogue())


def zone_folder() -> Path | None:
    """Return the folder named by ``OPENZONE_PACKS``.

    Raises:
        PackError: it names a folder that is not there.

    """
    given = os.environ.get("OPENZONE_PACKS")
    if not given:
        return None
    if not Path(given).is_dir():
        raise PackError([PackProblem(given, 1, "", NO_FOLDER)])
    return Path(given)


def zone_catalogue(folder: Path | None) -> Catalogue:
    """Return the national facts and those of a zone's ``folder``."""
    own = folder / "facts.yaml" if folder else None
    if own is None or not own.exists():
        return national_catalogue()
    return load_catalogue([NATIONAL / "facts.yaml", own])


def zone_rules(folder: Path | None) -> tuple[Rule, ...]:
    """Return the national rules with those of a zone's ``folder`` laid over them."""
    if folder is None:
        return national_rules()
    return load_rules([NATIONAL / "rules", folder / "rules"], zone_catalogue(folder))


def zone_relations(folder: Path | None) -> tuple[AnyRelation, ...]:
    """Return how the rules of a zone's ``folder`` limit each other; the nation states nothing."""
    place = folder / "relations.yaml" if folder else None
    if place is None or not place.exists():
        return ()
    return load_relations(_text(place), str(place), zone_rules(folder), zone_catalogue(folder))


@dataclass(frozen=True)
class Pack:
    """A pack folder as a zone would use it: laid over the national rules.

    ``own`` are the rules that the folder itself states; ``warnings`` keep nothing from being used.
    """

    ruleset: RuleSet
    own: tuple[Rule, ...]
    warnings: tuple[PackProblem, ...]


def installed() -> RuleSet:
    """Return the national rules with those of the zone's folder laid over them."""
    folder = zone_folder()
    return RuleSet(zone_catalogue(folder), zone_rules(folder), zone_relations(folder))


def check_folder(folder: Path) -> tuple[Catalogue, tuple[Rule, ...]]:
    """Read a pack folder as :func:`read_folder` does; return the catalogue and its own rules.

    Raises:
        PackError: it is no folder, holds no rules, or with every problem of every file.

    """
    pack = read_folder(folder)
    return pack.ruleset.catalogue, pack.own


def read_folder(folder: Path) -> Pack:
    """Read a pack folder, or a folder of rule files only, as it would be used by a zone.

    Raises:
        PackError: it is no folder, holds no rules, or with every problem of every file.

    """
    if not folder.is_dir():
        raise PackError([PackProblem(str(folder), 1, "", NOT_A_FOLDER)])
    rules = folder / "rules" if (folder / "rules").is_dir() else folder
    own = {path.stem for path in rules.glob("*.yaml")} - {"facts", "relations"}
    _refuse_other_endings({rules, folder})
    if not own and not (folder / "facts.yaml").exists():
        raise PackError([PackProblem(str(folder), 1, "", NO_RULES)])
    catalogue = _catalogue_of(folder)
    places = [path for path in sorted(rules.glob("*.yaml")) if path.stem in own]
    checked = _read_rules([NATIONAL / "rules", *places], catalogue)
    relations: tuple[AnyRelation, ...] = ()
    if (folder / "relations.yaml").exists():
        place = folder / "relations.yaml"
        relations = load_relations(_text(place), str(place), checked.rules, catalogue)
    ours = {str(place) for place in places}
    return Pack(
        RuleSet(catalogue, checked.rules, relations),
        tuple(rule for rule in checked.rules if rule.rule in own),
        tuple(warning for warning in checked.warnings if warning.file in ours),
    )


def _refuse_other_endings(folders: Iterable[Path]) -> None:
    """Refuse files that would be passed over in silence."""
    strays = sorted(path for folder in folders for path in folder.glob("*.yml"))
    if strays:
        raise PackError([PackProblem(str(path), 1, "", NOT_YML) for path in strays])


def _catalogue_of(folder: Path) -> Catalogue:
    """Return a folder's facts: on their own if they are a whole catalogue, else laid over."""
    facts = folder / "facts.yaml"
    if facts.exists() and _is_whole(facts):
        return load_catalogue([facts])
    return zone_catalogue(folder)


def _is_whole(facts: Path) -> bool:
    """Whether a file defines the identifier, which every catalogue has once."""
    national = read_facts(_text(NATIONAL / "facts.yaml"), "national", {})
    own = read_facts(_text(facts), str(facts), national.documents)
    return any(spec.name == "id" for spec in own.series.values())


def load_catalogue(paths: Iterable[Path]) -> Catalogue:
    """Read ``facts.yaml`` files in order and join them.

    Raises:
        PackError: with every problem of every file.

    """
    files: list[FactsFile] = []
    problems: list[PackProblem] = []
    known: Documents = {}
    for path in paths:
        try:
            files.append(read_facts(_text(path), str(path), known))
            known = files[-1].documents
        except PackError as error:
            problems += error.problems
    series = _join(files, problems)
    if problems:
        raise PackError(problems)
    return Catalogue(series)


def load_rules(places: Iterable[Path], catalogue: Catalogue) -> tuple[Rule, ...]:
    """Read rule files, or folders of them; a later file replaces an earlier of the same name.

    Raises:
        PackError: with every problem of every file.

    """
    return _read_rules(places, catalogue).rules


def _read_rules(places: Iterable[Path], catalogue: Catalogue) -> Checked:
    """Read rule files as :func:`load_rules` does, with what is warned of."""
    paths = {path.name: path for place in places for path in _rule_files(place)}
    texts = {str(path): _text(path) for path in paths.values()}
    checked = read_rules(texts, catalogue)
    misnamed = [
        PackProblem(file, 1, "rule", FILE_NAME.format(name=f"{rule.rule}.yaml"))
        for file, rule in zip(texts, checked.rules, strict=True)
        if Path(file).name != f"{rule.rule}.yaml"
    ]
    if misnamed:
        raise PackError(misnamed)
    return checked


def _rule_files(place: Path) -> list[Path]:
    return sorted(place.glob("*.yaml")) if place.is_dir() or not place.suffix else [place]


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            reason = TOO_LARGE.format(size=f"{size:,}", most=f"{MOST_BYTES:,}")
            raise PackError([PackProblem(str(path), 1, "", reason)])
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise PackError([PackProblem(str(path), 1, "", NOT_FOUND)]) from None
    except UnicodeDecodeError:
        raise PackError([PackProblem(str(path), 1, "", NOT_UTF8)]) from None


def _join(files: list[FactsFile], problems: list[PackProblem]) -> tuple[SeriesSpec, ...]:
    """Return all series with their aliases, adding to ``problems`` what is taken twice."""
    series = _distinct(files, problems)
    owners: dict[str, str] = {}
    for file, name, alias, where in _headings(files):
        if name not in series:
            problems.append(file.problem(where, NO_SERIES.format(name=name)))
        elif alias in owners:
            reason = ALIAS_TWICE.format(name=alias, other=owners[alias])
            problems.append(file.problem(where, reason))
        owners[alias] = name
    return tuple(
        spec.model_copy(update={"aliases": _own(spec, owners)}) for spec in series.values()
    )


def _own(spec: SeriesSpec, owners: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        alias for alias, name in owners.items() if name == spec.name and alias != spec.label.zh
    )


def _distinct(files: list[FactsFile], problems: list[PackProblem]) -> dict[str, SeriesSpec]:
    """Return the series by name; a fact name is given once and for life."""
    series: dict[str, SeriesSpec] = {}
    facts: dict[str, str] = {}
    for file in files:
        for index, spec in file.series.items():
            for fact in Catalogue((spec,)):
                if fact.name in facts:
                    reason = NAME_TWICE.format(name=fact.name, other=facts[fact.name])
                    problems.append(file.problem(("series", index), reason))
                facts[fact.name] = spec.name
            series[spec.name] = spec
    return series


def _headings(
    files: list[FactsFile],
) -> Iterator[tuple[FactsFile, str, str, tuple[str | int, ...]]]:
    """Yield every heading with its series: the Chinese label counts as one."""
    for file in files:
        for index, spec in file.series.items():
            for alias in (spec.label.zh, *spec.aliases):
                yield file, spec.name, alias, ("series", index)
        for name, aliases in file.aliases.items():
            for alias in aliases:
                yield file, name, alias, ("aliases", name)
