"""Asking an address of a document whether it still answers."""

import http.client
import ssl
from typing import NamedTuple
from urllib.parse import urljoin

from openzone.engines.text import Text
from openzone.zone.outward import TIMEOUT, Answer, IsAllowed, NotAsked, is_public, request
from openzone.zone.policies.enums import LinkState

MOST_REDIRECTS = 5
AGENT = "OpenZone link check"


class Outcome(NamedTuple):
    """What came of asking: the state, the HTTP status where there was one, and why."""

    state: LinkState
    status: int | None
    reason: Text


def ask(url: str, *, is_allowed: IsAllowed = is_public, timeout: float = TIMEOUT) -> Outcome:
    """Ask an address with HEAD, and with GET where HEAD is not served; follow redirects.

    Never raises: what went wrong is part of the answer. A page that asks for a login (401, 403)
    or says "too many" (429) is there.
    """
    try:
        return _followed(url, is_allowed, timeout)
    except NotAsked as error:
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


def _answer(url: str, is_allowed: IsAllowed, timeout: float) -> Answer:
    status, there = _asked("HEAD", url, is_allowed, timeout)
    if status in (400, 403, 404, 405, 501):  # some servers know GET only
        status, there = _asked("GET", url, is_allowed, timeout)
    return Answer(status, there if status in (301, 302, 303, 307, 308) else None)


def _asked(method: str, url: str, is_allowed: IsAllowed, timeout: float) -> Answer:
    headers = {"User-Agent": AGENT, "Accept": "*/*"}
    return request(method, url, headers=headers, is_allowed=is_allowed, timeout=timeout)


def _judged(status: int) -> Outcome:
    if status < 400 or status in (401, 403, 429):
        return Outcome(LinkState.ALIVE, status, Text("可以访问", "answers"))
    return _dead(status, Text("返回 {status}", "answers {status}").format(status=status))


def _dead(status: int | None, reason: Text) -> Outcome:
    return Outcome(LinkState.DEAD, status, reason)
