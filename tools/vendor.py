"""Rewrite the checksums of the vendored front-end files in their manifest.

The files come unchanged from the npm packages named there (``npm pack NAME@VERSION``). After
replacing one, change its version in the manifest and run ``python -m tools.vendor``.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "openzone/www/static/vendor"
MANIFEST = FOLDER / "manifest.json"


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
    packages = renewed(json.loads(MANIFEST.read_text()))
    MANIFEST.write_text(json.dumps(packages, indent=1, ensure_ascii=False) + "\n")
