"""A PostgreSQL server for one test session, gone when the session is."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "shared_buffers": "64MB",
}
DEADLINE = 60.0
PR_SET_PDEATHSIG = 1

# Loaded here, not in the child: after the change of user the child may not be able to read it.
_libc = ctypes.CDLL(None, use_errno=True)


def find_binaries() -> Path | None:
    """Return the folder of the newest server installed, or nothing."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parts[-3]),
    )
    found = str(debian[-1]) if debian else shutil.which("initdb")
    return Path(found).parent if found else None


class Cluster:
    """A server on a Unix socket, in a folder of its own."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries = binaries
        self.folder = folder
        # PostgreSQL refuses to run as root.
        self.user = "postgres" if os.geteuid() == 0 else None

    @property
    def url(self) -> str:
        return f"postgres://zone@{quote(str(self.folder), safe='')}/postgres"

    def start(self) -> None:
        self.folder.mkdir()
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self._initdb()
        settings = [part for item in SETTINGS.items() for part in ("-c", "=".join(item))]
        command = [self.binaries / "postgres", "-D", self.data, "-k", self.folder, *settings]
        with (self.folder / "log").open("w") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                user=self.user,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self._wait_until_ready()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(DEADLINE)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def _initdb(self) -> None:
        subprocess.run(
            [
                self.binaries / "initdb",
                *("-D", self.data, "-U", "zone", "-A", "trust", "--no-sync"),
                *("--encoding=UTF8", "--locale=C.UTF-8"),
            ],
            cwd=self.folder,
            user=self.user,
            check=True,
            capture_output=True,
        )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + DEADLINE
        ready = [self.binaries / "pg_isready", "-q", "-h", self.folder, "-d", "postgres"]
        while subprocess.run(ready, check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.05)


def _die_with_parent() -> None:
    """Ask the kernel for a fast shutdown of the server when pytest itself is killed."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT)
