"""Prompts in Unity Catalog."""

import json

import pytest
from databricks.sdk.errors import InvalidParameterValue, NotFound
from mlflow.exceptions import MlflowException

NAME = "main.default.greeting"
PROMPTS = "/api/2.0/mlflow/unity-catalog/prompts"
LINKS = "/api/2.0/mlflow/unity-catalog/prompt-versions/links"


@pytest.fixture
def linked():
    return lambda tags: [entry["version"] for entry in json.loads(tags["mlflow.linkedPrompts"])]


def test_versions_load_by_number_and_by_alias(m):
    m.genai.register_prompt(name=NAME, template="Answer {{question}} briefly.", commit_message="first")
    m.genai.register_prompt(name=NAME, template="Answer {{question}} with sources.")
    m.genai.set_prompt_alias(NAME, alias="prod", version=2)

    assert m.genai.load_prompt(f"prompts:/{NAME}/1").template == "Answer {{question}} briefly."
    assert m.genai.load_prompt(f"prompts:/{NAME}@prod").format(question="it") == "Answer it with sources."


def test_a_chat_template_keeps_its_messages(m):
    messages = [{"role": "system", "content": "Be brief, ü."}, {"role": "user", "content": "{{question}}"}]
    m.genai.register_prompt(name=NAME, template=messages)

    assert m.genai.load_prompt(f"prompts:/{NAME}/1").template == messages


def test_prompts_are_found_in_their_schema(m):
    m.genai.register_prompt(name=NAME, template="x", tags={"team": "a"})

    found = m.genai.search_prompts("catalog = 'main' AND schema = 'default'")

    assert [prompt.name for prompt in found] == [NAME]


def test_a_missing_prompt_is_none_when_that_is_allowed(m):
    assert m.genai.load_prompt("prompts:/main.default.nothing/1", allow_missing=True) is None


def test_a_prompt_in_a_schema_that_does_not_exist_is_refused(m):
    with pytest.raises(MlflowException, match=r"main\.nowhere"):
        m.genai.register_prompt(name="main.nowhere.greeting", template="x")


def test_a_prompt_used_in_a_trace_is_linked_to_it(m):
    m.genai.register_prompt(name=NAME, template="Hi {{name}}")

    @m.trace
    def greet():
        return m.genai.load_prompt(f"prompts:/{NAME}/1").format(name="you")

    assert greet() == "Hi you"
    trace = m.get_trace(m.get_last_active_trace_id())
    assert json.loads(trace.info.tags["mlflow.linkedPrompts"]) == [{"name": NAME, "version": "1"}]
    (found,) = m.search_traces(filter_string=f"prompt = '{NAME}/1'", return_type="list")
    assert found.info.trace_id == trace.info.trace_id


def test_a_prompt_loaded_in_a_run_is_linked_to_it(m):
    m.genai.register_prompt(name=NAME, template="x")

    with m.start_run() as run:
        m.genai.load_prompt(f"prompts:/{NAME}/1")

    tag = m.get_run(run.info.run_id).data.tags["mlflow.linkedPrompts"]
    assert json.loads(tag) == [{"name": NAME, "version": "1"}]


def test_links_can_be_added_to_runs_and_models(m, w, linked):
    m.genai.register_prompt(name=NAME, template="x")
    m.genai.register_prompt(name=NAME, template="y")
    with m.start_run() as run:
        model = m.create_external_model(name="agent").model_id
    targets = {"run_ids": [run.info.run_id], "model_ids": [model]}

    for kind, version in (("runs", 1), ("runs", 2), ("runs", 2), ("models", 1)):
        body = {"prompt_versions": [{"name": NAME, "version": str(version)}], **targets}
        w.api_client.do("POST", f"{LINKS}-to-{kind}", body=body)

    assert linked(m.get_run(run.info.run_id).data.tags) == ["1", "2"]
    assert linked(m.get_logged_model(model).tags) == ["1"]


def test_nothing_is_linked_if_a_part_does_not_exist(m, w):
    m.genai.register_prompt(name=NAME, template="x")
    with m.start_run() as run:
        pass

    for version, runs in (("1", [run.info.run_id, "0" * 32]), ("9", [run.info.run_id])):
        body = {"prompt_versions": [{"name": NAME, "version": version}], "run_ids": runs}
        with pytest.raises(NotFound):
            w.api_client.do("POST", f"{LINKS}-to-runs", body=body)

    assert "mlflow.linkedPrompts" not in m.get_run(run.info.run_id).data.tags


def test_prompts_are_found_by_name_and_by_tag(m):
    for name, team in (("greeting", "a"), ("farewell", "a"), ("greetings", "b")):
        m.genai.register_prompt(name=f"main.default.{name}", template="x", tags={"no": "prompt tag"})
        m.genai.set_prompt_tag(f"main.default.{name}", "team", team)

    def found(condition):
        prompts = m.genai.search_prompts(f"catalog = 'main' AND schema = 'default' AND {condition}")
        return sorted(prompt.name.rpartition(".")[2] for prompt in prompts)

    assert found("name = 'greeting'") == ["greeting"]
    assert found(f"name = '{NAME}'") == ["greeting"]
    assert found("name LIKE 'greet%'") == ["greeting", "greetings"]
    assert found("name ILIKE '%WELL'") == ["farewell"]
    assert found("tags.team = 'a'") == ["farewell", "greeting"]
    assert found("name LIKE 'greet%' AND tags.team = 'a'") == ["greeting"]


def test_a_filter_that_is_not_understood_is_refused(m):
    with pytest.raises(MlflowException, match="by name"):
        m.genai.search_prompts("catalog = 'main' AND schema = 'default' AND color = 'red'")


def test_a_schema_with_an_underscore_finds_its_own_prompts_only(m, w):
    for schema in ("a_b", "axb"):
        w.schemas.create(schema, "main")
        m.genai.register_prompt(name=f"main.{schema}.greeting", template="x")

    assert [p.name for p in m.genai.search_prompts("catalog = 'main' AND schema = 'a_b'")] == ["main.a_b.greeting"]


def test_prompts_and_versions_come_in_pages(m, w):
    for number in range(3):
        m.genai.register_prompt(name=NAME, template=f"version {number}")
        m.genai.register_prompt(name=f"main.default.p{number}", template="x")

    def names(path, key, label, **body):
        first = w.api_client.do("POST", path, body={"max_results": 2, **body})
        second = w.api_client.do("POST", path, body={"max_results": 2, "page_token": first["next_page_token"], **body})
        assert "next_page_token" not in second
        return sorted(found[label] for found in first[key] + second[key])

    inside = {"catalog_schema": {"catalog_name": "main", "schema_name": "default"}}
    assert names(PROMPTS + "/search", "prompts", "name", **inside) == [NAME, *(f"main.default.p{n}" for n in range(3))]
    assert names(f"{PROMPTS}/{NAME}/versions/search", "prompt_versions", "version") == ["1", "2", "3"]


def test_descriptions_and_tags_can_be_changed(m, w):
    m.genai.register_prompt(name=NAME, template="x", commit_message="first")
    told = {"description": "greets", "tags": [{"key": "team", "value": "a"}]}

    prompt = w.api_client.do("PATCH", f"{PROMPTS}/{NAME}", body={"prompt": told})
    version = w.api_client.do("PATCH", f"{PROMPTS}/{NAME}/versions/1", body={"prompt_version": told})

    assert prompt["description"] == version["description"] == "greets"
    assert {"key": "team", "value": "a"} in prompt["tags"]
    assert m.genai.load_prompt(f"prompts:/{NAME}/1").tags["team"] == "a"


def test_a_template_cannot_be_changed(m, w):
    m.genai.register_prompt(name=NAME, template="x")

    body = {"prompt_version": {"template": '"y"'}, "update_mask": "template"}
    with pytest.raises(InvalidParameterValue, match="make a new version"):
        w.api_client.do("PATCH", f"{PROMPTS}/{NAME}/versions/1", body=body)

    assert m.genai.load_prompt(f"prompts:/{NAME}/1").template == "x"


def test_a_response_format_and_a_model_config_are_kept(m):
    shape = {"type": "object", "properties": {"answer": {"type": "string"}}}
    config = {"model_name": "databricks-claude-sonnet-4-5", "temperature": 0.2}
    m.genai.register_prompt(name=NAME, template="x", response_format=shape, model_config=config)

    prompt = m.genai.load_prompt(f"prompts:/{NAME}/1")

    assert prompt.response_format == shape
    assert {key: prompt.model_config[key] for key in config} == config


def test_the_versions_of_a_prompt_are_listed(m):
    for text in "abc":
        m.genai.register_prompt(name=NAME, template=text)

    versions = m.MlflowClient().search_prompt_versions(NAME)

    assert sorted(version.template for version in versions) == ["a", "b", "c"]


def test_tags_of_a_prompt_and_of_a_version_are_set_and_deleted(m):
    m.genai.register_prompt(name=NAME, template="x")
    m.genai.set_prompt_tag(NAME, "team", "a")
    m.genai.set_prompt_version_tag(NAME, "1", "state", "draft")

    assert m.genai.get_prompt_tags(NAME)["team"] == "a"
    assert m.genai.load_prompt(f"prompts:/{NAME}/1").tags["state"] == "draft"

    m.genai.delete_prompt_tag(NAME, "team")
    m.genai.delete_prompt_version_tag(NAME, "1", "state")
    assert "team" not in m.genai.get_prompt_tags(NAME)
    assert "state" not in m.genai.load_prompt(f"prompts:/{NAME}/1").tags


def test_a_version_behind_an_alias_is_not_deleted(m):
    m.genai.register_prompt(name=NAME, template="x")
    m.genai.set_prompt_alias(NAME, alias="prod", version=1)

    with pytest.raises(MlflowException, match="alias prod"):
        m.MlflowClient().delete_prompt_version(NAME, "1")

    m.genai.delete_prompt_alias(NAME, alias="prod")
    m.MlflowClient().delete_prompt_version(NAME, "1")
    assert m.genai.load_prompt(f"prompts:/{NAME}/1", allow_missing=True) is None


def test_a_prompt_with_versions_is_not_deleted(m, w):
    m.genai.register_prompt(name=NAME, template="x")

    with pytest.raises(MlflowException, match="undeleted versions"):
        m.MlflowClient().delete_prompt(NAME)
    with pytest.raises(InvalidParameterValue, match="undeleted versions"):
        w.api_client.do("DELETE", f"{PROMPTS}/{NAME}")

    m.MlflowClient().delete_prompt_version(NAME, "1")
    m.MlflowClient().delete_prompt(NAME)
    assert m.genai.search_prompts("catalog = 'main' AND schema = 'default'") == []


def test_prompts_of_another_workspace_are_not_seen(m, other):
    m.genai.register_prompt(name=NAME, template="x")

    with pytest.raises(NotFound):
        other.api_client.do("GET", f"{PROMPTS}/{NAME}")
