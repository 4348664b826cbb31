from pathlib import Path

import pytest

from sandbox.config import find_project, read_config
from sandbox.errors import SandboxError


def test_an_option_comes_before_a_variable_and_that_before_the_default():
    variables = {"SANDBRICKS_PORT": "9001", "SANDBRICKS_LLM": "http://127.0.0.1:11434/v1#qwen"}

    config = read_config(variables, port="9002")

    assert (config.port, config.models[""].url, config.models[""].model) == (9002, "http://127.0.0.1:11434/v1", "qwen")
    assert read_config(variables).port == 9001
    assert read_config({}).port == 8329


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("true", True), ("0", False), ("false", False), ("", False)])
def test_a_flag_can_be_set_as_a_variable(value, meant):
    assert read_config({"SANDBRICKS_EPHEMERAL": value}).ephemeral is meant


def test_the_project_is_the_nearest_folder_that_looks_like_one(tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "a" / ".git").mkdir()

    assert find_project(below) == tmp_path / "a"


def test_a_seed_that_is_no_folder_is_refused():
    with pytest.raises(SandboxError, match="is not a folder"):
        read_config({"SANDBRICKS_SEED": "/no/such/folder"})


def test_the_gateway_gets_no_credentials_and_no_search_path_of_the_user():
    foreign = {"DATABRICKS_TOKEN": "t", "ARM_CLIENT_SECRET": "s", "PYTHONPATH": "/mine", "MLFLOW_TRACKING_URI": "x"}

    environment = read_config(foreign | {"PATH": "/bin"}).gateway_environment

    assert environment["PATH"] == "/bin"
    assert [name for name in foreign if name in environment] == []


def test_the_data_directory_is_absolute():
    assert read_config({"SANDBRICKS_DATA": "here"}).home == Path.cwd() / "here"


@pytest.mark.parametrize(
    "variables", [{"SANDBRICKS_BIND": "192.168.0.1"}, {"SANDBRICKS_TOKEN": "short"}, {"SANDBRICKS_PORT": "http"}]
)
def test_a_variable_that_makes_no_sense_is_refused(variables):
    with pytest.raises(SandboxError):
        read_config(variables)


def test_no_secret_is_shown_with_the_configuration():
    token = f"dapi{'0' * 32}"

    assert token not in repr(read_config({"SANDBRICKS_TOKEN": token}))


def test_a_model_server_may_be_named_for_one_endpoint_and_its_key_in_a_variable():
    told = "databricks-gpt-5=https://$KEY@api.example.com/v1#gpt-4o"

    models = read_config({"KEY": "sk-1"}, llm=("http://127.0.0.1:11434/v1", told)).models

    assert (models[""].url, models[""].key) == ("http://127.0.0.1:11434/v1", None)
    assert (models["databricks-gpt-5"].url, models["databricks-gpt-5"].model) == (
        "https://api.example.com/v1",
        "gpt-4o",
    )
    assert models["databricks-gpt-5"].key == "sk-1"
    assert "sk-1" not in repr(models)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("ftp://host", "names no model server"),
        ("databricks-gte-large-en=http://127.0.0.1:1/v1", "embeds with the model that the indexes use"),
        ("https://$NOBODY@host/v1", "NOBODY, which holds the key of a model server, is not set"),
    ],
)
def test_what_names_no_model_server_is_refused(told, why):
    with pytest.raises(SandboxError, match=why):
        read_config({}, llm=(told,))


def test_an_unknown_mode_of_recordings_is_refused():
    with pytest.raises(SandboxError, match="no mode of recordings"):
        read_config({}, record_mode="always")


@pytest.mark.parametrize(
    ("told", "why"), [("genie=team", "passes nothing through"), ("serving=nobody", r"no profile \[nobody\]")]
)
def test_what_cannot_be_passed_through_is_refused(tmp_path, told, why):
    with pytest.raises(SandboxError, match=why):
        read_config({"HOME": str(tmp_path)}, proxy=(told,))


def test_a_database_that_mlflow_cannot_be_given_is_refused():
    with pytest.raises(SandboxError, match="is postgresql://"):
        read_config({"SANDBRICKS_MLFLOW_DATABASE": "oracle://db"})
