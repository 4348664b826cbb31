"""A language model by URL: what is passed on, what comes back, and how its failures are told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from mocks.core.errors import BadRequest, TemporarilyUnavailable, TooManyRequests
from mocks.core.settings import Settings
from mocks.engines.llm import Llm

BODY = {"messages": [{"role": "user", "content": "Hello"}], "model": "databricks-claude-sonnet-4-5", "temperature": 0}
CHUNKS = [
    {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]},
    {"choices": [{"index": 0, "delta": {"content": "Good "}}]},
    {"choices": [{"index": 0, "delta": {"content": "day"}, "finish_reason": "stop"}]},
    {"choices": [], "usage": {"prompt_tokens": 3, "completion_tokens": 2}},
]


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self._send(200, {"data": [{"id": "tiny-1"}]})

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.seen.append((self.path, body))
        if self.server.status != 200:
            return self._send(self.server.status, {"error": "no"})
        if body["stream"]:
            return self._send(200, "".join(f"data: {json.dumps(c)}\n\n" for c in CHUNKS) + "data: [DONE]\n\n")
        message = {"role": "assistant", "content": "Good day"}
        usage = {"prompt_tokens": 3, "completion_tokens": 2}
        return self._send(200, {"choices": [{"message": message, "finish_reason": "stop"}], "usage": usage})

    def _send(self, status, told):
        raw = (told if isinstance(told, str) else json.dumps(told)).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *_):
        """Keeps quiet."""


@pytest.fixture
def model_server():
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.seen, server.status = [], 200
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def connect(tmp_path):
    made = []

    def to(url, model=None):
        made.append(Llm(Settings(tmp_path, "http://127.0.0.1:1", "t", "c", llm_url=url, llm_model=model)))
        return made[-1]

    yield to
    for llm in made:
        llm.close()


@pytest.fixture
def llm(model_server, connect):
    return connect(f"http://127.0.0.1:{model_server.server_port}/v1", "small")


def test_the_request_is_passed_on_under_the_models_own_name(llm, model_server):
    completion = llm.complete(BODY)

    path, body = model_server.seen[0]
    assert (path, body["model"], body["temperature"]) == ("/v1/chat/completions", "small", 0)
    assert (completion.answers[0].reply.text, completion.usage.prompt) == ("Good day", 3)


def test_the_answer_names_model_and_server(llm):
    assert llm.complete(BODY).answered_by == f"small at {llm.url}"


def test_without_a_name_the_first_model_of_the_server_answers(model_server, connect):
    llm = connect(f"http://127.0.0.1:{model_server.server_port}/v1")

    assert llm.answered_by.startswith("tiny-1 at ")


def test_a_stream_comes_in_its_parts_with_usage_at_the_end(llm):
    deltas = list(llm.stream(BODY))

    assert [delta.text for delta in deltas if delta.text] == ["Good ", "day"]
    assert (deltas[-2].finish, deltas[-1].usage.completion) == ("stop", 2)


@pytest.mark.parametrize(
    ("status", "error"), [(400, BadRequest), (429, TooManyRequests), (500, TemporarilyUnavailable)]
)
def test_a_refusal_is_told_with_the_url(llm, model_server, status, error):
    model_server.status = status

    with pytest.raises(error, match=r"127\.0\.0\.1.* answered"):
        llm.complete(BODY)
    with pytest.raises(error):
        list(llm.stream(BODY))


def test_a_server_that_is_not_there_is_named(connect):
    with pytest.raises(TemporarilyUnavailable, match=r"http://127\.0\.0\.1:9/v1 cannot be reached"):
        connect("http://127.0.0.1:9/v1", "small").complete(BODY)
