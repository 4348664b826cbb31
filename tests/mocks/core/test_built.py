"""Engines are built once and closed once, also when they are closed while one is being built."""

import threading

import pytest

from mocks.core.built import Engines
from mocks.core.errors import ResourceDoesNotExist


class Engine:
    def __init__(self, origin):
        self.closed = 0
        origin(self)

    def close(self):
        self.closed += 1


class Other(Engine):
    pass


def test_one_of_a_kind_is_built_once():
    made = []
    engines = Engines(made.append, threading.RLock())

    assert engines.get(Engine) is engines.get(Engine)
    assert len(made) == 1


def test_the_newest_is_closed_first_and_each_only_once():
    order, made = [], []
    engines = Engines(made.append, threading.RLock())
    for kind in (Engine, Other):
        engine = engines.get(kind)
        engine.close = lambda engine=engine: order.append(type(engine))
    engines.close()
    engines.close()

    assert order == [Other, Engine]


def test_closing_waits_for_no_engine_that_is_being_built_and_that_one_is_closed_when_it_is_done():
    building, go_on, made = threading.Event(), threading.Event(), []

    def slow(engine):
        made.append(engine)
        building.set()
        go_on.wait(10)

    engines = Engines(slow, threading.RLock())
    refused = []

    def build():
        try:
            engines.get(Engine)
        except ResourceDoesNotExist as error:
            refused.append(error)

    thread = threading.Thread(target=build)
    thread.start()
    building.wait(10)
    engines.close()
    go_on.set()
    thread.join(10)

    assert [engine.closed for engine in made] == [1]
    assert len(refused) == 1


def test_nothing_is_built_after_the_end():
    engines = Engines(lambda _: None, threading.RLock())
    engines.close()

    with pytest.raises(ResourceDoesNotExist):
        engines.get(Engine)
