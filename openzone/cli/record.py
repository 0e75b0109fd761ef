"""Commands on the zone's record: import a workbook, verify the log."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.output import note, say
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.zone.audit.actors import Actor


def command_actor() -> "Actor":
    """Whoever runs the command on this machine, for the log."""
    from openzone.zone.audit.actors import Actor

    return Actor.command(getpass.getuser())


def verify(
    anchor: Annotated[
        Path | None, typer.Option(help="先前导出的存证 / an anchor exported earlier")
    ] = None,
    export_anchor: Annotated[
        Path | None, typer.Option(help="导出存证，另行保管 / write an anchor, keep it elsewhere")
    ] = None,
) -> None:
    """核验操作日志是否被改动、缺失或截断 / find any edit, gap or cut tail of the log."""
    use_zone()
    from openzone.zone.audit import verification

    given = None
    if anchor is not None:
        given = verification.read_anchor(anchor.read_text(encoding="utf-8"))
    result = verification.verify(given)
    for finding in result.findings:
        print(say(finding.message))
    print(say(result.summary))
    if not result.intact:
        raise SystemExit(1)
    if export_anchor is not None:
        export_anchor.write_text(verification.export_anchor() + "\n", encoding="utf-8")
        note(Text(f"存证已写入 {export_anchor}", f"Anchor written to {export_anchor}"))
