"""Which set of rules a person means: a file, a folder, a day, a version, or what is installed."""

import datetime as dt
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from openzone.cli.output import refuse
from openzone.engines.rules.compiled import Plan
from openzone.engines.rules.pinning import Pinned
from openzone.engines.rules.problems import PackError, PackProblem
from openzone.engines.rules.ruleset import RuleSet
from openzone.engines.text import Text
from openzone.packs.loading import installed, read_folder

INSTALLED = ("installed", "current")
LARGEST = 50_000_000
SHORTEST_DIGEST = 6
LISTED = 12
TOO_LARGE = Text("文件过大，不是规则集", "too large for a set of rules")


@dataclass(frozen=True)
class Chosen:
    """A set of rules as it was asked for. ``kind`` says how the words were understood."""

    given: str
    kind: str
    ruleset: RuleSet
    versions: Mapping[str, str] = field(default_factory=dict)
    day: dt.date | None = None

    def plan_on(self, as_of: dt.date) -> Plan:
        """Compile what is meant for a day of evaluation."""
        return Pinned(self.ruleset, self.versions, self.day).plan_on(as_of)

    def as_json(self) -> dict[str, Any]:
        """Return what names the set."""
        return {
            "given": self.given,
            "kind": self.kind,
            "digest": self.ruleset.digest,
            "rules": len(self.ruleset.rules),
            "versions": dict(self.versions),
            "day": None if self.day is None else self.day.isoformat(),
        }

    @property
    def name(self) -> Text:
        """What was asked for, and the start of the digest."""
        short = self.ruleset.digest[:12]
        return Text(f"{self.given}（{short}）", f"{self.given} ({short})")


def chosen(given: str, option: str) -> Chosen:
    """Understand what a person wrote; end the command if nothing is meant by it."""
    if not given.strip():
        refuse(Text(f"{option}：不能为空", f"{option}: must not be empty"))
    path = Path(given)
    if path.is_dir():
        return Chosen(given, "folder", read_folder(path).ruleset)
    if path.is_file():
        return Chosen(given, "file", read_artefact(path))
    if given in INSTALLED:
        return Chosen(given, "installed", installed())
    try:
        return Chosen(given, "day", installed(), day=dt.date.fromisoformat(given))
    except ValueError:
        return _by_digest(given, option) or _by_version(given) or _refused(given, option)


def meant(rules: str, *, on_record: bool) -> Chosen:
    """Return what ``--rules`` names; without it, what answers there.

    Enterprises on record are answered by the release in force, as on the site; a file by what is
    installed.
    """
    if rules:
        return chosen(rules, "--rules")
    return in_force() if on_record else chosen(INSTALLED[0], "--rules")


def in_force() -> Chosen:
    """Return the zone's release in force."""
    from openzone.cli.site import use_zone

    use_zone()
    from openzone.zone.rulebook import packs

    return Chosen("in force", "release", packs.in_force())


def read_artefact(path: Path) -> RuleSet:
    """Read an artefact; problems carry its name."""
    if path.stat().st_size > LARGEST:
        raise PackError([PackProblem(str(path), 1, "", TOO_LARGE)])
    return RuleSet.from_bytes(path.read_bytes(), str(path))


def store() -> Path:
    """Return the folder where artefacts are kept by their digests."""
    return Path(os.environ.get("OPENZONE_DATA", "var")) / "rulesets"


def _by_digest(given: str, option: str) -> Chosen | None:
    """Return the stored set whose digest begins so."""
    start = given.lower()
    if len(start) < SHORTEST_DIGEST or set(start) - set("0123456789abcdef"):
        return None
    own = installed()
    if own.digest.startswith(start):
        return Chosen(given, "digest", own)
    paths = sorted(store().glob(f"{start}*.json"))
    if len(paths) > 1:
        names = [path.stem[:16] for path in paths]
        refuse(
            Text(
                f"{option}：“{given}”对应多个规则集：{'、'.join(names)}",
                f"{option}: “{given}” begins several digests: {', '.join(names)}",
            )
        )
    return Chosen(given, "digest", read_artefact(paths[0])) if paths else None


def _by_version(given: str) -> Chosen | None:
    """Return the installed rules, those with a version of this name pinned to it."""
    own = installed()
    wanted, _, name = given.rpartition("@")
    found = {
        rule.rule: name
        for rule in own.rules
        if wanted in ("", rule.rule) and any(each.version == name for each in rule.versions)
    }
    return Chosen(given, "version", own, versions=found) if found else None


def _looks_like_a_day(given: str) -> bool:
    return len(given) == len("2026-04-01") and given.replace("-", "").isdigit()


def _refused(given: str, option: str) -> NoReturn:
    if _looks_like_a_day(given):
        refuse(Text(f"{option}：没有“{given}”这一天", f"{option}: there is no day “{given}”"))
    known = list(_known())
    close = get_close_matches(given, known, n=3, cutoff=0.5)
    zh, en = "、".join(close or known[:LISTED]), ", ".join(close or known[:LISTED])
    looks_like_path = "/" in given or Path(given).suffix in (".json", ".yaml")
    lead = Text("没有这个文件或文件夹", "no such file or folder") if looks_like_path else _NOT
    refuse(
        Text(
            f"{option}：{lead.zh}：“{given}”；可用的有 {zh}",
            f"{option}: {lead.en}: “{given}”; there are {en}",
        )
    )


_NOT = Text(
    "既不是文件、文件夹、日期，也不是已有的摘要或版本",
    "no file, folder or day, and no digest or version that is known",
)


def _known() -> Iterator[str]:
    """Yield what could have been meant."""
    yield INSTALLED[0]
    for rule in installed().rules:
        yield from (f"{rule.rule}@{version.version}" for version in rule.versions)
    yield from (path.stem[:12] for path in sorted(store().glob("*.json")))
