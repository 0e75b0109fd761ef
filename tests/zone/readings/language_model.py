"""A language model on this machine that answers what a test wants, well, slowly or with malice."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

from openzone.zone.readings.assistance import Endpoint

Answers = Callable[..., Endpoint]
_stop = threading.Event()


class Model(BaseHTTPRequestHandler):
    """A language model that answers what a test wants."""

    status = 200
    answer: ClassVar[bytes] = b""
    drip = False
    seen: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.seen.append({"path": self.path, "key": self.headers["Authorization"],
                          "body": json.loads(body)})  # fmt: skip
        self.send_response(self.status)
        if self.status in (301, 307):
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        try:
            for at in range(0, len(self.answer), 1 if self.drip else 1 << 20):
                self.wfile.write(self.answer[at : at + (1 if self.drip else 1 << 20)])
                self.wfile.flush()
                if self.drip and _stop.wait(0.02):
                    return
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        pass


def said(content: Any) -> bytes:
    """Return an answer of the agreed form."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return json.dumps({"choices": [{"message": {"content": text}}]}).encode()


@contextmanager
def serving() -> Iterator[Answers]:
    """Serve on this machine; what is given is called with the answer and gives the address."""
    server = HTTPServer(("127.0.0.1", 0), Model)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _stop.clear()
    Model.seen = []

    def answers(content: bytes, *, status: int = 200, drip: bool = False, seconds: float = 10):
        Model.answer, Model.status, Model.drip = content, status, drip
        return Endpoint(f"http://127.0.0.1:{server.server_port}/v1", "tiny", "secret", seconds)

    yield answers
    _stop.set()
    server.shutdown()
    server.server_close()
