"""How long pictures of chains take: ``python -m benchmarks.chain_pictures``.

Chains of 20 to 2,000 nodes with two links a node. Beside the layout stands the plainest one (the
order of the pack, no sweeps) in the same run: what the ordering costs, and how much shorter lines
get. ``--browser`` opens the largest in Chromium and measures frames while one points, walks, zooms
and moves (no graphics card: the slowest there is).
"""

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openzone.engines.chains import layering
from openzone.engines.chains.drawing import Arrow, Box, Facts, Firm, State
from openzone.engines.chains.graphing import graph
from openzone.engines.drawing.scene import Scene
from openzone.engines.drawing.svg import Frame, svg
from openzone.engines.text import Text

ROOT = Path(__file__).parents[1]
STAGES = tuple(f"环节{number}" for number in range(12))
SIZES = (20, 200, 2_000)
REPEATS = 5
CLOCK = os.sysconf("SC_CLK_TCK")
CHROMIUM = "/usr/bin/chromium"
ACTS = {
    "point at a node": (20, "enter(marks[turn * 7])"),
    "move the picture": (20, "view.scrollLeft += 60; view.scrollTop += 20"),
    "walk by arrow key": (20, "right()"),
    "larger": (4, "button('in')"),
    "smaller": (4, "button('out')"),
    "the whole": (4, "button('fit'); view.scrollLeft += turn % 2"),
    "point in the whole": (20, "enter(marks[turn * 9])"),
}
"""What a reader does, how often, and as what."""
PREPARED = """() => {
  window.frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
  window.marks = [...document.querySelectorAll("a[data-row]")];
  window.view = document.querySelector("[data-view]");
  window.button = (way) => document.querySelector(`[data-zoom=${way}]`).click();
  window.enter = (mark) =>
    mark.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  window.right = () => document.activeElement.dispatchEvent(
    new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
  marks[marks.length >> 2].focus();
}"""
DONE = "async () => {{ for (let turn = 0; turn < {times}; turn += 1) {{ {act}; await frame(); }} }}"


def made(nodes: int) -> tuple[list[Box], list[Arrow]]:
    """Return a chain of that many nodes and twice as many links, one of 80 a return."""
    boxes = [
        Box(str(one), Text(f"示例节点{one}", f"Node {one}"), STAGES[one * 12 // nodes],
            tuple(State)[one % 4], facts=Facts([Firm(f"示例企业{one}")]))
        for one in range(nodes)
    ]  # fmt: skip
    reach = max(2, nodes // 6)
    found = dict[tuple[int, int], Arrow]()
    for number in range(2 * nodes):
        source = number * 7919 % (nodes - 1)
        target = min(nodes - 1, source + 1 + number * 104_729 % reach)
        back = number % 80 == 7
        ends = (target, source) if back else (source, target)
        found[ends] = Arrow(str(ends[0]), str(ends[1]), returns=back)
    return boxes, list(found.values())


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the median milliseconds of processor time, and what came out."""
    times, found = list[float](), None
    for _repeat in range(REPEATS):
        start = time.process_time()
        found = act()
        times.append(1000 * (time.process_time() - start))
    return statistics.median(times), found


def upright(scene: Scene) -> float:
    """Return how far lines run up and down, in pixels: what the order of a column is about."""
    at = {mark.row: mark.y for mark in scene.marks}
    return sum(abs(at[one.ends[0]] - at[one.ends[1]]) for one in scene.strokes if one.ends)


def plainly(boxes: list[Box], arrows: list[Arrow]) -> tuple[float, Scene]:
    """Draw in the order of the pack."""
    kept, layering.SWEEPS = layering.SWEEPS, 0
    try:
        return timed(lambda: graph(boxes, arrows, STAGES))
    finally:
        layering.SWEEPS = kept


def of_size(nodes: int) -> str:
    """Measure one size and return its line."""
    boxes, arrows = made(nodes)
    plain_ms, plain = plainly(boxes, arrows)
    ms, scene = timed(lambda: graph(boxes, arrows, STAGES))
    frame = Frame("graph")
    written_ms, written = timed(lambda: svg(scene, frame))
    shorter = upright(plain) / upright(scene)
    return (
        f"{nodes:>6} {len(arrows):>6} {ms:>10.1f} {plain_ms:>10.1f} {shorter:>8.2f}"
        f" {written_ms:>9.1f} {len(written) / 1000:>8.0f}"
    )


def page(folder: Path, nodes: int) -> Path:
    """Write a page with the picture, the component's own script and style, and a bare table."""
    boxes, arrows = made(nodes)
    drawn = svg(graph(boxes, arrows, STAGES), Frame("graph"))
    rows = "".join(
        f'<tr id="graph-row-{row}"><th>{box.name.zh}</th><td>{box.stage}</td></tr>'
        for row, box in enumerate(boxes)
    )
    template = (ROOT / "benchmarks/chain_pictures.html").read_text()
    static = (ROOT / "openzone/www/static/openzone").as_uri()
    path = folder / "page.html"
    path.write_text(
        template.replace("@STATIC", static).replace("@DRAWN", drawn).replace("@ROWS", rows)
    )
    return path


def spent() -> float:
    """Return the milliseconds of processor time of this process and all that it started."""
    parents, times = dict[str, str](), dict[str, float]()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = path.read_text().rpartition(")")[2].split()
            parents[path.parent.name] = told[1]
            times[path.parent.name] = (int(told[11]) + int(told[12])) * 1000 / CLOCK
    ours = {str(os.getpid())}
    while more := {one for one, parent in parents.items() if parent in ours} - ours:
        ours |= more
    return sum(times[one] for one in ours)


def in_browser(nodes: int) -> Iterator[tuple[str, float, float]]:
    """Yield for each act the milliseconds to the frame that shows it, and of processor time."""
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        address = page(Path(folder), nodes).as_uri()
        yield "open", *taken(lambda: tab.goto(address), 1)
        tab.evaluate(PREPARED)
        for name, (times, act) in ACTS.items():
            yield name, *taken(partial(tab.evaluate, DONE.format(times=times, act=act)), times)
        browser.close()


def taken(act: Callable[[], object], times: int) -> tuple[float, float]:
    """Return the milliseconds one of ``times`` took by the clock, and by the processor."""
    clock, processor = time.perf_counter(), spent()
    act()
    return 1000 * (time.perf_counter() - clock) / times, (spent() - processor) / times


def main(arguments: list[str]) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", action="store_true", help="frames in Chromium as well")
    chosen = parser.parse_args(arguments)
    print(" nodes  links  layout ms   plain ms  shorter    svg ms       kB")
    for nodes in SIZES:
        print(of_size(nodes))
    if chosen.browser:
        print(f"in Chromium, {SIZES[-1]} nodes: ms to the next frame, ms of processor")
        for act, clock, processor in in_browser(SIZES[-1]):
            print(f"  {act:<20} {clock:>8.1f} {processor:>8.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
