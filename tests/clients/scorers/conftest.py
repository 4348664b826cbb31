"""An experiment, and traces whose scorers have been waited for."""

import pytest


@pytest.fixture
def settle(server, workspace):
    def wait():
        server.control("POST", "/_sandbox/scorers/settle", {"workspace": workspace["name"]})

    return wait


@pytest.fixture
def answer(m, settle):
    """Makes a trace, waits for the scorers and gives what they said, by name."""

    @m.trace(name="answer")
    def echo(text):
        return text

    def make(text, wait=settle):
        echo(text)
        wait()
        return {said.name: said for said in m.get_trace(m.get_last_active_trace_id()).info.assessments}

    return make


@pytest.fixture
def experiment(m):
    return m.get_experiment_by_name("/Shared/tests").experiment_id
