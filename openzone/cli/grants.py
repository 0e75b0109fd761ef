"""What enterprises received before: a table of rule, day and amount."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from openzone.cli.enterprises import Firm
from openzone.cli.output import refuse, refuse_lines, say
from openzone.cli.tables import readable
from openzone.engines.facts.catalogue import Bilingual, Catalogue, FactType, PeriodKind, SeriesSpec
from openzone.engines.rules.bundle_items import Received
from openzone.engines.tables.fields import vocabulary_of
from openzone.engines.tables.strict import Enterprises, read_enterprises
from openzone.engines.text import Text

_ORIGIN = Bilingual(zh="兑现台账", en="Register of grants")


def _column(name: str, kind: FactType, zh: str, en: str, *aliases: str) -> SeriesSpec:
    return SeriesSpec(
        name=name,
        type=kind,
        period=PeriodKind.NONE,
        label=Bilingual(zh=zh, en=en),
        source=_ORIGIN,
        proof=_ORIGIN,
        aliases=aliases,
    )


COLUMNS = Catalogue(
    (
        _column("enterprise", FactType.TEXT, "企业", "Enterprise", "id", "编号", "企业编号"),
        _column("rule", FactType.TEXT, "规则", "Rule", "规则编号"),
        _column("granted_on", FactType.DATE, "发放日期", "Granted on", "兑现日期"),
        _column("amount", FactType.YUAN, "金额", "Amount", "兑现金额", "发放金额"),
    )
)
REQUIRED = frozenset(("rule", "granted_on"))


@dataclass(frozen=True)
class Grants:
    """Grants by enterprise; those of a table without enterprises are everybody's who is asked."""

    rows: tuple[tuple[str | None, Received], ...]

    def of(self, firm: Firm) -> tuple[Received, ...]:
        """Return what an enterprise received."""
        named = (None, firm.id, firm.name, firm.known["uscc"].value if "uscc" in firm.known else "")
        return tuple(received for who, received in self.rows if who in named)


def read_grants(path: Path | None, as_of: dt.date, rules: Collection[str], firms: int) -> Grants:
    """Read the table; any problem is named and ends the command."""
    if path is None:
        return Grants(())
    words = vocabulary_of(COLUMNS, required=REQUIRED)
    with readable(path):
        table = read_enterprises(path, words, as_of)
    if firms > 1 and "enterprise" not in table.columns:
        refuse(
            Text(
                f"{path}：缺少“企业”一列，不知道是哪家企业的",
                f"{path}: there is no column “Enterprise” to say whose they are",
            )
        )
    _check(path, table, sorted(rules))
    return Grants(tuple(_rows(table)))


def _check(path: Path, table: Enterprises, rules: Sequence[str]) -> None:
    """Refuse rules that do not exist."""
    lines = [
        say(Text(f"{path}：第{row}行：{reason.zh}", f"{path}: row {row}: {reason.en}"))
        for row, rule in zip(table.ids, table.columns["rule"], strict=True)
        if (reason := _fault(str(rule), rules)) is not None
    ]
    if lines:
        refuse_lines(lines)


def _fault(rule: str, rules: Sequence[str]) -> Text | None:
    if rule in rules:
        return None
    close = get_close_matches(rule, rules, n=3)
    zh = f"；相近的有：{'、'.join(close)}" if close else ""
    en = f"; close to it: {', '.join(close)}" if close else ""
    return Text(f"没有规则“{rule}”{zh}", f"there is no rule “{rule}”{en}")


def _rows(table: Enterprises) -> list[tuple[str | None, Received]]:
    blank: list[None] = [None] * len(table.ids)
    columns = [table.columns.get(name, blank) for name in ("enterprise", "amount")]
    found = []
    for rule, day, who, amount in zip(
        table.columns["rule"], table.columns["granted_on"], *columns, strict=True
    ):
        paid = None if amount is None else float(str(amount))
        if isinstance(day, dt.date):
            found.append((None if who is None else str(who), Received(str(rule), day, paid)))
    return found
