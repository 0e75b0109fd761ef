"""Asking addresses of the world without being led into the zone's own network.

An address comes from a document or a form, so it may point anywhere. Only http and https are asked,
only addresses of the public internet, and the connection goes to the very address that was
checked: a name that changes its mind between the two questions gains nothing.
"""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from openzone.engines.text import Text

TIMEOUT = 10.0
MOST_READ = 1024

IsAllowed = Callable[[str], bool]


class NotAsked(Exception):  # noqa: N818 - it says what happened
    """The address is none that is asked; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


class Answer(NamedTuple):
    """The HTTP status, and where a redirect leads."""

    status: int
    location: str | None


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


def parse(url: str) -> SplitResult:
    """Return the parts of an address, or raise ``NotAsked``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAsked(Text("网址无法识别", "this is no address")) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise NotAsked(Text("只支持http和https网址", "only http and https are asked"))
    if parts.username or parts.password:
        raise NotAsked(Text("网址中含有账号", "the address carries an account"))
    return parts


def request(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
    is_allowed: IsAllowed = is_public,
    timeout: float = TIMEOUT,
) -> Answer:
    """Ask once, following no redirect.

    Raises ``NotAsked``, and what sockets, TLS and ``http.client`` raise.
    """
    parts = parse(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = _connection(parts.scheme, host, port, timeout)
    connection.sock = _connected(parts.scheme, host, port, is_allowed, timeout)
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(method, path, body=body, headers=dict(headers))
        response = connection.getresponse()
        response.read(MOST_READ)
        return Answer(response.status, response.getheader("Location"))
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
        raise NotAsked(
            Text("指向内部网络地址，不予访问", "it leads into a private network and is not asked")
        )
    plain = socket.create_connection((addresses[0], port), timeout)
    if scheme != "https":
        return plain
    return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
