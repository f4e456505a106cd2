"""An endpoint that misbehaves costs one line of warning, and nothing else."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from narrate.asking import Endpoint, endpoint_of, interview, second_opinion
from narrate.errors import UsageError

from .conftest import Behaviour, Handler, Stub, conversation, envelope, knows_all, says
from .test_opinion import Nothing

Serve = Callable[[Behaviour], Stub]
SECRET = "sk-very-secret-1234"
END = Event()


def drips(handler: Handler, body: dict[str, Any]) -> None:
    """A byte now and then, for ever: no socket time-out ever strikes."""
    handler.send_response(200)
    handler.end_headers()
    while not END.wait(0.05):
        handler.wfile.write(b" ")
        handler.wfile.flush()


def waits(handler: Handler, body: dict[str, Any]) -> None:
    END.wait(30)


def floods(handler: Handler, body: dict[str, Any]) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"[" * 65536)
    except OSError:
        handler.close_connection = True


def halves(handler: Handler, body: dict[str, Any]) -> None:
    data = envelope(knows_all(body))
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data[: len(data) // 2])
    handler.close_connection = True


def hangs_up(handler: Handler, body: dict[str, Any]) -> None:
    handler.close_connection = True


def gibbers(handler: Handler, body: dict[str, Any]) -> None:
    handler.wfile.write(b"\x00\xff what is HTTP?\r\n\r\n")
    handler.close_connection = True


def status(code: int, data: bytes = b"", **headers: str) -> Behaviour:
    return lambda handler, body: handler.answer(code, data, **headers)


def error(message: str) -> bytes:
    return json.dumps({"error": {"message": message}}).encode()


BAD: dict[str, tuple[Behaviour, str, int]] = {
    # what it does, what the warning says, requests at most
    "slow": (waits, "no reply within 0.5 s", 1),
    "dripping": (drips, "no reply within 0.5 s", 1),
    "enormous": (floods, "larger than 256 kB", 3),
    "half a JSON": (halves, "no reply of an OpenAI-compatible server", 3),
    "HTML": (status(200, b"<html>Sign in</html>"), "no reply of an OpenAI-compatible server", 3),
    "deep JSON": (status(200, b"[" * 100_000), "no reply of an OpenAI-compatible server", 3),
    "no choices": (status(200, b'{"choices": []}'), "no reply of an OpenAI-compatible server", 3),
    "no content": (status(200, envelope(None)), "its reply is empty", 3),
    "hanging up": (hangs_up, "closed connection", 3),
    "no HTTP": (gibbers, "", 3),
    "broken": (status(500, b"oops"), "HTTP 500", 12),  # it may only dislike the form: four were tried
    "wrong model": (status(404, error("model 'm' not found")), "HTTP 404: model 'm' not found", 1),
    "no entry": (status(401, error(f"bad key {SECRET}")), "HTTP 401: bad key …", 1),
    "colourful": (status(403, error("\x1b[31mno\x07\nway")), "HTTP 403: [31mno way", 1),
    "babbling": (says(lambda body: "Once upon a time. " * 50), "its replies name nobody on the list", 3),
    "a lost soul": (says(lambda body: '{"1": "Zed"}'), "its replies name nobody on the list", 3),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_endpoint_costs_one_line(serve: Serve, kind: str) -> None:
    behaviour, warning, most = BAD[kind]
    patience = 0.5 if "0.5 s" in warning else 60.0
    script = conversation()
    stub = serve(behaviour)
    try:
        found = second_opinion(script, Endpoint("m", stub.url, SECRET, patience), Nothing())
    finally:
        END.set()
        END.clear()
    assert found.script == script
    assert found.changes == ()
    assert warning in found.note
    assert found.note.endswith("nothing was changed")
    assert found.note.isprintable()
    assert SECRET not in found.note
    assert 1 <= len(stub.bodies) <= most


def test_nobody_at_home_costs_one_line() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = second_opinion(conversation(), Endpoint("m", f"http://127.0.0.1:{port}/v1"), Nothing())
    assert found.script == conversation()
    assert found.note == f"m at http://127.0.0.1:{port}/v1: no server is running there; nothing was changed"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_text_and_key_never_follow_a_redirect(serve: Serve, code: int) -> None:
    elsewhere = serve(says(knows_all))
    stub = serve(status(code, Location=f"{elsewhere.url}/chat/completions"))
    found = second_opinion(conversation(), Endpoint("m", stub.url, SECRET), Nothing())
    assert "elsewhere" in found.note
    assert len(stub.bodies) == 1
    assert elsewhere.paths == []


def test_what_was_said_before_it_failed_counts(serve: Serve) -> None:
    stub = serve(says(knows_all))

    def tires(handler: Handler, body: dict[str, Any]) -> None:
        if len(stub.bodies) > 5:
            handler.answer(404, b"")
        else:
            handler.answer(200, envelope(knows_all(body)))

    stub.behaviour = tires
    found = second_opinion(conversation(), Endpoint("m", stub.url), Nothing())
    assert 0 < len(found.changes) < 8
    assert "HTTP 404; m was asked about" in found.note


@pytest.mark.parametrize("refusal", [400, 422, 500])
def test_a_server_that_knows_no_schema_is_asked_plainly(serve: Serve, refusal: int) -> None:
    forms: list[str] = []

    def fussy(handler: Handler, body: dict[str, Any]) -> None:
        form = body.get("response_format", {}).get("type", "bare" if "seed" not in body else "plain")
        forms.append(form)
        if form == "bare":
            handler.answer(200, envelope(knows_all(body)))
        else:
            handler.answer(refusal, error("no such thing"))

    found = second_opinion(conversation(), Endpoint("m", serve(fussy).url), Nothing())
    assert len(found.changes) == 8
    assert forms[:4] == ["json_schema", "json_object", "plain", "bare"]
    assert set(forms[4:]) == {"bare"}  # what it does not take is not tried again


def test_a_busy_server_is_waited_for(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(interview, "sleep", waits.append)
    stub = serve(says(knows_all))

    def busy(handler: Handler, body: dict[str, Any]) -> None:
        if len(stub.bodies) % 2:
            handler.answer(429, b"", Retry_After="7")
        else:
            handler.answer(200, envelope(knows_all(body)))

    stub.behaviour = busy
    found = second_opinion(conversation(), Endpoint("m", stub.url), Nothing())
    assert len(found.changes) == 8
    assert set(waits) == {7.0}


def test_the_key_is_sent_and_shown_nowhere(serve: Serve) -> None:
    stub = serve(says(knows_all))
    endpoint = endpoint_of("m", stub.url, {"OPENAI_API_KEY": f" {SECRET}\n"})
    second_opinion(conversation(), endpoint, Nothing())
    assert stub.headers[0]["Authorization"] == f"Bearer {SECRET}"
    assert SECRET not in repr(endpoint)
    assert SECRET not in json.dumps(stub.bodies)
    far = endpoint_of("m", "http://far.example/v1", {"OPENAI_API_KEY": SECRET})
    assert far.key == ""  # not over an open line
    assert endpoint_of("m", "https://far.example/v1", {"OPENAI_API_KEY": SECRET}).key == SECRET


def test_a_proxy_is_for_the_world_outside(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    proxy, near = serve(says(knows_all)), serve(says(knows_all))
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
    assert len(second_opinion(conversation(), Endpoint("m", near.url), Nothing()).changes) == 8
    assert proxy.paths == []
    outside = Endpoint("m", "http://far.example/v1")
    assert len(second_opinion(conversation(), outside, Nothing()).changes) == 8
    assert set(proxy.paths) == {"http://far.example/v1/chat/completions"}


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("", "http://localhost:11434/v1"),
        ("http://localhost:8080", "http://localhost:8080/v1"),
        ("http://localhost:8080/", "http://localhost:8080/v1"),
        ("https://far.example/api/v1/", "https://far.example/api/v1"),
        ("http://[::1]:1234/v1/chat/completions", "http://[::1]:1234/v1"),
    ],
)
def test_an_address_is_what_the_user_means(given: str, asked: str) -> None:
    assert endpoint_of("m", given, {}).url == asked
    assert endpoint_of("m", "", {"OPENAI_BASE_URL": given}).url == asked


@pytest.mark.parametrize(
    "given",
    [
        "localhost:8080",
        "ftp://localhost/v1",
        "file:///etc/passwd",
        f"https://user:{SECRET}@far.example/v1",
        f"https://far.example/v1?key={SECRET}",
        "http://[::1",
        "http://far.example:port/v1",
        "http://far.example/v1\r\nX: y",
        "http://",
    ],
)
def test_an_impossible_address_is_said_before_any_work(given: str) -> None:
    with pytest.raises(UsageError) as caught:
        endpoint_of("m", given, {})
    assert "--ask-url" in str(caught.value)
    assert SECRET not in str(caught.value)


def test_an_impossible_key_is_never_repeated() -> None:
    with pytest.raises(UsageError) as caught:
        endpoint_of("m", "", {"OPENAI_API_KEY": f"{SECRET}\nX-Injected: 1"})
    assert SECRET not in str(caught.value)
