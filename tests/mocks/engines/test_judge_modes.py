"""With a language model behind the endpoints: it judges, the rules judge, or both do and their disagreement is told."""

import json
from dataclasses import replace

import pytest

from mocks.core.workspace import DEFAULT, Workspaces
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.model_address import ModelAddress
from mocks.judges.store import JudgeStore
from mocks.judges.wire import AssessmentCall

ENDPOINT = "databricks-gpt-oss-120b"
PROMPT = (
    "Compare the following actual output against the expected output\n"
    "<actual_output>thirty days</actual_output>\n<expected_output>30 days</expected_output>"
)
SHOWN = {"chat_request": "How long?", "chat_response": "30 days", "ground_truth": {"expected_facts": ["30 days"]}}


@pytest.fixture
def judging(settings, model_server):
    opened = []

    def by(mode, says='{"result": "no", "rationale": "It smells."}'):
        model_server.says = says
        models = {ENDPOINT: ModelAddress(model_server.url, "small").told()}
        opened.append(Workspaces(replace(settings, judge=mode, models=models)))
        return opened[-1].named(DEFAULT)

    yield by
    for workspaces in opened:
        workspaces.close()


def verdict(workspace, prompt=PROMPT):
    body = {"messages": [{"role": "user", "content": prompt}]}
    return json.loads(workspace.engine(Backends).behind(ENDPOINT, body).complete(body).answers[0].reply.text)


def assessed(workspace):
    call = AssessmentCall(assessment_input=SHOWN, requested_assessments=[{"assessment_name": "correctness"}])
    told = JudgeStore(workspace).assess(call)["result"]["response_assessment"]["ratings"]["correctness"]["value"]
    return told["categorical_value"], told["justification"]


def test_the_model_judges_alone(judging):
    workspace = judging("model")

    assert verdict(workspace) == {"result": "no", "rationale": "It smells."}
    assert assessed(workspace)[0] == "no"
    assert "rule judge" not in assessed(workspace)[1]


def test_the_rules_judge_and_the_model_is_not_asked(judging, model_server):
    workspace = judging("rules")

    assert verdict(workspace)["result"] == "yes"
    assert assessed(workspace)[0] == "yes"
    assert model_server.seen == []


def test_both_judge_and_their_disagreement_is_told(judging):
    workspace = judging("both")

    told = verdict(workspace)
    assert told["result"] == "no"
    assert "It smells. (The rule judge disagrees and says “yes”" in told["rationale"]
    assert "The rule judge disagrees and says “yes”" in assessed(workspace)[1]


def test_both_agree_in_few_words(judging):
    told = verdict(judging("both", '{"result": "yes", "rationale": "Same."}'))

    assert "(The rule judge agrees" in told["rationale"]


def test_what_is_no_prompt_of_a_judge_goes_to_the_model_in_every_mode(judging):
    body = {"messages": [{"role": "user", "content": "Hello"}]}
    workspace = judging("rules", "Good day")

    assert workspace.engine(Backends).behind(ENDPOINT, body).complete(body).answers[0].reply.text == "Good day"
