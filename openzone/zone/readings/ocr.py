"""Pictures and scans read by Tesseract, a program of its own that may not be installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from openzone.engines.reading.sources.taking import UnreadableError
from openzone.engines.text import Text

LANGUAGE = "chi_sim"
SECONDS = 300
_HOW = Text(
    "在 Debian/Ubuntu 上：apt-get install tesseract-ocr tesseract-ocr-chi-sim poppler-utils",
    "on Debian/Ubuntu: apt-get install tesseract-ocr tesseract-ocr-chi-sim poppler-utils",
)


def read_pictures(file: Path, *, scanned: bool) -> str:
    """Return what Tesseract reads in a picture, or in every page of a scanned PDF.

    Raises:
        UnreadableError: a program or the Chinese model is not installed, or it fails.

    """
    _require("tesseract")
    _require_model()
    if not scanned:
        return _recognised(file)
    _require("pdftoppm")
    with tempfile.TemporaryDirectory() as folder:
        _run("pdftoppm", "-r", "300", "-png", str(file), f"{folder}/page")
        pages = sorted(Path(folder).glob("page*.png"))
        return "\n\n".join(_recognised(page) for page in pages)


def _recognised(picture: Path) -> str:
    return _run("tesseract", str(picture), "stdout", "-l", LANGUAGE)


def _require(program: str) -> None:
    if shutil.which(program) is None:
        raise UnreadableError(
            Text(
                f"图片和扫描件需要 {program}，这台机器没有安装。{_HOW.zh}",
                f"pictures and scans need {program}, which is not installed here; {_HOW.en}",
            )
        )


def _require_model() -> None:
    if LANGUAGE not in _run("tesseract", "--list-langs").split():
        raise UnreadableError(
            Text(
                f"Tesseract 没有中文模型 {LANGUAGE}。{_HOW.zh}",
                f"Tesseract has no Chinese model {LANGUAGE}; {_HOW.en}",
            )
        )


def _run(*command: str) -> str:
    try:
        # the programs are named above, and no shell reads the file's name
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=SECONDS, check=True, text=True, encoding="utf-8"
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise UnreadableError(
            Text(f"{command[0]} 失败：{error}", f"{command[0]} failed: {error}")
        ) from None
    return done.stdout
