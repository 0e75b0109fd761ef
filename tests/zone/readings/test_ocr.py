"""Pictures and scans of Chinese pages, read by the real programs where they are installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
import typst

import openzone
from openzone.zone.readings.ocr import LANGUAGE, read_pictures

FONTS = Path(openzone.__file__).parent / "fonts"
SAID = "2025年1—5月，示例高新区固定资产投资完成56.2亿元。一季度新签约项目19个。"
PAGE = f"#set page(width: 16cm, height: 6cm)\n#set text(size: 14pt)\n= 示例高新区稳中有进\n{SAID}"
SCAN = '#set page(margin: 0pt, width: 16cm, height: 6cm)\n#image("page.png", width: 100%)'


def _installed() -> bool:
    if not (shutil.which("tesseract") and shutil.which("pdftoppm")):
        return False
    known = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=True)
    return LANGUAGE in known.stdout.decode().split()


pytestmark = pytest.mark.skipif(
    not _installed(), reason="TESSERACT IS NOT INSTALLED (tests/install-system.sh)"
)


def set_page(program: str, path: Path) -> Path:
    source = path.with_suffix(".typ")
    source.write_text(program, "utf-8")
    typst.compile(
        str(source), str(path), format=path.suffix[1:], ppi=200, font_paths=[str(FONTS)]
    )  # fmt: skip
    return path


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return set_page(PAGE, tmp_path / "page.png")


def test_a_picture_is_read(picture: Path) -> None:
    text = "".join(read_pictures(picture, scanned=False).split())
    assert "示例高新区稳中有进" in text
    assert "固定资产投资完成56.2亿元" in text
    assert "一季度新签约项目19个" in text


def test_every_page_of_a_scan_is_read(picture: Path) -> None:
    scan = set_page(f"{SCAN}\n#pagebreak()\n{SCAN}", picture.with_name("scan.pdf"))
    assert read_pictures(scan, scanned=True).count("示例高新区稳中有进") == 2
