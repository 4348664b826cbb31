"""When the process of a served model ends."""

import pytest

from mocks.engines.model_processes import servers as model_servers
from mocks.engines.model_processes.servers import ModelServer, ServedModel


class Process:
    running = True

    def stop(self):
        self.running = False


@pytest.fixture
def server(engines, monkeypatch):
    """A served model whose process nobody has asked for longer than a process may idle."""
    monkeypatch.setattr(model_servers, "IDLE_SECONDS", -1.0)

    def make(scales_to_zero=True):
        made = ModelServer(engines, ServedModel("echo", "echo-1", "main.default.echo", "1", (), scales_to_zero))
        made._child = Process()
        return made

    return make


def test_an_idle_process_is_ended_when_its_entity_scales_to_zero(server):
    idle = server()

    idle.rest()

    assert not idle.running


def test_an_idle_process_is_kept_when_its_entity_does_not_scale(server):
    idle = server(scales_to_zero=False)

    idle.rest()

    assert idle.running


def test_a_process_that_answers_is_kept(server):
    busy = server()
    busy.take()

    busy.rest()

    assert busy.running
