"""The guard, seen from outside: raw requests over a real socket."""

import http.client
import socket

import pytest

PATHS = ["/api/2.0/preview/scim/v2/Me", "/api/2.0/sql/warehouses", "/_sandbox/info", "/ml/", "/no/such/path", "/"]
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


@pytest.fixture
def send(server):
    def request(method, path, headers=None, body=None, token=server.token):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        given = {"Host": f"127.0.0.1:{server.port}", "Authorization": f"Bearer {token}"} | (headers or {})
        for name, value in given.items():
            for one in value if isinstance(value, list) else [value]:
                connection.putheader(name, one)
        connection.endheaders(body)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer.status

    return request


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", METHODS)
def test_no_path_answers_without_a_token(send, method, path):
    assert send(method, path, token="") in (401, 403)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_answers_to_a_token_that_nobody_gave(send, path):
    assert send("GET", path, token="dapi" + "0" * 32) in (401, 403)


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "10.evil.com", "localhost:8329.evil.com", ""]
)
def test_a_host_that_is_not_ours_is_misdirected(send, host):
    assert send("GET", PATHS[0], {"Host": host}) in (400, 421)


def test_two_host_headers_are_one_too_many(send, server):
    assert send("GET", PATHS[0], {"Host": [f"127.0.0.1:{server.port}", "evil.example"]}) == 400


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1"])
@pytest.mark.parametrize("method", METHODS)
def test_a_foreign_origin_is_refused_on_every_method(send, method, origin):
    assert send(method, PATHS[0], {"Origin": origin}) == 403


def test_a_cross_site_request_is_refused(send):
    assert send("GET", PATHS[0], {"Sec-Fetch-Site": "cross-site"}) == 403


def test_a_bad_token_on_an_mcp_path_is_403_because_clients_cannot_bear_401(send):
    assert send("POST", "/api/2.0/mcp/genie/x", token="wrong") == 403


def test_only_discovery_and_health_answer_everybody(send):
    assert send("GET", "/.well-known/databricks-config", token="") == 200
    assert send("GET", "/_sandbox/health", token="") == 200


def test_the_control_api_does_not_open_to_a_workspace_token(send):
    assert send("GET", "/_sandbox/info", {"X-Sandbox-Control": "1"}) == 401


def test_the_control_api_wants_its_header_so_that_no_web_page_can_call_it(send, server):
    assert send("GET", "/_sandbox/info", token=server.control_token) == 403
    assert send("GET", "/_sandbox/info", {"X-Sandbox-Control": "1"}, token=server.control_token) == 200


def test_headers_over_the_limit_are_refused(send):
    assert send("GET", PATHS[0], {"X-Long": "x" * 20_000}) == 413


def test_a_body_announced_over_the_limit_is_refused_unread(send):
    assert send("POST", "/api/2.0/sql/statements", {"Content-Length": str(10**9)}) == 413


@pytest.mark.parametrize(
    "raw",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"NONSENSE\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzz\r\n",
        b"BREW /pot HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_malformed_http_is_refused_and_the_gateway_lives_on(send, server, raw):
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(raw)
        wire.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: wire.recv(65536), b""))

    assert answer == b"" or answer.startswith(b"HTTP/1.1 4")
    assert send("GET", PATHS[0]) == 200
