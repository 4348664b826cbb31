"""MLflow's optimizers rewrite a plain prompt, with no model and no network; new questions show that it got better."""

import os

import mlflow
import pytest
from databricks.sdk import WorkspaceClient
from mlflow.entities import Feedback
from mlflow.genai.optimize import GepaPromptOptimizer, MetaPromptOptimizer
from mlflow.genai.scorers import scorer
from openai import OpenAI

MODEL = "databricks-claude-sonnet-4-5"
NAME = "main.default.desk"
PASSAGE = '{"passages": [{"title": "Handbook.md", "section": "%s", "text": "%s"}]}'
FACTS = {
    "How many days of vacation are there?": PASSAGE % ("Leave", "Employees get 26 days of vacation."),
    "Up to how much are hotel costs refunded?": PASSAGE
    % ("Expenses", "Hotel costs are refunded up to EUR 140 a night."),
    "When does the canteen open?": PASSAGE % ("Canteen", "The canteen opens at 11:30."),
    "How long is the notice period?": PASSAGE % ("Leaving", "The notice period is three months."),
}
TRAINING, HELD_OUT = list(FACTS)[:2], list(FACTS)[2:]


@scorer
def sourced(outputs) -> Feedback:
    named = "Handbook.md" in outputs
    return Feedback(
        value=float(named), rationale="" if named else "The answer does not name the document and the section."
    )


@pytest.fixture(scope="module")
def answer():
    """Answers with the prompt of the registry, from a passage that a tool found."""
    w = WorkspaceClient()
    token = w.config.authenticate()["Authorization"].removeprefix("Bearer ")
    client = OpenAI(base_url=f"{w.config.host}/serving-endpoints", api_key=token)
    os.environ |= {"DATABRICKS_API_BASE": f"{w.config.host}/serving-endpoints", "DATABRICKS_API_KEY": token}
    mlflow.set_tracking_uri("databricks")
    mlflow.set_registry_uri("databricks-uc")
    mlflow.set_experiment("/Shared/prompts")

    def ask(question, uri=f"prompts:/{NAME}@plain"):
        call = {"id": "c1", "type": "function", "function": {"name": "search", "arguments": "{}"}}
        messages = [
            {"role": "system", "content": mlflow.genai.load_prompt(uri).template},
            {"role": "user", "content": question},
            {"role": "assistant", "content": "", "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "c1", "content": FACTS[question]},
        ]
        return client.chat.completions.create(model=MODEL, messages=messages).choices[0].message.content

    return ask


@pytest.mark.parametrize(
    "optimizer",
    [
        GepaPromptOptimizer(f"databricks:/{MODEL}", max_metric_calls=16),
        MetaPromptOptimizer(f"databricks:/{MODEL}"),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_plain_prompt_learns_what_was_criticised(answer, optimizer):
    plain = mlflow.genai.register_prompt(NAME, "You are a helpful assistant. Keep the answer short.")
    mlflow.genai.set_prompt_alias(NAME, "plain", plain.version)
    data = [{"inputs": {"question": question}, "expectations": {"answered": True}} for question in TRAINING]

    result = mlflow.genai.optimize_prompts(
        predict_fn=lambda question: answer(question),
        train_data=data,
        prompt_uris=[plain.uri],
        optimizer=optimizer,
        scorers=[sourced],
    )

    (better,) = result.optimized_prompts
    assert better.template.startswith("You are a helpful assistant.")
    assert not any("Handbook.md" in answer(question) for question in HELD_OUT)
    assert all("Handbook.md" in answer(question, better.uri) for question in HELD_OUT)
