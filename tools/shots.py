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
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

IMAGES = Path(__file__).parent.parent / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAGES = {
    "home": "/",
    "enterprises": "/enterprises/",
    "enterprise": "/mine/",
    "rules": "/rules/",
    "rule": "/rules/cn.high_tech/",
    "calendar": "/calendar/2026/",
    "figures": "/figures/",
    "proof": "/enterprises/371/rules/cn.high_tech/",
}
MINE = {"enterprise"}  # seen by the enterprise's own staff
DEADLINE = 120


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
        for user, names in (("centre", set(PAGES) - MINE), ("qiye", MINE)):
            page = browser.new_context(
                locale="zh-CN", viewport={"width": 1280, "height": 860}
            ).new_page()
            _log_in(page, base, user, password)
            for name in sorted(names):
                page.goto(base + PAGES[name])
                page.wait_for_load_state("networkidle")
                page.screenshot(path=IMAGES / f"{name}.png")
                print(IMAGES / f"{name}.png")


def _log_in(page: Page, base: str, user: str, password: str) -> None:
    page.goto(f"{base}/login/")
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


if __name__ == "__main__":
    main()
