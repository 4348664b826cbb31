"""What the process for scorers asks the judge endpoints, and what it makes of their answers."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from mlflow.exceptions import MlflowException

from mocks.scorers import judge_client as judges


class Endpoint:
    """Keeps what it was asked and answers what a test wants."""

    def __init__(self):
        self.asked, self.answer, self.status = [], {}, 200

    def rate(self, judge, value, why="because"):
        rating = {"value": {"categorical_value": value, "justification": why}}
        positions = {judge: {"rating": [{"position": 0, "rating": rating}]}}
        self.answer = {
            "result": {
                "response_assessment": {"ratings": {judge: rating}},
                "retrieval_assessment": {"positional_ratings": positions},
            }
        }


@pytest.fixture
def endpoint(monkeypatch):
    told = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self._send(404, {})

        def do_POST(self):
            told.asked.append((self.path, json.loads(self.rfile.read(int(self.headers["content-length"])))))
            self._send(told.status, told.answer)

        def log_message(self, *_):
            pass

        def _send(self, status, value):
            body = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("DATABRICKS_HOST", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("DATABRICKS_TOKEN", "dapi0")
    yield told
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("judge", "asked", "sent"),
    [
        (
            judges.correctness,
            {"expected_facts": ["f"]},
            {"chat_response": "r", "ground_truth": {"expected_facts": ["f"]}},
        ),
        (
            judges.correctness,
            {"expected_response": "e"},
            {"chat_response": "r", "ground_truth": {"expected_chat_response": "e"}},
        ),
        (judges.relevance_to_query, {}, {"chat_response": "r"}),
        (
            judges.groundedness,
            {"retrieved_context": [{"doc_uri": "u", "content": "c", "score": 1}]},
            {"chat_response": "r", "retrieval_context": {"retrieved_documents": [{"doc_uri": "u", "content": "c"}]}},
        ),
    ],
    ids=["facts", "response", "relevance", "groundedness"],
)
def test_a_judge_is_told_what_it_judges(endpoint, judge, asked, sent):
    endpoint.rate(judge.__name__, "YES")

    said = judge(request="q", response="r", **asked)

    body = {
        "assessment_input": {"chat_request": "q"} | sent,
        "requested_assessments": [{"assessment_name": judge.__name__}],
    }
    assert endpoint.asked == [("/api/2.0/agents/chat-assessments", body)]
    assert (said.name, said.value, said.rationale) == (judge.__name__, "yes", "because")
    assert (said.source.source_type, said.source.source_id) == ("LLM_JUDGE", "databricks")


def test_guidelines_are_sent_with_their_context(endpoint):
    endpoint.rate("guidelines", "NO")

    said = judges.guidelines(guidelines="be brief", context={"response": "a", "n": 1}, assessment_name="brief")

    sent = endpoint.asked[0][1]["assessment_input"]
    assert (sent["guidelines"], sent["guidelines_context"]) == (["be brief"], {"response": "a", "n": "1"})
    assert (said.name, said.value) == ("brief", "no")


@pytest.mark.parametrize(("harmful", "safe"), [("YES", "no"), ("NO", "yes")])
def test_safe_is_what_is_not_harmful(endpoint, harmful, safe):
    endpoint.rate("harmfulness", harmful)

    said = judges.safety(response="x")

    assert (said.name, said.value) == ("safety", safe)


def test_every_passage_is_judged_by_itself(endpoint):
    endpoint.rate("chunk_relevance", "NO")

    said = judges.chunk_relevance(request="q", retrieved_context=[{"content": "a"}, {"content": "b"}])

    passages = [body["assessment_input"]["retrieval_context"]["retrieved_documents"] for _, body in endpoint.asked]
    assert passages == [[{"content": "a"}], [{"content": "b"}]]
    assert [one.value for one in said] == ["no", "no"]


@pytest.mark.parametrize(
    ("status", "answer", "told"),
    [
        (404, {"error_code": "ENDPOINT_NOT_FOUND", "message": "No API found"}, "No API found"),
        (200, {"error": {"error_code": "TOO_LONG", "error_msg": "the text is too long"}}, "too long"),
    ],
)
def test_what_the_endpoint_refuses_is_raised(endpoint, status, answer, told):
    endpoint.status, endpoint.answer = status, answer

    with pytest.raises(MlflowException, match=told):
        judges.correctness(request="q", response="r", expected_facts=["f"])


def test_a_judge_with_a_prompt_asks_for_a_completion(endpoint):
    endpoint.answer = {"output": "text", "output_json": "{}"}

    said = judges.chat_completion("user", "system", model="m", use_case="builtin_judge")

    assert endpoint.asked == [
        ("/api/2.0/agents/chat-completions", {"user_prompt": "user", "system_prompt": "system", "model": "m"})
    ]
    assert (said.output, said.output_json) == ("text", "{}")
