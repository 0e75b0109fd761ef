"""``openzone figures export``: figures on record as the files the site gives."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.arguments import day
from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse
from openzone.cli.record import command_actor
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.zone.indicators.models import Entity, Figure

app = typer.Typer(no_args_is_help=True)
NO_ENTITY = Text("没有统计对象“{name}”", "there is no subject {name}")
NO_FORMAT = Text(
    "--out：文件名须以 .xlsx 或 .csv 结尾", "--out: the name must end in .xlsx or .csv"
)


@app.callback()
def figures() -> None:
    """Keep the group, though it has one command."""


@app.command(help=help_text("导出在档指标数据", "write the figures on record"))
def export(
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            metavar="FILE",
            help=help_text(
                ".xlsx（可再导入）或 .csv（SDMX）", ".xlsx, to be read in again, or .csv, SDMX"
            ),
        ),
    ],
    indicator: Annotated[
        str, typer.Option(metavar="NAME", help=help_text("一个指标", "one indicator"))
    ] = "",
    entity: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=help_text("一个统计对象：名称或代码", "one subject: name or code")
        ),
    ] = "",
    known_at: Annotated[
        str,
        typer.Option(
            "--known-at",
            metavar="YYYY-MM-DD",
            help=help_text("截至某日已知的数据", "what was known on a day"),
        ),
    ] = "",
) -> None:
    """Write every vintage a row, those withdrawn left out. The log notes the export."""
    if out.suffix.lower() not in (".xlsx", ".csv"):
        refuse(NO_FORMAT)
    known = day(known_at, "--known-at") if known_at else None
    check_target(out, "--out")
    use_zone()
    found = _found(indicator, entity, known)
    content = _content(found, known, out.suffix.lower())
    _log(len(found), {"indicator": indicator, "entity": entity, "known_at": known_at})
    with whole_file(out) as unfinished:
        unfinished.write_bytes(content)
    note(Text(f"已导出{len(found)}个数", f"{len(found)} figures exported"))


def _found(indicator: str, entity: str, known_at: dt.date | None) -> "list[Figure]":
    from openzone.zone.indicators.packs import ensure_indicator
    from openzone.zone.indicators.selectors.series import known

    names = [ensure_indicator(indicator).id] if indicator else None
    return known(_entities(entity) if entity else None, names, known_at)


def _entities(name: str) -> "list[Entity]":
    """Return who is called so: a park and a division may share a name."""
    from django.db.models import Q

    from openzone.zone.indicators.models import Entity

    found = list(Entity.objects.filter(Q(name=name) | Q(code=name)))
    if not found:
        refuse(NO_ENTITY.format(name=name))
    return found


def _content(found: "list[Figure]", known_at: dt.date | None, suffix: str) -> bytes:
    from django.utils import timezone

    from openzone.www import excel
    from openzone.www.views.indicators.sheets import figure_table
    from openzone.zone.indicators.selectors.sdmx import sdmx_csv

    if suffix == ".csv":
        return sdmx_csv(found).encode()
    return excel.workbook(figure_table(found, known_at or timezone.localdate()))


def _log(count: int, filters: dict[str, str]) -> None:
    from django.db import transaction

    from openzone.zone.registry.services.access import log_export

    with transaction.atomic():
        log_export(
            actor=command_actor(),
            what="figures",
            count=count,
            filters={name: text for name, text in filters.items() if text},
        )
