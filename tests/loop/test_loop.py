"""The improvement loop walked whole on a few questions: a better candidate is promoted, a worse one rolled back."""

from dataclasses import replace

import mlflow
import pytest
from databricks.sdk import WorkspaceClient

from agent import deploy, golden
from agent.demo import quiet
from agent.loop import report, versions
from agent.loop.gate import Decision
from agent.loop.run import Loop
from agent.settings import Settings

ASKED = ("Q001", "Q003", "Q005", "Q009", "Q016", "Q025", "Q030", "Q033", "Q041", "Q044", "Q058", "Q062")


@pytest.fixture(scope="module")
def walked():
    """Walks the loop under names of its own."""
    quiet()
    w = WorkspaceClient()

    def walk(name, turned=False):
        settings = replace(
            Settings.load(), model=name, prompt=f"{name}_prompt", endpoint=name, experiment=f"/Shared/{name}"
        )
        deploy.connect(settings)
        baseline, candidate = versions.read(settings)
        if turned:
            baseline, candidate = replace(candidate, role="baseline"), replace(baseline, role="candidate")
        questions = [one for one in golden.load() if one.id in ASKED]
        outcome = Loop(w, settings, questions, lambda *_: None).run(baseline, candidate)
        champion = mlflow.MlflowClient().get_model_version_by_alias(settings.model_name, settings.model_alias)
        served = [one.entity_version for one in w.serving_endpoints.get(name).config.served_entities]
        return outcome, champion.version, served

    return walk


@pytest.fixture(scope="module")
def promoted(walked):
    return walked("better")


def test_a_better_candidate_gets_the_alias_and_all_traffic(promoted):
    outcome, champion, served = promoted

    assert (outcome.decision, str(champion), served) == (Decision.PROMOTE, "2", ["2"])


def test_the_deciding_figures_are_better_and_most_of_them_beyond_chance_even_on_a_dozen_questions(promoted):
    differences = {one.metric: one for one in promoted[0].differences}

    assert differences["fact-recall@k"].change > 0
    assert differences["answers right"].better
    assert differences["SQL execution accuracy"].better


def test_the_same_versions_give_the_same_figures_again(promoted, walked):
    assert walked("again")[0].differences == promoted[0].differences


def test_a_worse_candidate_is_rolled_back(walked):
    outcome, champion, served = walked("worse", turned=True)

    assert (outcome.decision, str(champion), served) == (Decision.ROLL_BACK, "1", ["1"])


def test_every_failed_question_has_a_cause(promoted):
    measured = promoted[0].baseline

    assert [one.question for one in measured.diagnoses] == measured.report.wrong


def test_both_versions_answered_live_and_their_thumbs_are_on_the_traces(promoted):
    assert sum(version.answers for version in promoted[0].live) == len(ASKED)


def test_the_report_is_one_page_with_every_figure(promoted):
    page = report.html(promoted[0])

    assert "PROMOTE" in page
    assert all(difference.metric in page for difference in promoted[0].differences)
    assert "://" not in page


def test_the_decision_is_a_run_of_the_experiment(promoted):
    run = mlflow.get_run(promoted[0].run_id)

    assert run.data.params["decision"] == "promote"
    assert run.data.metrics["answers_right.candidate"] > run.data.metrics["answers_right.baseline"]
