"""Asking addresses: a real server answers, and nothing inside the zone's network is asked."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone

from openzone.zone.audit.actors import Actor
from openzone.zone.audit.models import Event
from openzone.zone.policies.enums import LinkState
from openzone.zone.policies.links import ask, is_public
from openzone.zone.policies.models import LinkCheck
from openzone.zone.policies.selectors.reports import addresses, dead_links
from openzone.zone.policies.services.links import note_links
from openzone.zone.policies.services.media import add_video, remove_media
from tests.factories import TESTS
from tests.zone.policies.conftest import MakeDocument

STATUSES = {"/gone": 404, "/login": 401, "/busy": 429, "/broken": 500, "/get-only": 405}


class _Site(BaseHTTPRequestHandler):
    """A site with pages of every kind."""

    def do_HEAD(self) -> None:
        self._answer(STATUSES.get(self.path, 200))

    def do_GET(self) -> None:
        self._answer(200 if self.path == "/get-only" else STATUSES.get(self.path, 200))

    def _answer(self, status: int) -> None:
        there = {
            "/moved": "/here", "/round": "/round", "/inside": "http://10.0.0.1/",
            "/nonsense": "http://[nowhere/", "/nul": "http://a\0b/",
        }.get(self.path)  # fmt: skip
        self.send_response(302 if there else status)
        if there:
            self.send_header("Location", there)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def is_here(address: str) -> bool:
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/here", LinkState.ALIVE, 200),
        ("/moved", LinkState.ALIVE, 200),
        ("/login", LinkState.ALIVE, 401),
        ("/busy", LinkState.ALIVE, 429),
        ("/get-only", LinkState.ALIVE, 200),
        ("/gone", LinkState.DEAD, 404),
        ("/broken", LinkState.DEAD, 500),
        ("/round", LinkState.DEAD, None),
        ("/nonsense", LinkState.DEAD, None),
        ("/nul", LinkState.DEAD, None),
    ],
)
def test_an_address_is_asked_and_judged(site: str, path: str, state: LinkState, status: int | None):
    outcome = ask(f"{site}{path}", is_allowed=is_here)
    assert (outcome.state, outcome.status) == (state, status)


def test_a_private_address_is_not_asked(site: str):
    assert ask(f"{site}/here").state is LinkState.REFUSED


def test_a_public_page_cannot_lead_inside(site: str):
    outcome = ask(f"{site}/inside", is_allowed=is_here)
    assert outcome.state is LinkState.REFUSED
    assert "private network" in outcome.reason.en


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1", "localhost"])
def test_another_way_to_write_an_inner_address_helps_nobody(host: str):
    assert ask(f"http://{host}/").state is not LinkState.ALIVE
    assert ask(f"http://{host}/").status is None


def test_a_name_that_leads_inside_is_not_asked(site: str, monkeypatch: pytest.MonkeyPatch):
    def both(*_args: object, **_options: object) -> list[object]:
        return [(None, None, None, "", ("8.8.8.8", 80)), (None, None, None, "", ("10.0.0.1", 80))]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    assert ask("http://example.org/").state is LinkState.REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/x",
        "file:///etc/passwd",
        "gopher://example.org",
        "http://",
        "http://user:secret@example.org/",
        "http://example.org:99999/",
        "http://[::1",
        "javascript:alert(1)",
    ],
)
def test_only_plain_http_addresses_are_asked(url: str):
    assert ask(url).state is LinkState.REFUSED


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1",
        "::10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:a00:1::1", "fec0::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_no_address_of_a_private_network_is_public(address: str):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "114.114.114.114", "2400:3200::1"])
def test_addresses_of_the_internet_are_public(address: str):
    assert is_public(address)


def test_nobody_at_home_is_dead_not_an_error():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    outcome = ask(f"http://127.0.0.1:{port}/", is_allowed=is_here)
    assert (outcome.state, outcome.reason.zh) == (LinkState.DEAD, "无法连接")


@pytest.mark.django_db
def test_what_was_found_is_kept_with_its_moment(site: str, make_document: MakeDocument):
    document = make_document(url=f"{site}/gone")
    video = add_video(actor=TESTS, document=document, title="示例", url=f"{site}/here")
    assert addresses() == [f"{site}/gone", f"{site}/here"]
    outcomes = {url: ask(url, is_allowed=is_here) for url in addresses()}
    at = timezone.now()
    assert note_links(actor=Actor.system("jobs"), outcomes=outcomes, at=at) == 1
    (dead,) = dead_links()
    assert (dead.url, dead.status, dead.checked_at) == (f"{site}/gone", 404, at)
    assert LinkCheck.objects.count() == 2
    assert Event.objects.get(action="policies.links.checked").details == {"asked": 2, "dead": 1}
    remove_media(actor=TESTS, media=video)
    assert addresses() == [f"{site}/gone"]
