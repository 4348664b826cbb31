"""A curator runs the benchmark of a space, curates, runs it again, and sees what came of it."""

import json
import sys

import pytest

from agent.genie_benchmark import NO_QUERY, REVIEW, RIGHT, WRONG, Answered, Report, log, main, run
from agent.genie_questions import QuestionsError, form, publish, read

TABLES = {"tables": [{"identifier": "main.default.orders"}]}
QUESTIONS = """
- {kind: count, ask: ["How many orders are there?", "number of orders"], sql: SELECT count(*) FROM main.default.orders}
- {kind: sum, ask: "What is the total turnover?", sql: SELECT sum(amount) FROM main.default.orders}
- {kind: unanswerable, ask: "What is the weather?"}
"""
SYNONYM = {"column_name": "amount", "synonyms": ["turnover"]}


@pytest.fixture
def space_id(w):
    warehouse = next(iter(w.warehouses.list())).id
    for statement in (
        "CREATE TABLE main.default.orders (order_id INT, region STRING, amount DOUBLE)",
        "INSERT INTO main.default.orders VALUES (1, 'EMEA', 10), (2, 'EMEA', 5), (3, 'APAC', 7)",
    ):
        w.statement_execution.execute_statement(statement, warehouse)
    return w.genie.create_space(warehouse, json.dumps({"version": 2, "data_sources": TABLES}), title="Orders").space_id


@pytest.fixture
def kinds(w, space_id, tmp_path):
    file = tmp_path / "questions.yaml"
    file.write_text(QUESTIONS)
    publish(w, space_id, read(file))
    return {one.question: one.kind for one in read(file)}


def curate(w, space_id):
    told = json.loads(w.genie.get_space(space_id, include_serialized_space=True).serialized_space)
    told["data_sources"]["tables"][0]["column_configs"] = [SYNONYM]
    w.genie.update_space(space_id, serialized_space=json.dumps(told))


def outcomes(report):
    return {answer.question: answer.outcome for answer in report.answers}


def test_the_questions_of_a_file_become_the_benchmark_of_the_space(w, space_id, kinds):
    told = json.loads(w.genie.get_space(space_id, include_serialized_space=True).serialized_space)

    assert {question["question"][0] for question in told["benchmarks"]["questions"]} == set(kinds)
    assert sorted(kinds.values()) == ["count", "count", "sum"]


def test_publishing_the_same_questions_again_changes_nothing(w, space_id, kinds, tmp_path):
    before = w.genie.get_space(space_id).etag
    publish(w, space_id, read(tmp_path / "questions.yaml"))

    assert w.genie.get_space(space_id).etag == before


def test_a_run_shows_the_effect_of_a_synonym_by_category_and_question(w, space_id, kinds):
    _, first = run(w, space_id, kinds)
    curate(w, space_id)
    _, second = run(w, space_id, kinds)

    assert (first.accuracy["sum"], first.before) == (0, {})
    assert second.accuracy == {"count": 1, "sum": 1, "all": 1}
    lines = str(second).splitlines()
    assert lines[0] == "better: What is the total turnover? (no query before)"
    assert [line.split()[-1] for line in lines[2:]] == ["+0", "+100", "+33"]


def test_a_space_that_answers_worse_is_told_so(w, space_id, kinds):
    _, report = run(w, space_id, kinds)

    assert outcomes(report)["What is the total turnover?"] == NO_QUERY
    told = str(Report(report.answers, dict.fromkeys(kinds, RIGHT)))
    assert "worse: What is the total turnover? (right before)" in told


def test_the_run_is_an_mlflow_evaluation_with_a_row_for_each_question(w, m, space_id, kinds):
    eval_run_id, report = run(w, space_id, kinds)
    logged = m.get_run(log(report, {"genie.eval_run": eval_run_id}))

    assert logged.data.tags["genie.eval_run"] == eval_run_id
    assert logged.data.metrics["accuracy/count"] == 1
    assert logged.data.metrics["execution_accuracy/mean"] == pytest.approx(2 / 3)
    traces = m.search_traces(locations=[logged.info.experiment_id], return_type="list")
    assert {trace.info.assessments[0].name for trace in traces} >= {"execution_accuracy"}


def test_categories_that_nobody_told_follow_from_the_sql(w, space_id, kinds):
    _, report = run(w, space_id, {})

    assert {answer.category for answer in report.answers} == {"figure"}


@pytest.mark.parametrize(
    ("sql", "category"),
    [
        ("SELECT a FROM t", "list"),
        ("SELECT max(a) FROM t", "figure"),
        ("SELECT a, count(*) FROM t GROUP BY a", "grouped"),
        ("SELECT a, count(*) FROM t GROUP BY a ORDER BY 2 DESC LIMIT 3", "top"),
        ("SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.a = t.a)", "absence"),
        ("SELECT 100.0 * count_if(a > 1) / count(*) FROM t", "share"),
    ],
)
def test_the_form_of_a_query_is_its_category(sql, category):
    assert form(sql) == category


def test_what_a_person_must_review_counts_neither_way():
    answers = [Answered(q, "x", outcome, "", "") for q, outcome in (("a", RIGHT), ("b", WRONG), ("c", REVIEW))]

    assert Report(answers, {}).accuracy == {"x": 0.5, "all": 0.5}


def test_a_space_without_questions_says_so(w, space_id):
    with pytest.raises(Exception, match="no benchmark questions"):
        run(w, space_id, {})


@pytest.mark.parametrize(
    "text", ["- {ask: [What?, 1}", "just words", "- {ask: What, sql: SELECT 1}", "[]", "- {kind: a}"]
)
def test_a_file_that_holds_no_questions_is_refused(tmp_path, text):
    file = tmp_path / "questions.yaml"
    file.write_text(text)

    with pytest.raises(QuestionsError, match="questions"):
        read(file)


@pytest.fixture
def command(as_databricks, monkeypatch, tmp_path):
    (tmp_path / "questions.yaml").write_text(QUESTIONS)

    def call(*words):
        monkeypatch.setattr(sys, "argv", ["genie_benchmark", *words])
        main()

    yield call
    as_databricks.tracing.reset()


def test_the_command_prints_the_misses_the_table_and_both_runs(space_id, command, tmp_path, capsys):
    command("Orders", "--questions", str(tmp_path / "questions.yaml"))

    told = capsys.readouterr().out
    assert told.startswith("no query: What is the total turnover?")
    assert told.splitlines()[-1].startswith("eval run ")
    assert "all                           3          2          1          0          0        67%" in told


@pytest.mark.parametrize(
    ("words", "why"), [(["Nowhere"], "no Genie space"), (["Orders", "--questions", "x"], "x cannot")]
)
def test_the_command_says_in_a_line_what_is_wrong(space_id, command, words, why):
    with pytest.raises(SystemExit, match=why):
        command(*words)
