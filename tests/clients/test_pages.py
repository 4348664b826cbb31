"""MLflow's pages in a browser: Chromium runs them and what they show is read from the page."""

import json
import shutil
import subprocess
from urllib.parse import quote

import pytest

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs Chromium")


@pytest.fixture
def shown(server, workspace, tmp_path):
    """The text of a page after it has loaded what it shows."""

    def load(page):
        link = server.control("POST", "/_sandbox/login-links", {"workspace": workspace["name"]})["url"]
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
        options += ["--virtual-time-budget=20000", "--dump-dom", f"{link}?to={quote(page, safe='')}"]
        done = subprocess.run([BROWSER, *options], capture_output=True, text=True, timeout=120, check=False)
        return done.stdout

    return load


def test_experiments_are_listed(m, shown):
    assert "/Shared/tests" in shown("/ml/#/experiments")


def test_a_trace_is_listed_with_what_was_asked(m, shown):
    with m.start_span("root") as root:
        root.set_inputs({"question": "How long is the notice period?"})
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id

    assert "How long is the notice period?" in shown(f"/ml/#/experiments/{experiment}/traces")


def test_the_link_that_the_client_prints_shows_the_spans(m, shown):
    with m.start_span("outer") as root, m.start_span("the inner one"):
        pass
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id

    page = shown(f"/ml/experiments/{experiment}/traces?selectedEvaluationId={root.trace_id}")

    assert "the inner one" in page


def test_prompts_are_listed(m, shown):
    m.genai.register_prompt("main.default.greeting", "Hello {{name}}")

    assert "main.default.greeting" in shown("/ml/#/prompts")


def test_the_artifacts_of_a_run_are_listed(m, shown):
    with m.start_run() as run:
        m.log_text("x", "report.txt")

    page = shown(f"/ml/#/experiments/{run.info.experiment_id}/runs/{run.info.run_id}/artifacts")

    assert "report.txt" in page


def test_the_assistant_which_is_not_offered_does_not_open(m, shown):
    assert "Welcome to MLflow Assistant" not in shown("/ml/#/experiments")


def test_an_evaluation_run_is_listed_with_its_score(m, shown):
    @m.genai.scorer
    def exact(outputs, expectations):
        return outputs == expectations["answer"]

    rows = [{"inputs": {"q": "a"}, "expectations": {"answer": "A"}}]
    result = m.genai.evaluate(data=rows, predict_fn=lambda q: q.upper(), scorers=[exact])
    experiment = m.get_experiment_by_name("/Shared/tests").experiment_id

    page = shown(f"/ml/#/experiments/{experiment}/evaluation-runs?selectedRunUuid={result.run_id}")

    assert "exact" in page, json.dumps(result.metrics)
