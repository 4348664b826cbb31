"""A word that nobody wrote is read as the name that is nearest in meaning, and the answer says so."""

import json
from datetime import date

import pytest

from mocks.core.settings import Settings
from mocks.engines.embedding.embedder import Embedder
from mocks.genie.engine import Engine
from mocks.genie.knowledge.serialized import read_space


@pytest.fixture(scope="module")
def engine(warehouse, tmp_path_factory):
    warehouse.run("CREATE OR REPLACE TABLE main.default.attorneys AS SELECT 1 AS attorney_id, 'mail.test' AS email")
    space = {"version": 2, "data_sources": {"tables": [{"identifier": "main.default.attorneys"}]}}
    encode = Embedder(Settings(tmp_path_factory.mktemp("n"), "http://127.0.0.1:1", token="t", control_token="c")).encode
    return Engine(read_space(json.dumps(space), warehouse), date(2024, 3, 15), encode)


def test_a_word_is_read_as_the_name_that_is_nearest_in_meaning(engine):
    answer = engine.ask("How many lawyers are there?")

    assert answer.text.startswith("I read 'lawyers' as 'attorneys'.")
    assert answer.sql == engine.ask("How many attorneys are there?").sql


@pytest.mark.parametrize("word", ["clients", "courts", "judges", "salaries", "webmails", "lawsuits"])
def test_a_word_that_is_near_to_no_name_is_asked_back_for(engine, word):
    assert engine.ask(f"How many {word} are there?").sql is None


def test_a_word_that_adds_nothing_is_left_out_and_the_answer_says_so(engine):
    answer = engine.ask("How many attorneys are there presently?")

    assert answer.text.startswith("I left out 'presently'.")
    assert answer.sql == engine.ask("How many attorneys are there?").sql


@pytest.mark.parametrize(
    "question",
    ["Count the fired attorneys", "How many retired attorneys are there?", "Which attorneys are fully booked?"],
)
def test_a_word_that_tells_some_things_from_others_is_never_left_out(engine, question):
    assert engine.ask(question).sql is None
