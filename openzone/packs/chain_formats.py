"""A chain as a file, in four formats: each holds the whole of it and can be read again.

Comments of a YAML file are not part of the chain.
"""

import json
import re
from typing import Any

import yaml

from openzone.engines.rules.document import TOO_LARGE, read_document
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.text import Text
from openzone.packs.chain_checks import Read, checked
from openzone.packs.chain_endings import Format, format_of
from openzone.packs.chain_graphml import read_graphml, write_graphml
from openzone.packs.chain_shape import ChainPack
from openzone.packs.chain_table import read_table, write_table
from openzone.packs.loading import MOST_BYTES, NOT_UTF8
from openzone.packs.sourced import Sourced

__all__ = ["Format", "dump", "format_of", "parse", "plain"]
NOT_JSON = Text("不是有效的 JSON：{why}", "not valid JSON: {why}")
EMPTY = Text("文件是空的", "the file is empty")


def dump(pack: ChainPack, kind: Format) -> bytes:
    """Write a chain."""
    value = plain(pack)
    match kind:
        case Format.YAML:
            return _yaml(value).encode()
        case Format.JSON:
            return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
        case Format.CSV:
            return write_table(value)
        case Format.GRAPHML:
            return write_graphml(value)


def parse(data: bytes, kind: Format, name: str) -> ChainPack:
    """Read a chain; ``name`` is what faults call the file.

    Raises:
        PackError: with every fault, each with its line or row, its node and the reason.

    """
    return checked(read(data, kind, name))


def read(data: bytes, kind: Format, name: str) -> Read:
    """Read a file without checking what it says.

    Raises:
        PackError: it cannot be read at all, with every line or row and the reason.

    """
    if len(data) > MOST_BYTES:
        reason = TOO_LARGE.format(size=f"{len(data):,}", most=f"{MOST_BYTES:,}")
        raise PackError([PackProblem(name, 1, "", reason)])
    if not data.strip():
        raise PackError([PackProblem(name, 1, "", EMPTY)])
    match kind:
        case Format.YAML:
            document = read_document(_decoded(data, name), name)
            return Read(document.value, document.problem)
        case Format.JSON:
            return _json(_decoded(data, name), name)
        case Format.CSV:
            return _sourced(read_table(data, name))
        case Format.GRAPHML:
            return _sourced(read_graphml(data, name))


def plain(pack: ChainPack) -> dict[str, Any]:
    """Return a chain as plain data, without what goes without saying."""
    value = pack.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for one in (value["chain"], *value["nodes"]):
        for key in ("name", "note"):
            if key in one and one[key]["zh"] == one[key]["en"]:
                one[key] = one[key]["zh"]
    return value


def _yaml(value: dict[str, Any]) -> str:
    """A node a block, its lists in one line each."""
    return yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=None, width=140
    )


def _decoded(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackError([PackProblem(name, 1, "", NOT_UTF8)]) from None


def _json(text: str, name: str) -> Read:
    """Read JSON by its own rules, and once more as YAML, which knows the lines."""
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        reason = NOT_JSON.format(why=error.msg)
        raise PackError([PackProblem(name, error.lineno, "", reason)]) from None
    except (ValueError, RecursionError) as error:
        reason = NOT_JSON.format(why=str(error))
        raise PackError([PackProblem(name, 1, "", reason)]) from None
    document = read_document(re.sub(r"(?m)^[ \t]+", " ", text), name)
    return Read(value, document.problem)


def _sourced(found: Sourced) -> Read:
    return Read(found.data, lambda finding: found.problem(finding.path, finding.reason))
