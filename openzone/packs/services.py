"""Service packs: the case types of a zone, from YAML files that build on each other.

``services/`` holds one file a type and ``services/presets/`` sets of clocks. A zone puts its own
into ``services/`` of its pack folder; a file named like one of these takes its place. A type
``extends`` another: mappings are merged, lists replaced, and ``null`` takes something away.
``preset: NAME`` lays all a preset states between the two; ``clocks: {preset: NAME}`` takes its
clocks alone. The preset ``promised`` is no file: it is what the spokespersons promise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from openzone.engines.cases.definition import CaseType, DefinitionError, case_type
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.loading import zone_folder
from openzone.packs.promises import PROMISED, promised_clocks
from openzone.packs.sourced import Sourced, Steps, merged, read

SERVICES = Path(__file__).parent / "services"
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")
NO_SUCH = Text("没有“{name}”，可用：{known}", "there is no “{name}”; known are {known}")
CIRCLE = Text("互相扩展成环", "they extend each other in a circle")
ABOUT_PRESET = ("preset", "title", "region", "source", "verified", "notes")
"""What a preset says of itself and a type does not take over."""
NOT_MEANT = ("extends", "abstract", "preset")


@cache
def service_types() -> Mapping[str, CaseType]:
    """Return the case types in use by id: those shipped, and the zone's laid over them."""
    return types_of(zone_folder())


@cache
def service_type(name: str) -> CaseType:
    """Return one case type in use.

    Raises:
        PackError: there is none of that name, or with every problem of its files.

    """
    return Services.of(zone_folder()).type(name)


def types_of(folder: Path | None) -> Mapping[str, CaseType]:
    """Return the case types as a zone with a pack folder has them.

    Raises:
        PackError: with every problem of every file, with file and line.

    """
    services = Services.of(folder)
    found: dict[str, CaseType] = {}
    problems: list[PackProblem] = []
    for name in services.files:
        try:
            if not services.whole(name).data.get("abstract"):
                found[name] = services.type(name)
        except PackError as error:
            problems += error.problems
    if problems:
        raise PackError(list(dict.fromkeys(problems)))
    return found


@dataclass(frozen=True, slots=True)
class Services:
    """The files of types and presets by name, a zone's own before those shipped."""

    files: Mapping[str, Path]
    presets: Mapping[str, Path]
    folder: Path | None = None

    @classmethod
    def of(cls, folder: Path | None) -> "Services":
        """Find the files of a zone."""
        return cls(_files(folder, "*.yaml"), _files(folder, "presets/*.yaml"), folder)

    def type(self, name: str) -> CaseType:
        """Return a case type, read with all it builds on."""
        plain = self.whole(name).without(*NOT_MEANT)
        try:
            return case_type(plain.data)
        except DefinitionError as error:
            raise PackError(
                [plain.problem(one.path, one.reason) for one in error.problems]
            ) from None

    def whole(self, name: str, above: tuple[str, ...] = ()) -> Sourced:
        """Return a file laid over the preset it names, and that over what it extends."""
        if name not in self.files:
            raise PackError([PackProblem(f"{name}.yaml", 1, "", _no_such(name, self.files))])
        own = read(self.files[name])
        if own.data.get("id") != name:
            reason = FILE_NAME.format(name=own.data.get("id"))
            raise PackError([own.problem(("id",), reason)])
        own = self._with_clocks(own)
        if "preset" in own.data:
            own = merged(self._preset(own, ("preset",), own.data["preset"]), own)
        base = own.data.get("extends")
        if base is None:
            return own
        if base in (name, *above) or base not in self.files:
            circle = base in self.files
            reason = CIRCLE if circle else _no_such(base, self.files)
            raise PackError([own.problem(("extends",), reason)])
        return merged(self.whole(base, (name, *above)).without("abstract"), own)

    def _with_clocks(self, own: Sourced) -> Sourced:
        """Lay the clocks of a file over those of the preset they name: ``{preset: …, …}``."""
        clocks = own.under("clocks") if isinstance(own.data.get("clocks"), dict) else None
        if clocks is None or "preset" not in clocks.data:
            return own
        given = self._preset(own, ("clocks", "preset"), clocks.data["preset"]).under("clocks")
        return own.holding("clocks", merged(given, clocks.without("preset")))

    def _preset(self, own: Sourced, path: Steps, name: object) -> Sourced:
        if name == PROMISED:
            return promised_clocks(self.folder)
        if name not in self.presets:
            raise PackError([own.problem(path, _no_such(name, self.presets))])
        return read(self.presets[str(name)]).without(*ABOUT_PRESET)


def _files(folder: Path | None, pattern: str) -> dict[str, Path]:
    own = sorted((folder / "services").glob(pattern)) if folder else []
    return {path.stem: path for path in (*sorted(SERVICES.glob(pattern)), *own)}


def _no_such(name: object, known: Mapping[str, Path]) -> Text:
    return NO_SUCH.format(name=name, known=", ".join(sorted(known)))
