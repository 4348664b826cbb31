"""AI functions in SQL."""

import pytest
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

CHAT = "databricks-claude-sonnet-4-5"


@pytest.fixture
def run(w):
    warehouse = next(iter(w.warehouses.list())).id

    def execute(statement):
        answer = w.statement_execution.execute_statement(statement, warehouse, wait_timeout="30s")
        return answer.status.error.message if answer.status.error else answer.result.data_array

    return execute


def test_ai_query_asks_a_chat_endpoint(run):
    assert run(f"SELECT ai_query('{CHAT}', 'Repeat exactly: ZEBRA77')") == [["ZEBRA77"]]


def test_ai_query_answers_each_row_and_leaves_nulls(run):
    query = f"SELECT ai_query('{CHAT}', 'Repeat exactly: ' || word) FROM VALUES ('A1'), (null), ('B2') AS t(word)"

    assert run(query) == [["A1"], [None], ["B2"]]


def test_ai_query_follows_the_parameters_of_the_model(run):
    query = (
        f"SELECT ai_query('{CHAT}', 'Repeat exactly: one two three', modelParameters => named_struct('stop', ' two'))"
    )

    assert run(query) == [["one"]]


def test_ai_query_gives_an_array_for_an_embedding_endpoint(run):
    assert run("SELECT size(ai_query('databricks-gte-large-en', 'a'))") == [["1024"]]


def test_an_unknown_endpoint_fails_or_is_told_in_the_row(run):
    assert "'nowhere' does not exist" in run("SELECT ai_query('nowhere', 'a')")

    told = run("SELECT x.response, x.errorMessage FROM (SELECT ai_query('nowhere', 'a', failOnError => false) AS x)")
    assert "nowhere" in str(told)


def test_ai_similarity_is_higher_for_related_texts(run):
    ((near, far, same),) = run(
        "SELECT ai_similarity('The invoice is overdue', 'Payment of the bill is late'), "
        "ai_similarity('The invoice is overdue', 'Penguins swim'), ai_similarity('a', 'a')"
    )

    assert float(near) > float(far) + 0.2
    assert float(same) == pytest.approx(1, abs=1e-4)


def test_ai_classify_gives_the_nearest_label(run):
    query = """SELECT ai_classify(t, array('animals', 'payments')) FROM VALUES ('Penguins swim in cold water'),
        ('The invoice has not been paid'), (null) AS x(t)"""

    assert run(query) == [["animals"], ["payments"], [None]]


def test_ai_summarize_keeps_whole_sentences_within_the_words(run):
    text = (
        "The contract ends in March. The weather in the north was mild for the season. "
        "The contract may be ended early by either party with ninety days notice. Lunch was served."
    )

    ((summary,),) = run(f"SELECT ai_summarize('{text}', 20)")

    assert "contract" in summary
    assert len(summary.split()) <= 20
    assert all(sentence.strip(" .") in text for sentence in summary.split(". "))


@pytest.mark.parametrize("call", ["ai_gen('x')", "ai_translate('x', 'de')", "ai_extract('x', array('a'))"])
def test_what_needs_a_language_model_is_refused(run, call):
    assert "call ai_query" in run(f"SELECT {call}")


def test_ai_query_asks_an_endpoint_over_a_registered_model(w, m, echo, run):
    w.schemas.create("asked", "main")
    m.pyfunc.log_model(name="echo", python_model=echo(1), registered_model_name="main.asked.echo")
    entity = ServedEntityInput(name="echo", entity_name="main.asked.echo", entity_version="1")
    w.serving_endpoints.create_and_wait("echo", config=EndpointCoreConfigInput(name="echo", served_entities=[entity]))

    assert run("SELECT ai_query('echo', 'hello')") == [["1:hello"]]
