"""The front-end files in the wheel are the ones their packages published."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tools.vendor import FOLDER, MANIFEST, checksums

PACKAGES: list[dict[str, Any]] = json.loads(MANIFEST.read_text())


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_file_has_the_checksum_of_the_manifest(package: dict[str, Any]) -> None:
    assert checksums(FOLDER / package["folder"]) == package["files"]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package["name"])
def test_every_package_names_its_version_and_brings_its_licence(package: dict[str, Any]) -> None:
    assert package["version"][0].isdigit()
    assert package["licence"] in {"MIT", "Apache-2.0"}
    assert len((FOLDER / package["licence_file"]).read_text()) > 500


def test_no_file_lies_outside_the_manifest() -> None:
    listed = {name for package in PACKAGES for name in package["files"]} | {MANIFEST.name}
    present = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert present == listed


def test_a_compressed_twin_holds_the_same_file() -> None:
    twins = list(FOLDER.rglob("*.gz"))
    assert twins
    for twin in twins:
        assert gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes()


def test_browsers_get_the_compressed_twin(client: Client) -> None:
    path = "/static/vendor/tabler/tabler.min.css"
    response = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) < 100_000


def test_own_templates_and_styles_load_nothing_from_elsewhere() -> None:
    www = Path("openzone/www")
    own = [*www.rglob("*.html"), *(www / "static/openzone").rglob("*.*")]
    assert own
    for path in own:
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, path
        assert 'src="https://' not in text, path
        assert "url(https://" not in text, path
