"""One OpenAI-compatible endpoint, asked one thing at a time, and never believed to behave.

The interface is `POST /chat/completions` of the OpenAI API, which Ollama, llama.cpp, vLLM, LM Studio and the
hosted services share. The standard library's client is enough: it knows proxies and checks certificates.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from narrate.errors import UsageError

OLLAMA = "http://localhost:11434/v1"
"""Where Ollama listens: asked where the user names no place, so nothing leaves the machine unbidden."""

KEY = "OPENAI_API_KEY"
PLACE = "OPENAI_BASE_URL"

MOST_BYTES = 1 << 18
"""Of a reply. Three names need 100; a model that thinks aloud first needs some 10,000."""

LONGEST_WAIT_S = 60.0
"""That a busy server may ask for before it is asked again, once a question."""

_UNFIT = frozenset({400, 415, 422, 500, 501})  # a plainer request may do; llama-cpp-python says 500
_HOPELESS = frozenset({401, 403, 404, 405, 407, 410})  # the next request would fare no better


class NoReply(Exception):
    """The endpoint gave nothing to read; `hopeless` where asking again would give no more."""

    def __init__(self, why: str, *, hopeless: bool = False, unfit: bool = False, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.why = why
        self.hopeless = hopeless
        self.unfit = unfit  # the server did not like the form of the request
        self.wait_s = wait_s  # it asks for so much time before the next; 0 where it says nothing


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where to ask, and whom."""

    model: str  # as the server calls it
    url: str  # the API's base, without an ending slash; `/chat/completions` comes after it
    key: str = field(default="", repr=False)  # from the environment only; never kept, never shown
    patience_s: float = 120.0  # for a whole reply; a server may first have to load the model

    @property
    def local(self) -> bool:
        """Whether it is this machine."""
        return _is_local(urlsplit(self.url).hostname or "")


def endpoint_of(model: str, url: str, environ: Mapping[str, str]) -> Endpoint:
    """The endpoint that the user means: `url`, else OPENAI_BASE_URL, else Ollama on this machine.

    Raises UsageError for what cannot be asked; no message repeats an address that may hold a secret.
    """
    where = "--ask-url" if url else PLACE
    base = (url or environ.get(PLACE, "") or OLLAMA).strip()
    try:
        parts = urlsplit(base)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
        parts = urlsplit("")
    if not host or parts.scheme not in ("http", "https") or not base.isascii() or not base.isprintable():
        raise UsageError("this is no address of a server", where=where, fix=f"give one like {OLLAMA}")
    if "@" in parts.netloc or parts.query or parts.fragment or " " in base:
        raise UsageError(
            "an address holds no name, key or question mark", where=where, fix=f"put the key into {KEY}"
        )
    if not model.strip() or not model.isprintable():
        raise UsageError("a model has a name", where="--ask", fix="`ollama list` shows those that you have")
    key = environ.get(KEY, "").strip()
    if key and not (key.isascii() and key.isprintable() and " " not in key):
        raise UsageError("this is no key", where=KEY, fix="set it anew, without spaces")
    path = parts.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    if parts.scheme == "http" and not _is_local(host):
        key = ""  # a key is not for everybody on the way to read
    return Endpoint(model.strip(), f"{parts.scheme}://{parts.netloc}{path}", key)


def complete(endpoint: Endpoint, body: Mapping[str, Any]) -> str:
    """The text of the model's reply to one request. Raises NoReply, within the endpoint's patience."""
    raw = _within(endpoint.patience_s, endpoint, json.dumps(body).encode())
    try:
        said = json.loads(raw)["choices"][0]["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoReply("what came back is no reply of an OpenAI-compatible server") from None
    if not isinstance(said, str):
        raise NoReply("its reply is empty")
    return said


def _within(seconds: float, endpoint: Endpoint, data: bytes) -> bytes:
    """The body of the reply, or NoReply when the time is up, whatever the other side is doing.

    A socket's time-out counts from byte to byte, so a server that drips could hold us for ever, and name
    look-ups have none at all. So a thread waits, and is left behind when it waits too long.
    """
    box: SimpleQueue[bytes | NoReply] = SimpleQueue()

    def fetch() -> None:
        try:
            box.put(_fetch(endpoint, data))
        except NoReply as failure:
            box.put(failure)

    Thread(target=fetch, name="narrate-ask", daemon=True).start()
    try:
        found = box.get(timeout=seconds)
    except Empty:
        raise NoReply(f"no reply within {seconds:g} s", hopeless=True) from None
    if isinstance(found, NoReply):
        raise found
    return found


def _fetch(endpoint: Endpoint, data: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json", "User-Agent": "narrate"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    # A proxy is for the world outside: what is meant for this machine stays on it.
    proxies = urllib.request.ProxyHandler({}) if endpoint.local else urllib.request.ProxyHandler()
    opener = urllib.request.build_opener(proxies, _NoRedirects())
    try:
        request = urllib.request.Request(f"{endpoint.url}/chat/completions", data, headers, method="POST")
        with opener.open(request, timeout=endpoint.patience_s) as response:
            body: bytes = response.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise _refused(error, endpoint) from None
    except (OSError, HTTPException, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        if isinstance(reason, ConnectionRefusedError):
            said = "no server is running there"
        raise NoReply(_clean(said, endpoint), hopeless=not isinstance(error, HTTPException)) from None
    if len(body) > MOST_BYTES:
        raise NoReply(f"its reply is larger than {MOST_BYTES // 1024} kB")
    return body


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Text and key go where the user said, and nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _refused(error: urllib.error.HTTPError, endpoint: Endpoint) -> NoReply:
    code = error.code
    if 300 <= code < 400:
        return NoReply(f"it wants to send us elsewhere (HTTP {code})", hopeless=True)
    try:
        said = json.loads(error.read(4096))["error"]
        said = said["message"] if isinstance(said, dict) else said
    except (OSError, HTTPException, ValueError, KeyError, TypeError, RecursionError):
        said = ""
    told = f": {_clean(said, endpoint)}" if isinstance(said, str) and said else ""
    wants_key = f"; put the key into {KEY}" if code == 401 and not endpoint.key else ""
    if wants_key and urlsplit(endpoint.url).scheme == "http" and not endpoint.local:
        wants_key = "; a key is only sent over https"
    asked = str(error.headers.get("Retry-After", "")) if error.headers else ""
    wait = min(float(asked[:3]), LONGEST_WAIT_S) if code in (429, 503) and asked[:3].isdecimal() else 0.0
    return NoReply(
        f"HTTP {code}{told}{wants_key}", hopeless=code in _HOPELESS, unfit=code in _UNFIT, wait_s=wait
    )


def _clean(said: str, endpoint: Endpoint) -> str:
    """What a server says, fit for one line of a terminal, and without the key, should it repeat it."""
    hidden = said.replace(endpoint.key, "…") if endpoint.key else said
    words = " ".join("".join(c if c.isprintable() else " " for c in hidden).split())
    return words if len(words) <= 160 else words[:159] + "…"


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
