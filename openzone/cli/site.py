"""The zone's own machinery: database, site, worker."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from openzone.cli.output import help_text, note, refuse
from openzone.engines.text import Text

Host = Annotated[str, typer.Option(help=help_text("监听地址", "address to listen on"))]
Port = Annotated[int, typer.Option(min=1, max=65535, help=help_text("端口", "port"))]

NO_ZONE = Text(
    "此处没有园区数据库，或版本较旧。请先运行 openzone setup 或 openzone demo，"
    "或用 OPENZONE_DATA、DATABASE_URL 指明数据库。",
    "There is no zone here, or its database is older than the program. Run openzone setup or "
    "openzone demo first, or say where it is with OPENZONE_DATA or DATABASE_URL.",
)


def use_django() -> None:
    """Start Django. Commands that work on files alone never pay for it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openzone.settings")
    try:
        django.setup()
    except ValueError as error:
        reason, _, _ = str(error).partition(". ")
        refuse(
            Text(
                f"DATABASE_URL 有误（{reason}），应写成 postgres://用户:密码@主机/库名",
                f"DATABASE_URL cannot be used ({reason}); "
                "write it like postgres://user:password@host/database",
            )
        )


def use_zone() -> None:
    """Start Django and make sure that the zone has been set up; create nothing."""
    if not os.environ.get("DATABASE_URL") and not _data_folder().is_dir():
        refuse(NO_ZONE)
    use_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        refuse(NO_ZONE)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse(NO_ZONE)


def _data_folder() -> Path:
    """Return the folder that the settings will use, and create when they are read."""
    return Path(os.environ.get("OPENZONE_DATA", "var"))


def setup(
    admin: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=help_text("同时建立管理员账号", "also create an administrator with this account"),
        ),
    ] = None,
) -> None:
    """Create the zone's database or bring it up to the program."""
    use_django()
    from openzone.zone.database import set_up

    set_up()
    note(Text("园区数据库已就绪。", "The zone's database is ready."))
    release_packs()
    if admin is not None:
        from openzone.cli.administrators import create_administrator

        create_administrator(admin)


def release_packs() -> None:
    """Put the packs of the software in force where they are newer than the last release."""
    from openzone.cli.record import command_actor
    from openzone.zone.errors import Refused
    from openzone.zone.rulebook.services.publishing import adopt_packs

    try:
        release = adopt_packs(actor=command_actor())
    except Refused as refusal:
        zh, en = refusal.reason.zh, refusal.reason.en
        note(Text(f"规则未更新：{zh}", f"The rules were not renewed: {en}"))
        return
    if release is not None:
        n = release.number
        note(Text(f"软件规则包已发布（第 {n} 次）。", f"The packs are released (number {n})."))


def worker() -> None:
    """Run background jobs until SIGTERM or Ctrl-C; the job in hand is finished first."""
    use_zone()
    from openzone.zone.jobs.worker import run_worker

    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    note(Text("后台作业运行中，Ctrl-C 结束。", "Running background jobs, Ctrl-C ends."))
    run_worker(stop)


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """Serve the site until stopped."""
    use_zone()
    check_port(host, port)
    note(Text(f"网站：http://{host}:{port}/", f"Site: http://{host}:{port}/"))
    run_site(host, port)


def check_port(host: str, port: int) -> None:
    """Refuse an address that cannot be listened on, before anything is started."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        refuse(
            Text(
                f"无法使用 {host}:{port}：{error.strerror}。请用 --host、--port 换一个。",
                f"Cannot use {host}:{port}: {error.strerror}. Choose another --host or --port.",
            )
        )


def run_site(host: str, port: int) -> None:
    """Serve until stopped; the worker is a process of its own and ends with the site."""
    from granian import Granian
    from granian.constants import Interfaces

    beside = subprocess.Popen([sys.executable, "-m", "openzone.cli", "worker"])
    try:
        Granian(
            "openzone.www.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=4,
            log_access=False,
        ).serve()
    finally:
        beside.terminate()
        beside.wait(timeout=30)
