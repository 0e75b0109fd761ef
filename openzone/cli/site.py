"""The zone's own machinery: database, site, worker."""

import os
import signal
import socket
import subprocess
import sys
import threading
from types import FrameType
from typing import Annotated

import typer

from openzone.cli.output import note, refuse
from openzone.engines.text import Text

Host = Annotated[str, typer.Option(help="监听地址 / address to listen on")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="端口 / port")]


def use_django() -> None:
    """Start Django. Commands that work on files alone never pay for it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "openzone.settings")
    django.setup()


def use_zone() -> None:
    """Start Django and make sure that the zone has been set up."""
    use_django()
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        refuse(
            Text(
                "此处还没有园区数据库，或版本较旧。请先运行 openzone setup 或 openzone demo。",
                "There is no zone here yet, or its database is older than the program. "
                "Run openzone setup (or openzone demo) first.",
            )
        )


def setup() -> None:
    """建立或升级园区数据库 / create or upgrade the zone's database."""
    use_django()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    note(Text("园区数据库已就绪。", "The zone's database is ready."))


def worker() -> None:
    """运行后台作业 / run background jobs until stopped."""
    use_zone()
    from openzone.zone.jobs.worker import run_worker

    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    run_worker(stop)


def serve(host: Host = "127.0.0.1", port: Port = 8000) -> None:
    """启动网站与后台作业 / serve the site, with a worker beside it."""
    use_zone()
    check_port(host, port)
    run_site(host, port)


def check_port(host: str, port: int) -> None:
    """Refuse a port that somebody else listens on, before anything is started."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            refuse(
                Text(
                    f"无法使用 {host}:{port}：{error.strerror}。请用 --port 换一个端口。",
                    f"Cannot use {host}:{port}: {error.strerror}. Choose another --port.",
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
