"""Files that a command writes: whole, or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openzone.cli.output import refuse
from openzone.engines.text import Text


def check_target(path: Path, option: str, *inputs: Path | None) -> None:
    """Refuse, before any work is done, a place that cannot be written to."""
    folder = path.parent
    if path.is_dir():
        refuse(Text(f"{option}：{path} 是文件夹", f"{option}: {path} is a folder"))
    if not folder.is_dir():
        refuse(Text(f"{option}：没有文件夹 {folder}", f"{option}: there is no folder {folder}"))
    if not os.access(folder, os.W_OK):
        refuse(Text(f"{option}：没有权限写入 {folder}", f"{option}: {folder} cannot be written to"))
    if any(each and path.exists() and each.exists() and path.samefile(each) for each in inputs):
        refuse(
            Text(
                f"{option}：{path} 就是读取的文件，请换一个名称",
                f"{option}: {path} is the file being read; choose another name",
            )
        )


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield a name to write to; at the end the file takes the place of ``path``.

    A fault, an interruption or a killed process leaves an earlier file as it was.
    """
    place = path.resolve()  # a link stays a link
    unfinished = place.with_name(f".{place.name}.{os.getpid()}.unfinished")
    try:
        unfinished.touch()
        yield unfinished
        _keep(unfinished)
        os.replace(unfinished, place)
    except OSError as error:
        if str(error.filename or unfinished).startswith(str(unfinished.with_suffix(""))):
            error.filename = str(path)  # the name people know
        raise
    finally:
        unfinished.unlink(missing_ok=True)


def _keep(path: Path) -> None:
    """Bring the file to the disk before its name: after a power cut it must not be empty."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
