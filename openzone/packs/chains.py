"""Chain packs: ``chains/<id>.yaml`` of a zone's pack folder, laid over the national ones."""

from functools import cache
from pathlib import Path

from openzone.engines.rules.document import TOO_LARGE
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.chain_formats import Format, format_of, parse
from openzone.packs.chain_shape import ChainPack, EdgePack, HeadPack, NodePack, RulesPack
from openzone.packs.loading import MOST_BYTES, NATIONAL, NOT_FOUND

__all__ = [
    "ChainPack",
    "EdgePack",
    "HeadPack",
    "NodePack",
    "RulesPack",
    "chain_files",
    "chain_pack",
    "load_chain",
    "read_chain",
]
FOLDER = "chains"
NO_CHAIN = Text(
    "没有产业链“{name}”，可用：{known}", "there is no chain “{name}”; known are {known}"
)
FILE_NAME = Text("文件名应为 {name}.yaml", "the file must be named {name}.yaml")


def load_chain(path: Path) -> ChainPack:
    """Read a chain file, of the format its name ends in; YAML where it ends in none of them.

    Raises:
        PackError: with every fault, each with its line, its node and the reason.

    """
    return parse(_bytes(path), format_of(path.name) or Format.YAML, str(path))


def read_chain(text: str, name: str) -> ChainPack:
    """Read a chain from its YAML; ``name`` is what faults call the file.

    Raises:
        PackError: with every fault, each with its line, its node and the reason.

    """
    return parse(text.encode("utf-8", "surrogatepass"), Format.YAML, name)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            reason = TOO_LARGE.format(size=f"{size:,}", most=f"{MOST_BYTES:,}")
            raise PackError([PackProblem(str(path), 1, "", reason)])
        return path.read_bytes()
    except FileNotFoundError:
        raise PackError([PackProblem(str(path), 1, "", NOT_FOUND)]) from None


def chain_files(folder: Path | None) -> dict[str, Path]:
    """Return the chain files by id: the national ones, a zone's own in their place."""
    found: dict[str, Path] = {}
    for root in filter(None, (NATIONAL, folder)):
        found |= {path.stem: path for path in sorted((root / FOLDER).glob("*.yaml"))}
    return found


def chain_pack(name: str, folder: Path | None) -> ChainPack:
    """Return a chain by its id, or from a path to a file.

    Raises:
        PackError: there is none, or it has faults.

    """
    files = chain_files(folder)
    if name in files:
        return _kept(files[name])
    if format_of(name):
        return load_chain(Path(name))
    reason = NO_CHAIN.format(name=name, known="、".join(files) or "—")
    raise PackError([PackProblem("", 0, "", reason)])


@cache
def _kept(path: Path) -> ChainPack:
    pack = load_chain(path)
    if pack.chain.id != path.stem:
        reason = FILE_NAME.format(name=pack.chain.id)
        raise PackError([PackProblem(str(path), 1, "chain.id", reason)])
    return pack
