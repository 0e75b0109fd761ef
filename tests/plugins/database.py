"""Choose the database before Django reads its settings, and never touch a developer's data.

``--database sqlite`` (default) uses a file in a temporary folder, ``--database postgres`` starts a
PostgreSQL of its own from the system's binaries. It must be an early plugin (``-p``): pytest-django
loads the settings before any conftest is asked.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from tests.plugins.postgres import Cluster, find_binaries

NO_POSTGRES = """
================================================================================
  POSTGRESQL IS NOT INSTALLED: the whole --database postgres run is SKIPPED.
  Debian: apt-get install postgresql      (or run tests/install-system.sh as root)
================================================================================
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    folder = _data_folder()
    early_config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    os.environ["OPENZONE_DATA"] = str(folder)
    # Otherwise every session would begin by deleting test-results/, its neighbours' too.
    args[:0] = [f"--output={folder / 'playwright'}"]
    if _is_worker():
        return
    _keep_bytecode(early_config.rootpath)
    os.environ.pop("DATABASE_URL", None)
    if early_config.known_args_namespace.database == "postgres":
        _start_postgres(early_config, folder)


def _keep_bytecode(root: Path) -> None:
    """Compile once for all processes of all runs, where Python may not write beside the sources."""
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = str(root / ".pytest_cache" / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


def _start_postgres(config: pytest.Config, folder: Path) -> None:
    binaries = find_binaries()
    if binaries is None:
        config.pluginmanager.register(_SkipAll())
        return
    cluster = Cluster(binaries, folder / "postgres")
    cluster.start()
    config.add_cleanup(cluster.stop)
    os.environ["DATABASE_URL"] = cluster.url


class _SkipAll:
    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self) -> None:
        sys.stderr.write(NO_POSTGRES)
        pytest.exit("PostgreSQL is not installed", returncode=0)


def _data_folder() -> Path:
    """Return a new folder; an xdist worker's lies in the one of the session it belongs to."""
    parent = os.environ["OPENZONE_DATA"] if _is_worker() else None
    folder = Path(tempfile.mkdtemp(prefix="openzone-test-", dir=parent))
    (folder / "static").mkdir()
    folder.chmod(0o755)  # the server of PostgreSQL may run as another user below it
    return folder


def _is_worker() -> bool:
    return "PYTEST_XDIST_WORKER" in os.environ
