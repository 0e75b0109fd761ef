"""The first administrator, who creates everybody else on the site."""

import os
import sys

import typer

from openzone.cli.arguments import today
from openzone.cli.output import note, refuse, say
from openzone.cli.record import command_actor
from openzone.engines.text import Text

VARIABLE = "OPENZONE_ADMIN_PASSWORD"


def create_administrator(username: str) -> None:
    """Create somebody who administers the zone, with a password nobody else reads."""
    from openzone.zone.people.services import create_administrator as create

    user = create(
        actor=command_actor(), username=username, password=_password(), valid_from=today()
    )
    note(
        Text(
            f"管理员“{user.username}”已建立，可登录网站。",
            f"Administrator “{user.username}” is created and can log in.",
        )
    )


def _password() -> str:
    """Return the password of the environment, else ask for it twice; never on the command line."""
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        refuse(
            Text(
                f"请在环境变量 {VARIABLE} 中给出管理员密码，或在终端中运行",
                f"Give the administrator's password in {VARIABLE}, or run this in a terminal",
            )
        )
    asked: str = typer.prompt(
        say(Text("管理员密码", "Administrator's password")),
        hide_input=True,
        confirmation_prompt=True,
    )
    return asked
