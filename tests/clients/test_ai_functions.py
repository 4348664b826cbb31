"""AI functions in SQL."""

import pandas
import pytest
from databricks.sdk.service.serving import EndpointCoreConfigInput, ServedEntityInput

from tests.clients.endings import ended

CHAT = "databricks-claude-sonnet-4-5"
DOUBLE = """
import mlflow, pandas
class Double(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: pandas.DataFrame, params=None):
        return (model_input["a"] * 2).tolist()
mlflow.models.set_model(Double())
"""


@pytest.fixture
def run(w, runner):
    return runner(w)


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


@pytest.mark.parametrize(
    "call",
    ["ai_gen('x')", "ai_translate('x', 'de')", "ai_extract('x', array('a'))", "ai_analyze_sentiment('x')"],
)
def test_what_needs_a_language_model_is_refused_without_one(run, call):
    assert "call ai_query" in run(f"SELECT {call}")


@pytest.mark.parametrize(
    ("call", "asked", "said", "answer"),
    [
        ("ai_gen('Write a haiku')", "Write a haiku", "An old pond", "An old pond"),
        ("ai_translate('Good day', 'de')", "into the language 'de'", "Guten Tag", "Guten Tag"),
        ("ai_fix_grammar('He go')", "Correct the grammar", "He goes", "He goes"),
        ("ai_mask('Bob is here', array('person'))", "person", "[MASKED] is here", "[MASKED] is here"),
        ("ai_analyze_sentiment('I love it')", "sentiment", "Positive.", "positive"),
        ("ai_classify('I love it', array('praise', 'blame'))", "praise, blame", "The label is: praise", "praise"),
        ("ai_summarize('One. Two. Three.', 2)", "at most 2 words", "All three", "All three"),
        ("ai_extract('Bob is 42', array('name', 'age')).name", "name, age", '{"name": "Bob", "age": "42"}', "Bob"),
    ],
)
def test_a_language_model_behind_the_endpoints_answers(run, script, call, asked, said, answer):
    script({"content": said}, {"user_message": asked})

    assert run(f"SELECT {call}") == [[answer]]


def test_a_label_that_the_model_made_up_is_null(run, script):
    script({"content": "something else"})

    assert run("SELECT ai_classify('x', array('praise', 'blame'))") == [[None]]


def test_ai_gen_asks_the_model_that_was_named(run, behind, model_server):
    behind(f"{model_server.url}#tiny-1")

    assert run("SELECT ai_gen('Good morning')") == [["Good day"]]
    assert model_server.seen[0][1]["messages"] == [{"role": "user", "content": "Good morning"}]


def test_ai_query_takes_a_conversation_and_gives_the_type_that_is_asked_for(run, script):
    script({"content": '{"name": "Bob", "age": 42}'}, {"system_message": "brief"})
    talk = (
        "array(named_struct('role', 'system', 'content', 'be brief'), named_struct('role', 'user', 'content', 'Bob'))"
    )
    returned = "returnType => 'STRUCT<name: STRING, age: INT>'"

    assert run(f"SELECT ai_query('{CHAT}', named_struct('messages', {talk}), {returned}).age") == [["42"]]


def test_ai_query_gives_a_form_of_answer_in_words_of_sql_to_the_model(run, behind, model_server):
    behind(f"{model_server.url}#tiny-1")

    run(f"SELECT ai_query('{CHAT}', 'x', responseFormat => 'STRUCT<who: STRUCT<name: STRING, years: ARRAY<INT>>>')")

    told = model_server.seen[0][1]["response_format"]["json_schema"]
    assert told["name"] == "who"
    assert told["schema"]["properties"] == {
        "name": {"type": "string"},
        "years": {"type": "array", "items": {"type": "integer"}},
    }


@pytest.mark.parametrize("told", ["no form", "[1]", "STRUCT<a: STRING, b: STRING>", "STRUCT<a"])
def test_a_form_of_answer_that_is_none_is_refused(run, told):
    assert "responseFormat of ai_query" in run(f"SELECT ai_query('{CHAT}', 'x', responseFormat => '{told}')")


def test_ai_query_asks_an_endpoint_over_a_registered_model(w, m, echo, run):
    w.schemas.create("asked", "main")
    told = {"pip_requirements": ["mlflow"], "registered_model_name": "main.asked.echo"}
    m.pyfunc.log_model(name="echo", python_model=echo(1), **told)
    entity = ServedEntityInput(name="echo", entity_name="main.asked.echo", entity_version="1")
    config = EndpointCoreConfigInput(name="echo", served_entities=[entity])
    ended(w, w.serving_endpoints.create("echo", config=config))

    assert run("SELECT ai_query('echo', 'hello')") == [["1:hello"]]


def test_ai_query_sends_a_row_to_a_model_over_tables(w, m, run, tmp_path):
    file = tmp_path / "double.py"
    file.write_text(DOUBLE)
    table = pandas.DataFrame({"a": [1.0]})
    m.pyfunc.log_model(
        name="double", python_model=str(file), input_example=table, registered_model_name="main.default.double"
    )
    entity = ServedEntityInput(name="double", entity_name="main.default.double", entity_version="1")
    config = EndpointCoreConfigInput(name="double", served_entities=[entity])
    ended(w, w.serving_endpoints.create("double", config=config))

    rows = run("SELECT ai_query('double', named_struct('a', x), returnType => 'DOUBLE') FROM VALUES (1.5), (4) AS t(x)")

    assert [float(row[0]) for row in rows] == [3.0, 8.0]
