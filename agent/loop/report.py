"""The loop's figures as one HTML page with plots, without anything from elsewhere."""

from html import escape
from pathlib import Path
from string import Template

from agent.loop.diagnosis import REMEDIES
from agent.loop.gate import Difference
from agent.loop.run import Measured, Outcome
from agent.loop.standing import standing

PAGE = Path(__file__).with_name("report.html")
_WIDTH, _ROW, _LABEL = 640, 26, 200


def html(outcome: Outcome) -> str:
    return Template(PAGE.read_text()).substitute(
        decision=escape(outcome.decision.upper()),
        verdict="good" if outcome.promoted else "bad",
        table="\n".join(map(_row, outcome.differences)),
        intervals=_intervals(outcome.differences),
        live="\n".join(
            f"<tr><th>{escape(one.role)} ({escape(one.number)})<td>{one.answers}<td>{one.liked:.0%}"
            f"<td>{one.milliseconds:.0f}<td>{one.tokens:.0f}"
            for one in outcome.live
        ),
        alignment=_alignment(outcome),
        bar=_bar(outcome),
        remedies=_remedies(outcome),
        causes="\n".join(map(_causes, (outcome.baseline, outcome.candidate))),
        questions="\n".join(_questions(outcome)),
        run=escape(outcome.run_id),
        runs=", ".join(escape(one.report.run_id) for one in (outcome.baseline, outcome.candidate)),
    )


def _row(one: Difference) -> str:
    verdict = "good" if one.better else "bad" if one.worse else ""
    return (
        f"<tr class='{verdict}'><th>{escape(one.metric)}<td>{one.questions}<td>{one.baseline:.3f}"
        f"<td>{one.candidate:.3f}<td>{one.change:+.3f}<td>{one.low:+.3f} to {one.high:+.3f}"
    )


def _intervals(differences: list[Difference]) -> str:
    """Each change with its interval; the line in the middle is no change."""
    height = _ROW * len(differences) + 30
    marks = [_interval(one, _ROW * number + 18) for number, one in enumerate(differences)]
    middle, bottom = _x(0), height - 22
    return (
        f"<svg viewBox='0 0 {_WIDTH} {height}' role='img' aria-label='Changes and their 95 % intervals'>"
        f"<line x1='{middle}' x2='{middle}' y1='4' y2='{bottom}' class='zero'/>{''.join(marks)}"
        + "".join(f"<text x='{_x(at)}' y='{height - 6}' class='tick'>{at:+.1f}</text>" for at in (-1, -0.5, 0, 0.5, 1))
        + "</svg>"
    )


def _interval(one: Difference, y: int) -> str:
    verdict = "good" if one.better else "bad" if one.worse else "open"
    return (
        f"<text x='{_LABEL - 12}' y='{y + 4}' class='name'>{escape(one.metric)}</text>"
        f"<g class='{verdict}'><line x1='{_x(one.low)}' x2='{_x(one.high)}' y1='{y}' y2='{y}'/>"
        f"<circle cx='{_x(one.change)}' cy='{y}' r='5'/></g>"
    )


def _x(change: float) -> float:
    """From -1 to +1 over the width beside the names."""
    room = _WIDTH - _LABEL - 20
    return round(_LABEL + (change + 1) / 2 * room, 1)


def _alignment(outcome: Outcome) -> str:
    if not (found := outcome.alignment):
        return "<p>No judge was aligned: MLflow's MemAlign needs the package dspy.</p>"
    bars = "".join(
        f"<div class='bar'><span>{name}</span><i style='width:{value:.0%}'></i><b>{value:.0%}</b></div>"
        for name, value in (("before", found.before), ("after", found.after))
    )
    return (
        f"<p>Aligned on {found.trained_on} labelled answers; agreement with the expert on {found.held_out} "
        f"that it had not seen:</p>{bars}"
        f"<details><summary>What it learnt</summary><pre>{escape(found.instructions)}</pre></details>"
    )


def _bar(outcome: Outcome) -> str:
    rows = [
        f"<tr class='{'good' if one.met else 'bad'}'><th>{escape(one.name)}<td>{one.share:.1%}<td>{escape(one.bound)}"
        for one in standing(outcome.candidate.report.scores)
    ]
    return "\n".join(rows)


def _remedies(outcome: Outcome) -> str:
    told = [remedy.told() for remedy in (outcome.remedies.curated, outcome.remedies.optimized) if remedy]
    prompt = outcome.remedies.optimized.prompt if outcome.remedies.optimized else ""
    lines = "".join(f"<li>{escape(one)}" for one in told) or "<li>nothing that mends itself"
    return f"<ul>{lines}</ul>" + (
        f"<details><summary>The new prompt</summary><pre>{escape(prompt)}</pre></details>" if prompt else ""
    )


def _causes(one: Measured) -> str:
    lines = [
        f"<li><b>{escape(diagnosis.question)}</b> {escape(diagnosis.category)}: {diagnosis.cause}, "
        f"failed {escape(', '.join(diagnosis.failed))}. {escape(REMEDIES[diagnosis.cause])}"
        for diagnosis in one.diagnoses
    ]
    role = escape(one.registered.role)
    return f"<details><summary>{role}: {len(lines)} wrong</summary><ul>{''.join(lines) or '<li>none'}</ul></details>"


def _questions(outcome: Outcome) -> list[str]:
    after = {score.id: score for score in outcome.candidate.report.scores}
    rows = []
    for score in outcome.baseline.report.scores:
        marks = [_mark(one.right) for one in (score, after[score.id])]
        rows.append(f"<tr><th>{escape(score.id)}<td>{escape(score.category)}{''.join(marks)}")
    return rows


def _mark(right: bool) -> str:
    return "<td class='good'>right" if right else "<td class='bad'>wrong"
