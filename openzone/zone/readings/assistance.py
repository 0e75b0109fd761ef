"""A language model of any OpenAI-compatible address, off unless the environment names one.

Needs no Django, so that the command line can use it too. A redirect is not
followed (the key would go along), an answer is read up to ``MOST_READ`` and until the time is up.
"""

import http.client
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from openzone.engines.reading import assist
from openzone.engines.reading.pages.lexicon import Lexicon
from openzone.engines.reading.pages.records import Fact
from openzone.engines.text import Text

URL, NAME, KEY = "OPENZONE_MODEL_URL", "OPENZONE_MODEL", "OPENZONE_MODEL_KEY"
MOST_READ = 1024 * 1024
_PIECE = 16 * 1024

BAD_ADDRESS = Text(f"{URL} 不是 http 或 https 地址", f"{URL} is no http or https address")
NO_NAME = Text(f"设置了 {URL}，还需设置 {NAME}", f"with {URL} set, {NAME} is needed too")
NOT_REACHED = Text("连不上语言模型：{why}", "the language model cannot be reached: {why}")
TOO_SLOW = Text("语言模型 {n} 秒内没有答完", "the language model did not answer in {n} seconds")
STATUS = Text("语言模型答复 HTTP {n}", "the language model answered HTTP {n}")
TOO_LARGE = Text("语言模型的答复过大", "the answer of the language model is too large")
NOT_UNDERSTOOD = Text(
    "语言模型的答复不是约定的格式", "the answer of the language model is not of the agreed form"
)
NO_RECORDS = Text(
    "语言模型的答复中没有可用的记录", "the answer of the language model holds no records"
)


class NoHelpError(Exception):
    """The model gave no usable answer; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(str(reason))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is asked. The key is never shown or logged."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60

    @property
    def host(self) -> str:
        """The name people are told before text leaves."""
        return urlsplit(self.url).netloc.rpartition("@")[2]

    def __repr__(self) -> str:
        return f"Endpoint({self.host}, {self.model})"


def endpoint(environ: Mapping[str, str], seconds: float = 60) -> Endpoint | None:
    """Return where the environment says a model is asked, ``None`` where it names none.

    Raises:
        NoHelpError: the address is none, or the model has no name.

    """
    url = environ.get(URL, "").strip().rstrip("/")
    if not url:
        return None
    if not _is_address(url):
        raise NoHelpError(BAD_ADDRESS)
    if not environ.get(NAME, "").strip():
        raise NoHelpError(NO_NAME)
    return Endpoint(url, environ[NAME].strip(), environ.get(KEY, "").strip(), seconds)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        port_is_one = parts.port is None or parts.port > 0
    except ValueError:  # a port that is no number, a bracket left open
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port_is_one


def helped(
    there: Endpoint, asked: assist.Asked, lexicon: Lexicon, labels: Mapping[str, str],
    names: Sequence[str], known: Sequence[Fact],
) -> assist.Kept:  # fmt: skip
    """Send an article away; return what of the answer may be kept.

    ``labels`` is the closed list of attributes, ``names`` and ``known`` what the rules found there.

    Raises:
        NoHelpError: as ``ask``, or the answer holds no records.

    """
    answer = ask(there, assist.messages(asked, labels, names))
    try:
        return assist.kept(answer, asked, lexicon, there.model, known)
    except assist.NoAnswerError:
        raise NoHelpError(NO_RECORDS) from None


def ask(there: Endpoint, messages: Sequence[Mapping[str, str]]) -> str:
    """Return what the model says.

    Raises:
        NoHelpError: not reached, too slow, too large, an error, or an answer of another form.

    """
    body = {"model": there.model, "messages": list(messages), "temperature": 0, "stream": False}
    end = time.monotonic() + there.seconds
    try:
        raw = _post(there, json.dumps(body).encode(), end)
    except TimeoutError:
        raise NoHelpError(TOO_SLOW.format(n=f"{there.seconds:g}")) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = type(error).__name__
        raise NoHelpError(NOT_REACHED.format(why=why)) from None
    return _content(raw)


def _post(there: Endpoint, body: bytes, end: float) -> bytes:
    parts = urlsplit(there.url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=there.seconds)
    headers = {"Content-Type": "application/json", "Connection": "close"}
    if there.key:
        headers["Authorization"] = f"Bearer {there.key}"
    try:
        connection.request("POST", f"{parts.path}/chat/completions", body, headers)
        answer = connection.getresponse()
        if answer.status != http.HTTPStatus.OK:
            raise NoHelpError(STATUS.format(n=answer.status))
        return _read(answer, connection, end)
    finally:
        connection.close()


def _read(
    answer: http.client.HTTPResponse, connection: http.client.HTTPConnection, end: float
) -> bytes:
    """Read until the end, the most, or the time is reached: a server may send byte by byte."""
    found = bytearray()
    while True:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if connection.sock is not None:
            connection.sock.settimeout(left)
        piece = answer.read1(_PIECE)
        if not piece:
            return bytes(found)
        found += piece
        if len(found) > MOST_READ:
            raise NoHelpError(TOO_LARGE)


def _content(raw: bytes) -> str:
    try:
        answer: Any = json.loads(raw.decode())
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        content = None
    if not isinstance(content, str):
        raise NoHelpError(NOT_UNDERSTOOD)
    return content
