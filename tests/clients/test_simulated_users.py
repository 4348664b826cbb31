"""MLflow's ConversationSimulator: a simulated user asks part by part for its goal, and stops when it has all of it."""

import pytest
from mlflow.genai.simulators import ConversationSimulator

from mocks.scorers import judge_client

ENDPOINT = "databricks:/databricks-claude-sonnet-4-5"
GOAL = "Find out the refund period and the shipping cost"
ANSWERS = {"refund": "Refunds are possible within 30 days.", "shipping": "Shipping costs 5 euros."}


@pytest.fixture(autouse=True)
def managed(m):
    judge_client.install()
    return m


def simulated(predict, model, turns):
    simulator = ConversationSimulator(
        test_cases=[{"goal": GOAL}], max_turns=turns, **({"user_model": model} if model else {})
    )
    (talk,) = simulator.simulate(predict)
    return talk


@pytest.mark.parametrize("model", [None, ENDPOINT])
def test_a_simulated_user_asks_part_by_part_and_stops_when_it_knows_all(model):
    asked = []

    def predict(messages, **_):
        asked.append(messages[-1]["content"])
        return next(answer for word, answer in ANSWERS.items() if word in asked[-1])

    talk = simulated(predict, model, turns=5)

    assert asked == ["What is the refund period?", "What is the shipping cost?"]
    assert len(talk) == 2


def test_a_simulated_user_who_is_put_off_asks_again_until_the_turns_are_over():
    def predict(messages, **_):
        return f"I won't tell, though you asked {len(messages)} times."

    talk = simulated(predict, ENDPOINT, turns=2)

    assert len(talk) == 2
