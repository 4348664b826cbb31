import json
import os

import pytest
from databricks.sdk.core import Config

from sandbox.errors import TargetError
from sandbox.target import foreign, is_loopback, real_environment, require_local, require_real, resolve

LOCAL, REAL = "http://127.0.0.1:8329", "https://adb-1.azuredatabricks.net"


@pytest.fixture
def profiles(tmp_path):
    text = f"[DEFAULT]\nhost = {REAL}\ntoken = real\n\n[sandbricks]\nhost = {LOCAL}\ntoken = ours\n"
    (tmp_path / ".databrickscfg").write_text(text)
    return {"HOME": str(tmp_path), "MLFLOW_TRACKING_URI": "databricks"}


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("http://127.0.0.1:8329", True),
        ("localhost:8329", True),
        ("http://[::1]:80", True),
        ("http://127.9.9.9", True),
        ("http://127.0.0.1.evil.com", False),
        ("https://localhost.evil.com", False),
        ("https://adb-1.azuredatabricks.net", False),
        ("http://10.0.0.1", False),
    ],
)
def test_only_this_machines_own_addresses_are_loopback(host, local):
    assert is_loopback(host) is local


def test_without_variables_the_default_profile_decides(profiles):
    target = resolve(profiles)

    assert (target.side, target.host.text) == ("real", REAL)
    assert "profile DEFAULT" in target.host.source


def test_a_named_profile_decides(profiles):
    target = resolve(profiles | {"DATABRICKS_CONFIG_PROFILE": "sandbricks"})

    assert (target.side, target.warnings) == ("local", ())


def test_variables_outrank_a_named_profile_and_that_is_a_warning(profiles):
    mixed = {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours", "DATABRICKS_CONFIG_PROFILE": "DEFAULT"}

    target = resolve(profiles | mixed)

    assert target.side == "local"
    assert "outranks the profile DEFAULT" in target.warnings[0]


def test_a_token_from_elsewhere_than_the_host_is_a_warning(profiles):
    target = resolve(profiles | {"DATABRICKS_TOKEN": "ours", "DATABRICKS_CONFIG_PROFILE": "DEFAULT"})

    assert target.warnings == (
        f"token comes from DATABRICKS_TOKEN, but the host from profile DEFAULT in {profiles['HOME']}/.databrickscfg.",
    )


def test_credentials_of_another_workspace_are_a_warning(profiles):
    target = resolve(profiles | {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours", "ARM_CLIENT_ID": "id"})

    assert "ARM_CLIENT_ID" in target.warnings[0]


def test_a_proxy_that_local_calls_would_go_through_is_a_warning(profiles):
    local = profiles | {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours", "HTTP_PROXY": "http://proxy"}

    assert "A proxy is set" in resolve(local).warnings[0]
    assert resolve(local | {"NO_PROXY": "127.0.0.1"}).warnings == ()


def test_a_profile_that_is_not_there_is_an_error(profiles):
    with pytest.raises(TargetError, match="no such profile"):
        resolve(profiles | {"DATABRICKS_CONFIG_PROFILE": "nowhere"})


def test_the_local_side_refuses_any_other_host(profiles):
    with pytest.raises(TargetError, match="needs the local side"):
        require_local(profiles)


def test_the_real_side_refuses_loopback(profiles):
    with pytest.raises(TargetError, match="needs the real side"):
        require_real(profiles | {"DATABRICKS_CONFIG_PROFILE": "sandbricks"})


@pytest.mark.parametrize("uri", ["databricks://DEFAULT", "https://mlflow.example.com"])
def test_the_local_side_refuses_a_tracking_server_of_the_other(profiles, uri):
    mixed = {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours", "MLFLOW_TRACKING_URI": uri}

    with pytest.raises(TargetError, match="MLFLOW_TRACKING_URI"):
        require_local(profiles | mixed)


def test_the_real_environment_carries_nothing_of_the_sandbox(profiles):
    local = {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours", "SANDBRICKS_URL": LOCAL}

    environment = real_environment(profiles | local, "DEFAULT")

    assert resolve(environment).host.text == REAL
    assert LOCAL not in environment.values()


def test_target_tells_sides_sources_and_warnings_but_no_secret(shell):
    (shell.home / ".databrickscfg").write_text(f"[prod]\nhost = {REAL}\ntoken = very-secret\n")

    told = shell.run("target", variables={"DATABRICKS_HOST": LOCAL, "DATABRICKS_CONFIG_PROFILE": "prod"})

    assert "side         local" in told.stdout
    assert "outranks the profile prod" in told.stdout
    assert "very-secret" not in told.stdout


def test_the_shell_that_env_made_is_local_through_and_through(shell):
    shell.run("up", "-d")
    variables = json.loads(shell.run("env", "--json").stdout)

    told = shell.run("target", "--require", "local", variables=variables)

    assert told.returncode == 0, told.stderr
    assert "warning" not in told.stdout


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {"DATABRICKS_CONFIG_PROFILE": "sandbricks"},
        {"DATABRICKS_HOST": LOCAL, "DATABRICKS_TOKEN": "ours"},
        {"DATABRICKS_HOST": LOCAL, "DATABRICKS_CONFIG_PROFILE": "DEFAULT"},
        {"DATABRICKS_TOKEN": "ours", "DATABRICKS_CONFIG_PROFILE": "sandbricks"},
        {"DATABRICKS_TOKEN": "ours"},
    ],
)
def test_the_sdk_finds_the_same(profiles, variables, monkeypatch):
    for name in foreign(os.environ):
        monkeypatch.delenv(name)
    for name, value in (profiles | variables).items():
        monkeypatch.setenv(name, value)
    for step in ("_resolve_host_metadata", "init_auth"):
        monkeypatch.setattr(Config, step, lambda _: None)

    target, config = resolve(profiles | variables), Config()

    assert (target.host and target.host.text) == config.host
    assert [value.text for name, value in target.credentials if name == "token"] == [config.token]
