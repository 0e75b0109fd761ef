"""Renew what is derived from the vendored front-end files: checksums and compressed twins.

The files come unchanged from the npm packages named in the manifest (``npm pack NAME@VERSION``).
After replacing one, change its version there and run ``python -m tools.vendor``. Browsers are
served the ``.gz`` beside a file: a tenth of Tabler, a third of ECharts.
"""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "openzone/www/static/vendor"
MANIFEST = FOLDER / "manifest.json"


LARGE = 100_000


def compress(folder: Path) -> None:
    """Write a ``.gz`` beside every large script and style; the same file gives the same bytes."""
    for path in (*folder.rglob("*.js"), *folder.rglob("*.css")):
        if path.stat().st_size > LARGE:
            twin = gzip.compress(path.read_bytes(), compresslevel=9, mtime=0)
            path.with_name(path.name + ".gz").write_bytes(twin)


def checksums(folder: Path) -> dict[str, str]:
    """Return path → sha256 of every file below ``folder``, paths relative to the vendor folder."""
    return {
        path.relative_to(FOLDER).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def renewed(packages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the manifest's packages with the checksums of the files that are there now."""
    return [package | {"files": checksums(FOLDER / package["folder"])} for package in packages]


if __name__ == "__main__":
    compress(FOLDER)
    packages = renewed(json.loads(MANIFEST.read_text()))
    MANIFEST.write_text(json.dumps(packages, indent=1, ensure_ascii=False) + "\n")
