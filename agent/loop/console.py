"""The loop's figures for a terminal."""

from agent.loop.diagnosis import REMEDIES, counted
from agent.loop.gate import Difference
from agent.loop.run import Measured, Outcome
from agent.loop.standing import standing


def say(heading: str, text: str) -> None:
    print(f"\n{heading}\n{'-' * len(heading)}\n{text}", flush=True)


def show(outcome: Outcome) -> None:
    say("Live traffic", "\n".join(_live(outcome)))
    say("Baseline and candidate, question by question", "\n".join(_table(outcome.differences)))
    say("The candidate against the bar", "\n".join(_standing(outcome)))
    for one in (outcome.baseline, outcome.candidate):
        say(f"Why the {one.registered.role} was wrong", "\n".join(_diagnoses(one)) or "it was not")


def _live(outcome: Outcome) -> list[str]:
    lines = [f"{'version':<22}{'answers':>9}{'liked':>8}{'tokens':>9}"]
    return lines + [
        f"{f'{one.role} ({one.number})':<22}{one.answers:>9}{one.liked:>8.0%}{one.tokens:>9.0f}" for one in outcome.live
    ]


def _table(differences: list[Difference]) -> list[str]:
    heads = f"{'metric':<26}{'questions':>10}{'baseline':>10}{'candidate':>11}{'change':>9}   95 % interval"
    return [heads, *map(_line, differences)]


def _standing(outcome: Outcome) -> list[str]:
    return [
        f"{one.share:>7.1%} of {one.questions:<3} {one.name}, {one.bound}: {'met' if one.met else 'MISSED'}"
        for one in standing(outcome.candidate.report.scores)
    ]


def _line(one: Difference) -> str:
    verdict = "better" if one.better else "worse" if one.worse else ""
    return (
        f"{one.metric:<26}{one.questions:>10}{one.baseline:>10.3f}{one.candidate:>11.3f}{one.change:>+9.3f}"
        f"   {one.low:+.3f} to {one.high:+.3f}  {verdict}"
    ).rstrip()


def _diagnoses(one: Measured) -> list[str]:
    lines = []
    for cause, number in counted(one.diagnoses).items():
        failed = [diagnosis.question for diagnosis in one.diagnoses if diagnosis.cause is cause]
        lines.append(f"{number:>3} {cause}: {REMEDIES[cause]}\n    {' '.join(failed)}")
    return lines
