"""The traffic of an endpoint is divided among its versions, also while it is updated."""

import math
from concurrent.futures import ThreadPoolExecutor

from tests.clients.served_models.endpoint import ask, entities


def test_the_traffic_is_divided_by_the_percentages(w, echo):
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: ask(w), range(1000)))

    assert set(answers) == {"v1:a", "v2:a"}
    assert abs(answers.count("v1:a") - 600) <= 3 * math.sqrt(1000 * 0.6 * 0.4)


def test_an_update_under_load_loses_no_request_and_moves_all_traffic(w, echo):
    answers, stop = [], []

    def keep_asking(_):
        while not stop:
            answers.append(ask(w))

    with ThreadPoolExecutor(8) as threads:
        running = threads.map(keep_asking, range(8))
        served, traffic = entities(0, 100)
        w.serving_endpoints.update_config_and_wait("echo", served_entities=served, traffic_config=traffic)
        stop.append(True)
        list(running)

    assert {ask(w) for _ in range(20)} == {"v2:a"}
    assert set(answers) <= {"v1:a", "v2:a"}


def test_the_response_names_the_served_model(w, echo):
    answer = w.api_client.do(
        "POST",
        "/serving-endpoints/echo/served-models/echo-2/invocations",
        body={"inputs": ["a"]},
        response_headers=["served-model-name"],
    )

    assert (answer["served-model-name"], answer["predictions"]) == ("echo-2", ["v2:a"])
