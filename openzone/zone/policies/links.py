"""Asking an address whether it still answers, without being led into the zone's own network.

An address comes from a document that somebody wrote, so it may point anywhere. Only http and https
are asked, only addresses of the public internet, and the connection goes to the very address that
was checked: a name that changes its mind between the two questions gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from openzone.engines.text import Text
from openzone.zone.policies.enums import LinkState

TIMEOUT = 10.0
MOST_REDIRECTS = 5
MOST_READ = 1024
AGENT = "OpenZone link check"

IsAllowed = Callable[[str], bool]


class Outcome(NamedTuple):
    """What came of asking: the state, the HTTP status where there was one, and why."""

    state: LinkState
    status: int | None
    reason: Text


class _NotAsked(Exception):  # noqa: N818 - it says what happened
    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


# IPv6 that a gateway turns into IPv4 or that was given up: compatible, translated (RFC 6052,
# RFC 8215), Teredo, 6to4 and site-local addresses can stand for a machine of the own network.
_CARRIERS = tuple(
    ipaddress.IPv6Network(net)
    for net in ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10")
)


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in net for net in _CARRIERS):
            return False
        found = found.ipv4_mapped or found
    return found.is_global and not found.is_multicast


def ask(url: str, *, is_allowed: IsAllowed = is_public, timeout: float = TIMEOUT) -> Outcome:
    """Ask an address with HEAD, and with GET where HEAD is not served; follow redirects.

    Never raises: what went wrong is part of the answer. A page that asks for a login (401, 403)
    or says "too many" (429) is there.
    """
    try:
        return _followed(url, is_allowed, timeout)
    except _NotAsked as error:
        return Outcome(LinkState.REFUSED, None, error.reason)
    except TimeoutError:
        return _dead(None, Text("超时没有响应", "no answer in time"))
    except ssl.SSLError:
        return _dead(None, Text("证书无效", "its certificate is not valid"))
    except (OSError, http.client.HTTPException, ValueError):
        # ValueError: a redirect may lead to anything, also to what is no address at all.
        return _dead(None, Text("无法连接", "cannot be reached"))


def _followed(url: str, is_allowed: IsAllowed, timeout: float) -> Outcome:
    for _ in range(MOST_REDIRECTS + 1):
        status, there = _answer(url, is_allowed, timeout)
        if there is None:
            return _judged(status)
        url = urljoin(url, there)
    return _dead(None, Text("重定向次数过多", "led on too many times"))


def _answer(url: str, is_allowed: IsAllowed, timeout: float) -> tuple[int, str | None]:
    parts = _checked(url)
    status, there = _request("HEAD", parts, is_allowed, timeout)
    if status in (400, 403, 404, 405, 501):  # some servers know GET only
        status, there = _request("GET", parts, is_allowed, timeout)
    return status, there if status in (301, 302, 303, 307, 308) else None


def _judged(status: int) -> Outcome:
    if status < 400 or status in (401, 403, 429):
        return Outcome(LinkState.ALIVE, status, Text("可以访问", "answers"))
    return _dead(status, Text("返回 {status}", "answers {status}").format(status=status))


def _dead(status: int | None, reason: Text) -> Outcome:
    return Outcome(LinkState.DEAD, status, reason)


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _NotAsked(Text("网址无法识别", "this is no address")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise _NotAsked(Text("只检查http和https网址", "only http and https are asked"))
    if parts.username or parts.password:
        raise _NotAsked(Text("网址中含有账号", "the address carries an account"))
    return parts


def _request(
    method: str, parts: SplitResult, is_allowed: IsAllowed, timeout: float
) -> tuple[int, str | None]:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connection(parts.scheme, host, port, timeout)
    connection.sock = _connected(parts.scheme, host, port, is_allowed, timeout)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(method, path, headers={"User-Agent": AGENT, "Accept": "*/*"})
        response = connection.getresponse()
        response.read(MOST_READ)
        return response.status, response.getheader("Location")
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int, timeout: float) -> http.client.HTTPConnection:
    kind = http.client.HTTPSConnection if scheme == "https" else http.client.HTTPConnection
    return kind(host, port, timeout=timeout)


def _connected(
    scheme: str, host: str, port: int, is_allowed: IsAllowed, timeout: float
) -> socket.socket:
    """Connect to the first address of a name, once every address it has was checked."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(one[4][0]) for one in found]
    if not all(is_allowed(address) for address in addresses):
        raise _NotAsked(
            Text("指向内部网络地址，不予检查", "it leads into a private network and is not asked")
        )
    plain = socket.create_connection((addresses[0], port), timeout)
    if scheme != "https":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
