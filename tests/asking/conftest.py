"""A conversation with known speakers, and a server that behaves as badly as a test wants."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from narrate.script import Character, Line, Script

NAMES = ("Ana", "Ben", "Cleo")
SURE, DOUBTFUL = 0.97, 0.5


def truth(number: int) -> str:
    """Who really says line `number` of the conversation."""
    return NAMES[(number * number + number // 3) % 3]


def conversation(turns: int = 60, *, wrong_every: int = 4, words: str = "Line {}.") -> Script:
    """Quotes in paragraphs of their own; every fourth is doubtful, and every second of these is wrong."""
    lines: list[Line] = []
    at = 0
    for k in range(turns):
        doubtful = k % wrong_every == 0
        wrong = doubtful and k % (2 * wrong_every) == 0
        speaker = NAMES[(NAMES.index(truth(k)) + 1) % 3] if wrong else truth(k)
        text = "“" + words.format(k) + "”"
        end = at + len(text) + 2
        probability = DOUBTFUL if doubtful else SURE
        lines.append(Line(at, end, text, "speech", speaker, probability, "takes turns", 0, 0, k))
        at = end
    return Script(tuple(lines), tuple(Character(name, (f"Mr. {name}",), "male") for name in NAMES))


def numbered(body: dict[str, Any]) -> dict[str, int]:
    """Each number that a request asks about, with the number of the conversation's line it marks."""
    prompt = body["messages"][0]["content"]
    return {n: int(k) for n, k in re.findall(r"\[(\d+)\] “Line (\d+)\.”", prompt)}


def knows_all(body: dict[str, Any]) -> str:
    """What a model that makes no mistake replies."""
    return json.dumps({n: truth(k) for n, k in numbered(body).items()})


def envelope(content: Any) -> bytes:
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": content}}]}).encode()


class Handler(BaseHTTPRequestHandler):
    """Hands every request to the stub's behaviour."""

    def do_POST(self) -> None:
        stub: Stub = self.server.stub  # type: ignore[attr-defined]
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        stub.bodies.append(body)
        stub.headers.append(dict(self.headers))
        stub.paths.append(self.path)
        stub.behaviour(self, body)

    def do_GET(self) -> None:
        self.server.stub.paths.append(self.path)  # type: ignore[attr-defined]
        self.answer(200, envelope("{}"))

    def answer(self, status: int, data: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None: ...


Behaviour = Callable[[Handler, dict[str, Any]], None]


def says(reply: Callable[[dict[str, Any]], str]) -> Behaviour:
    """A well-behaved server with this model behind it."""
    return lambda handler, body: handler.answer(200, envelope(reply(body)))


@dataclass
class Stub:
    """A server on this machine, and what it was asked."""

    behaviour: Behaviour
    url: str = ""
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], Stub]]:
    servers: list[ThreadingHTTPServer] = []

    def start(behaviour: Behaviour) -> Stub:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        stub = Stub(behaviour, f"http://127.0.0.1:{server.server_port}/v1")
        server.stub = stub  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        servers.append(server)
        return stub

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()
