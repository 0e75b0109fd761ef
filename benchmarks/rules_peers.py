"""The engines that the rule engine is compared with, each in a process of its own.

They live in an environment under ``var/bench`` that is made with pinned versions when it is first
needed; the project depends on none of them.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "peers"
BENCH = Path(__file__).parent.parent / "var" / "bench"
NAMES = ("openfisca", "zen", "cel", "polars")
ONE_THREAD = dict.fromkeys(("POLARS_MAX_THREADS", "OMP_NUM_THREADS"), "1")


def environment() -> Path:
    """Return the Python of the environment of the peers, made if need be."""
    python = BENCH / "peers" / "bin" / "python"
    wanted = (HERE / "requirements.txt").read_text()
    made = BENCH / "peers" / "requirements.txt"
    if not made.exists() or made.read_text() != wanted:
        uv = shutil.which("uv") or str(Path(sys.prefix) / "bin" / "uv")
        subprocess.run([uv, "venv", "-q", "--clear", str(BENCH / "peers")], check=True)
        install = [uv, "pip", "install", "-q", "--python", str(python), "-r"]
        subprocess.run([*install, str(HERE / "requirements.txt")], check=True)
        made.write_text(wanted)
    return python


@dataclass
class Peer:
    """A compared engine at work."""

    name: str
    python: Path
    folder: Path
    answers: list[list[bool | None]] = field(default_factory=list)
    version: str = ""

    def __enter__(self) -> "Peer":
        command = [str(self.python), str(HERE / f"rules_{self.name}.py"), str(self.folder)]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._process = subprocess.Popen(command, env=os.environ | ONE_THREAD, **pipes)
        said = self._said()
        self.answers, self.version = said["answers"], said["version"]
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()

    def round(self) -> dict[str, float]:
        """Let it do all its work once; return the processor seconds."""
        print("go", file=self._process.stdin, flush=True)
        return self._said()

    def _said(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise SystemExit(f"{self.name} stopped with {self._process.wait()}")
        return json.loads(line)
