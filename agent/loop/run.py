"""The steps of the loop, each a call that a workspace serves as well."""

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field

import mlflow
from databricks.sdk import WorkspaceClient

from agent import evaluate, serving
from agent.evaluate import Recall, Report
from agent.golden import Question
from agent.loop import curation, gate, labels, promotion, prompting, versions
from agent.loop.diagnosis import Cause, Diagnosis, diagnose
from agent.loop.gate import Decision, Difference
from agent.loop.live import Live, live
from agent.loop.traffic import Users
from agent.loop.versions import Registered, Version
from agent.scorers import by_judges
from agent.settings import Settings

SHARES = (60, 40)
FACT_RECALL, SQL, RIGHT = "fact-recall@k", "SQL execution accuracy", "answers right"
DECIDING = (FACT_RECALL, SQL, RIGHT)

Say = Callable[[str, str], None]


@dataclass(frozen=True)
class Measured:
    """One version on all questions."""

    registered: Registered
    report: Report
    recall: Recall
    diagnoses: list[Diagnosis]


@dataclass(frozen=True)
class Remedies:
    """What the baseline's failures taught: to a copy of its Genie space and to its prompt; or nothing."""

    curated: curation.Curated | None
    optimized: prompting.Optimized | None


@dataclass(frozen=True)
class Outcome:
    """What the loop found and did."""

    run_id: str
    experiment_id: str
    baseline: Measured
    candidate: Measured
    live: list[Live]
    differences: list[Difference]
    decision: Decision
    remedies: Remedies
    alignment: labels.Alignment | None = field(default=None)

    @property
    def promoted(self) -> bool:
        return self.decision is Decision.PROMOTE


class Loop:
    """Walks all steps in one workspace."""

    def __init__(self, w: WorkspaceClient, settings: Settings, questions: Sequence[Question], say: Say) -> None:
        self._w, self._settings, self._questions, self._say = w, settings, questions, say
        experiment = mlflow.get_experiment_by_name(settings.experiment)
        assert experiment is not None  # made when the loop connected
        self._experiment_id = experiment.experiment_id

    def run(self, baseline: Version, candidate: Version) -> Outcome:
        old = self._registered("1. The baseline into the registry, all traffic to it", baseline)
        promotion.crown(self._settings, old)
        self._serve({old.number: 100})
        new = self._registered("2. The candidate into the registry, 40 % of the traffic to it", candidate)
        self._serve(dict(zip((old.number, new.number), SHARES, strict=True)))
        alignment = self._people()
        seen = live(self._experiment_id, [old, new])
        before = self._measured(5, old)
        remedies = self._mended(before)
        after = self._measured(7, new)
        differences = compared(before, after)
        decision = gate.decide(differences, DECIDING)
        self._say("8. Decision", decision.upper())
        promotion.settle(self._settings, old, new, decision, self._serve)
        run_id = promotion.record(old, new, differences, decision)
        return Outcome(run_id, self._experiment_id, before, after, seen, differences, decision, remedies, alignment)

    def _registered(self, heading: str, version: Version) -> Registered:
        made = versions.register(self._w, version)
        space = "curated" if version.curated else "only tables and comments"
        self._say(
            heading,
            f"{made.ingested}\nGenie space: {space}; prompt version {made.prompt_number}\n"
            f"{made.settings.model_name} version {made.number}",
        )
        return made

    def _serve(self, shares: Mapping[str, int]) -> None:
        serving.serve(self._w, self._settings, shares, self._experiment_id)

    def _people(self) -> labels.Alignment | None:
        """Users ask and complain, an expert labels, and a judge learns from the expert."""
        users = Users(self._w, self._settings)
        exchanges = list(users.talk(self._questions))
        users.rate(exchanges)
        liked = sum(one.up for one in exchanges)
        self._say("3. Simulated users ask", f"{len(exchanges)} talks, {liked} thumbs up, {len(exchanges) - liked} down")
        reviewed = labels.label(self._w, self._settings, self._experiment_id, exchanges)
        labelled = reviewed.labelled
        accepted = sum(one.accepted for one in labelled)
        told = (
            f"{len(labelled)} traces labelled by {labels.EXPERT}, {accepted} of them acceptable: {reviewed.url}\n"
            f"{reviewed.records} of them with expected facts are records of {reviewed.dataset}"
        )
        alignment = labels.align(self._settings, labelled) if labels.can_align() else None
        if alignment:
            told += (
                f"\nThe judge {labels.NAME!r}, aligned on {alignment.trained_on}, agrees on {alignment.held_out} "
                f"held-out answers: {alignment.before:.2f} before, {alignment.after:.2f} after"
            )
        else:
            told += "\nNo judge aligned: MLflow's MemAlign needs the package dspy"
        self._say("4. An expert labels, a judge learns", told)
        return alignment

    def _measured(self, number: int, one: Registered) -> Measured:
        with redirect_stdout(io.StringIO()):  # MLflow tells every evaluation at length
            report = evaluate.evaluate(
                one.model.predict,
                self._w,
                one.settings,
                list(self._questions),
                judges=by_judges(one.settings),
                model_id=one.model_id,
            )
        recall = evaluate.recall(self._w, one.settings, list(self._questions))
        self._say(f"{number}. The {one.role} on all questions", str(report))
        return Measured(one, report, recall, diagnose(report.scores))

    def _mended(self, measured: Measured) -> Remedies:
        """By cause, what can be mended without a person; learnt from training questions, measured on held-out ones."""
        causes = {diagnosis.question: diagnosis.cause for diagnosis in measured.diagnoses}
        failed = [one for one in self._questions if causes.get(one.id) is Cause.GENIE and not one.held_out]
        held_out = curation.teachable(one for one in self._questions if one.held_out)
        settings = measured.registered.settings
        curated = optimized = None
        if lessons := curation.teachable(failed):
            curated = curation.curate(self._w, settings, lessons, held_out)
        if Cause.PROMPT in causes.values() and labels.can_align():
            scores = measured.report.scores
            with redirect_stdout(io.StringIO()):
                optimized = prompting.optimize(self._w, settings, self._questions, scores, prompting.gepa(settings))
        told = [remedy.told() for remedy in (curated, optimized) if remedy]
        self._say("6. What its failures teach", "\n".join(told) or "nothing that mends itself")
        return Remedies(curated, optimized)


def compared(baseline: Measured, candidate: Measured) -> list[Difference]:
    """Every metric that both versions have values for."""
    before, after = _values(baseline), _values(candidate)
    found = (gate.compare(metric, before[metric], after[metric]) for metric in before)
    return [difference for difference in found if difference]


def _values(one: Measured) -> dict[str, dict[str, float]]:
    """By metric, the value of each question."""
    scores = one.report.scores
    code = {name: _column(one, name) for name in ("facts", "behaviour", "answered", "citations")}
    judged = {
        f"{name} (judge)": {score.id: score.judged[name] for score in scores if name in score.judged}
        for name in ("correctness", "groundedness", "sufficiency")
    }
    return {
        RIGHT: {score.id: float(score.right) for score in scores},
        FACT_RECALL: one.recall.facts,
        "document recall@1": one.recall.document,
        SQL: _column(one, "sql"),
        **code,
        **judged,
    }


def _column(one: Measured, name: str) -> dict[str, float]:
    return {score.id: score.values[name] for score in one.report.scores if name in score.values}
