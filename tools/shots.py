"""Screenshots of the main pages for the documentation: ``make shots``.

Loads a demo zone of its own, serves it on a free port, and drives Debian's Chromium.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--lang=zh-CN",
]
DEADLINE = 300
DESK, PHONE = (1280, 860), (390, 760)


@dataclass(frozen=True)
class Shot:
    """A picture: who sees the page, where it is, and the links to follow from there."""

    name: str
    user: str
    path: str
    follow: tuple[str, ...] = ()
    size: tuple[int, int] = DESK


SHOTS = (
    Shot("enterprise", "qiye", "/mine/"),
    Shot("home", "centre", "/"),
    Shot("enterprises", "centre", "/enterprises/"),
    Shot("rules", "centre", "/rules/"),
    Shot("rule", "centre", "/rules/cn.high_tech/"),
    Shot("calendar", "centre", "/calendar/2026/"),
    Shot("figures", "centre", "/figures/"),
    Shot("proof", "centre", "/enterprises/371/rules/cn.high_tech/"),
    Shot("desk", "centre", "/desk/"),
    Shot("case", "centre", "/cases/?text=环评与能评", ("tr:has-text('环评与能评') a",)),
    Shot("board", "centre", "/board/?kind=enterprise_request"),
    Shot("league", "leader", "/league/"),
    Shot("heat", "leader", "/heat/"),
    Shot("closures", "leader", "/closures/"),
    Shot("window", "centre", "/window/"),
    Shot("visits", "centre", "/visits/"),
    Shot("roster", "centre", "/visits/roster/"),
    Shot("suggestion", "centre", "/suggestions/", ("text=建言", "[href*='/finals/']")),
    Shot("reforms", "centre", "/reforms/", ("td a, th a",)),
    Shot("surveys", "centre", "/surveys/"),
    Shot("commitments", "centre", "/commitments/"),
    Shot("promises", "handler", "/promises/"),
    Shot("cross-region", "centre", "/cross-region/"),
    Shot("questions", "centre", "/consultations/overview/"),
    Shot("order", "agent", "/agent/", ("text=养老待遇",), PHONE),
)
# What is filled in on the three steps of a request, as seen on a telephone.
TITLE, TEXT = "厂区突然停电", "园区北路变压器跳闸，已停产两小时，请协调恢复供电。"
CONVERT = """async ({pictures, gap}) => {
  const decode = async (data) => createImageBitmap(await (await fetch(data)).blob());
  const images = await Promise.all(pictures.map(decode));
  const width = images.reduce((sum, one) => sum + one.width, gap * (images.length - 1));
  const canvas = new OffscreenCanvas(width, Math.max(...images.map((one) => one.height)));
  const drawing = canvas.getContext("2d");
  let left = 0;
  for (const image of images) { drawing.drawImage(image, left, 0); left += image.width + gap; }
  const blob = await canvas.convertToBlob({type: "image/webp", quality: 0.82});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join(""));
}"""


def main() -> None:
    """Take every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        environment = {**os.environ, "OPENZONE_DATA": folder, "OPENZONE_LANG": "zh"}
        command = [sys.executable, "-m", "openzone.cli", "demo", "--serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment)
        try:
            _wait(f"http://127.0.0.1:{port}/login/")
            password = (Path(folder) / "demo-password").read_text()
            _shoot(f"http://127.0.0.1:{port}", password)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(url: str) -> None:
    until = time.monotonic() + DEADLINE
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.5)


def _shoot(base: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {user: _page(browser, base, user, password) for user in _users()}
        studio = browser.new_page()
        for shot in SHOTS:
            _keep(studio, shot.name, [_taken(pages[shot.user], base, shot)])
        _keep(studio, "portal", _steps(pages["qiye"], base))


def _users() -> set[str]:
    return {shot.user for shot in SHOTS}


def _taken(page: Page, base: str, shot: Shot) -> bytes:
    """Open the page of a picture and photograph it."""
    page.set_viewport_size({"width": shot.size[0], "height": shot.size[1]})
    page.goto(base + shot.path)
    for link in shot.follow:
        page.locator("#main").locator(link).first.click()
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def _steps(page: Page, base: str) -> list[bytes]:
    """Fill in a request on a telephone and photograph each of its steps."""
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{base}/matters/new/enterprise_request/")
    page.fill("[name=title]", TITLE)
    page.fill("[name=text]", TEXT)
    taken = [page.screenshot()]
    page.locator("[data-step='1']:visible").click()
    page.select_option("[name=f-topic]", "energy")
    page.check("[name=f-element][value=power]")
    page.check("[name=f-urgency][value=stopped]")
    page.evaluate("window.scrollTo(0, 0)")
    taken.append(page.screenshot())
    page.locator("[data-step='1']:visible").click()
    page.wait_for_load_state("networkidle")
    return [*taken, page.screenshot()]


def _keep(studio: Page, name: str, pictures: list[bytes]) -> None:
    """Write pictures side by side as one WebP, which is a third of the size of a PNG."""
    data = [f"data:image/png;base64,{b64encode(one).decode()}" for one in pictures]
    path = IMAGES / f"{name}.webp"
    path.write_bytes(b64decode(studio.evaluate(CONVERT, {"pictures": data, "gap": 24})))
    print(path, path.stat().st_size // 1024, "KB")


def _page(browser: Browser, base: str, user: str, password: str) -> Page:
    page = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai").new_page()
    _log_in(page, base, user, password)
    return page


def _log_in(page: Page, base: str, user: str, password: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


if __name__ == "__main__":
    main()
