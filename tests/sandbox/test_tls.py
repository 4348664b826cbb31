"""`sandbricks up --tls`: the same gateway behind TLS, trusted by the clients through the printed variables."""

import json
import ssl
import stat
import sys
import urllib.error
import urllib.request

import pytest

ASK = """
import os
from databricks.sdk import WorkspaceClient
w = WorkspaceClient(host=os.environ["SANDBRICKS_TLS_URL"], token=os.environ["DATABRICKS_TOKEN"])
print(w.current_user.me().user_name, w.config.oidc_endpoints.token_endpoint.partition(":")[0])
"""
PLAIN = "import os; print('SANDBRICKS_TLS_URL' in os.environ, 'sandbricks' in os.environ.get('SSL_CERT_FILE', ''))"


def test_an_official_client_trusts_the_front_by_the_variables_alone(shell):
    done = shell.run("exec", "--tls", "auto", "--", sys.executable, "-W", "ignore", "-c", ASK)

    assert done.stdout.split() == ["default@sandbricks.local", "https"], done.stderr


def test_without_the_option_nothing_about_trust_is_set(shell):
    assert shell.run("exec", "--", sys.executable, "-c", PLAIN).stdout == "False False\n"


def test_env_prints_the_address_and_the_three_variables_of_trust(shell):
    _, told = shell.up("--tls", "auto")
    values = json.loads(shell.run("env", "--json").stdout)

    assert values["SANDBRICKS_TLS_URL"] == told["tls_host"]
    bundle = {values[name] for name in ("REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH")}
    assert bundle == {str(shell.project / ".sandbricks/tls/bundle.pem")}


@pytest.fixture
def front(shell):
    _, told = shell.up("--tls", "auto")
    trusting = ssl.create_default_context(cafile=str(shell.project / ".sandbricks/tls/ca.pem"))

    def ask(host=None, origin=None, context=trusting):
        headers = {"Origin": origin} if origin else {}
        request = urllib.request.Request(f"{told['tls_host']}/_sandbox/health", headers=headers)
        if host:
            request.add_header("Host", host)
        with urllib.request.urlopen(request, timeout=30, context=context) as answer:
            return answer.status

    return ask


def test_the_front_is_guarded_like_the_plain_port(front):
    assert front() == 200

    with pytest.raises(urllib.error.HTTPError, match="421"):
        front(host="evil.example")
    with pytest.raises(urllib.error.HTTPError, match="403"):
        front(origin="https://evil.example")


def test_who_does_not_trust_the_authority_is_not_connected(front):
    with pytest.raises(urllib.error.URLError, match="CERTIFICATE_VERIFY_FAILED"):
        front(context=ssl.create_default_context())


def test_the_certificate_is_kept_and_its_key_is_for_the_owner_only(shell):
    folder = shell.project / ".sandbricks/tls"
    shell.run("up", "-d", "--tls", "auto")
    before = (folder / "server.pem").read_bytes()
    shell.run("down")

    shell.run("up", "-d", "--tls", "auto")

    assert (folder / "server.pem").read_bytes() == before
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
    assert not (folder / "ca.key").exists()
