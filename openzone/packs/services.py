"""Service packs: the case types of a zone, from YAML files that build on each other.

``services/`` holds one file a type and ``services/presets/`` sets of clocks. A zone puts its own
into ``services/`` of its pack folder; a file named like one of these takes its place. A type
``extends`` another: mappings are merged, lists replaced, and ``null`` takes something away.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from openzone.engines.cases.definition import CaseType, DefinitionError, case_type
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.sourced import Sourced, merged, read

SERVICES = Path(__file__).parent / "services"
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")
NO_SUCH = Text("没有“{name}”，可用：{known}", "there is no “{name}”; known are {known}")
CIRCLE = Text("互相扩展成环", "they extend each other in a circle")
PRESET_KEYS = ("preset", "title", "region", "source", "verified", "notes", "clocks")
NOT_HERE = Text("预设里没有这一项", "a preset knows no such field")


@cache
def service_types() -> Mapping[str, CaseType]:
    """Return the case types in use by id: those shipped, and the zone's laid over them."""
    return types_of(zone_folder())


def types_of(folder: Path | None) -> Mapping[str, CaseType]:
    """Return the case types as a zone with a pack folder has them.

    Raises:
        PackError: with every problem of every file, with file and line.

    """
    files, presets = _files(folder, "*.yaml"), _files(folder, "presets/*.yaml")
    found: dict[str, CaseType] = {}
    problems: list[PackProblem] = []
    for name in files:
        try:
            whole = _whole(name, files, presets, ())
            if not whole.data.get("abstract"):
                found[name] = _typed(whole)
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(list(dict.fromkeys(problems)))
    return found


def _files(folder: Path | None, pattern: str) -> dict[str, Path]:
    own = sorted((folder / "services").glob(pattern)) if folder else []
    return {path.stem: path for path in (*sorted(SERVICES.glob(pattern)), *own)}


def _typed(whole: Sourced) -> CaseType:
    plain = whole.without("extends", "abstract")
    try:
        return case_type(plain.data)
    except DefinitionError as error:
        raise PackError([plain.problem(one.path, one.reason) for one in error.problems]) from None


def _whole(
    name: str, files: Mapping[str, Path], presets: Mapping[str, Path], above: tuple[str, ...]
) -> Sourced:
    """Return a file laid over what it extends, with the clocks it adopts."""
    own = read(files[name])
    if own.data.get("id") != name:
        raise PackError([own.problem(("id",), FILE_NAME.format(name=own.data.get("id")))])
    base = own.data.get("extends")
    whole = own
    if base is not None:
        known = set(files) - {name}
        if base not in known:
            raise PackError([own.problem(("extends",), _no_such(base, known))])
        if base in above:
            raise PackError([own.problem(("extends",), CIRCLE)])
        whole = merged(_whole(base, files, presets, (*above, name)).without("abstract"), own)
    return _with_clocks(whole, presets)


def _with_clocks(whole: Sourced, presets: Mapping[str, Path]) -> Sourced:
    """Lay the clocks of a file over the preset it names."""
    clocks = whole.under("clocks") if "clocks" in whole.data else None
    if clocks is None or not isinstance(clocks.data, dict) or "preset" not in clocks.data:
        return whole
    wanted = clocks.data["preset"]
    if wanted not in presets:
        raise PackError([clocks.problem(("preset",), _no_such(wanted, presets))])
    return whole.holding("clocks", merged(preset(presets[wanted]), clocks.without("preset")))


def preset(path: Path) -> Sourced:
    """Return the clocks of a preset by id."""
    own = read(path)
    unknown = [own.problem((name,), NOT_HERE) for name in own.data if name not in PRESET_KEYS]
    if own.data.get("preset") != path.stem:
        unknown.append(own.problem(("preset",), FILE_NAME.format(name=own.data.get("preset"))))
    if unknown:
        raise PackError(unknown)
    return own.under("clocks")


def _no_such(name: object, known: object) -> Text:
    names = sorted(map(str, known)) if isinstance(known, Mapping | set) else []
    return NO_SUCH.format(name=name, known=", ".join(names))
