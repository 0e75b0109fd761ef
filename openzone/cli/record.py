"""Commands on the zone's log."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openzone.cli.files import check_target, whole_file
from openzone.cli.output import help_text, note, refuse, say
from openzone.cli.site import use_zone
from openzone.engines.text import Text

if TYPE_CHECKING:
    from openzone.zone.audit.actors import Actor
    from openzone.zone.audit.verification import Anchor

LARGEST_ANCHOR = 10_000
BROKEN = 1


def command_actor() -> "Actor":
    """Whoever runs the command on this machine, for the log."""
    from openzone.zone.audit.actors import Actor

    return Actor.command(getpass.getuser())


def verify(
    anchor: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text("先前导出、另行保管的存证", "an anchor exported earlier"),
        ),
    ] = None,
    export_anchor: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=help_text("日志完整时导出存证", "write an anchor if the log is intact"),
        ),
    ] = None,
) -> None:
    """Read the whole log again; exit code 1 if anything is wrong with it."""
    if export_anchor is not None:
        check_target(export_anchor, "--export-anchor", anchor)
    use_zone()
    from openzone.zone.audit import verification

    result = verification.verify(None if anchor is None else _read(anchor))
    for finding in result.findings:
        print(say(finding.message))
    print(say(result.summary))
    if not result.intact:
        raise SystemExit(BROKEN)
    if export_anchor is not None:
        with whole_file(export_anchor) as unfinished:
            unfinished.write_text(verification.export_anchor() + "\n", encoding="utf-8")
        note(Text(f"存证已写入 {export_anchor}", f"Anchor written to {export_anchor}"))


def _read(path: Path) -> "Anchor":
    from openzone.zone.audit import verification
    from openzone.zone.errors import Refused

    try:
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= LARGEST_ANCHOR else ""
        return verification.read_anchor(text)
    except (Refused, UnicodeDecodeError, RecursionError):
        refuse(
            Text(
                f"--anchor：{path} 不是日志存证文件，请用 --export-anchor 导出的原件",
                f"--anchor: {path} is not an anchor of the log; use what --export-anchor wrote",
            )
        )
