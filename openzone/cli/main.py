"""Assembles the command line. Run ``openzone --help``."""

import sys
from io import TextIOWrapper

import typer

from openzone.cli import demo, importing, matching, record, rules, site
from openzone.cli.errors import readable_errors

app = typer.Typer(
    name="openzone",
    help="OpenZone 开放园区: one dated record of a development zone, and what it entitles to.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("match")(matching.match)
app.command("explain")(matching.explain)
app.add_typer(rules.app, name="rules")
app.command("import")(importing.import_file)
app.command("verify")(record.verify)
app.command("demo")(demo.demo)
app.command("setup")(site.setup)
app.command("serve")(site.serve)
app.command("worker")(site.worker)


def main() -> None:
    """Entry point: every expected fault ends as a sentence and exit code 2, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a C locale must not break Chinese output
            stream.reconfigure(encoding="utf-8")
    with readable_errors():
        app()
