"""`python -m agent.loop`: builds two versions, lets both answer, measures, decides, and moves traffic and alias."""

import argparse
import sys
import time
from pathlib import Path
from typing import NoReturn

import mlflow
import yaml
from databricks.sdk import WorkspaceClient

from agent import deploy, golden
from agent.demo import quiet, refuse_elsewhere
from agent.golden import Question
from agent.loop import console, report, versions
from agent.loop.run import Loop
from agent.loop.versions import Version
from agent.settings import Settings

NOT_BETTER, WRONG_ARGUMENTS = 1, 2


def main() -> None:
    told = _arguments()
    quiet()
    started = time.monotonic()
    questions, (baseline, candidate) = _asked(told)
    w, settings = WorkspaceClient(), Settings.load()
    refuse_elsewhere(w, allowed=told.here)
    deploy.connect(settings)
    outcome = Loop(w, settings, questions, console.say).run(baseline, candidate)
    console.show(outcome)
    told.report.write_text(report.html(outcome))
    with mlflow.start_run(run_id=outcome.run_id):
        mlflow.log_artifact(str(told.report))
    console.say("Report", f"{told.report.resolve()}\n{time.monotonic() - started:.0f} s in all")
    sys.exit(0 if outcome.promoted else NOT_BETTER)


def _asked(told: argparse.Namespace) -> tuple[list[Question], tuple[Version, Version]]:
    """What the arguments mean; said at once if they mean nothing."""
    questions = golden.load()
    if unknown := set(told.questions or ()) - {one.id for one in questions}:
        _refuse(f"There is no golden question {', '.join(sorted(unknown))}.")
    try:
        two = versions.read(Settings.load(), told.versions)
    except (OSError, ValueError, yaml.YAMLError) as error:
        _refuse(str(error))
    return [one for one in questions if not told.questions or one.id in told.questions], two


def _refuse(why: str) -> NoReturn:
    print(f"agent.loop: {why}", file=sys.stderr)
    sys.exit(WRONG_ARGUMENTS)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m agent.loop", description=__doc__)
    parser.add_argument("--versions", type=Path, default=versions.FILE, help="what baseline and candidate are")
    parser.add_argument("--questions", nargs="+", metavar="ID", help="only these golden questions")
    parser.add_argument("--report", type=Path, default=Path("loop-report.html"), help="where the HTML report goes")
    parser.add_argument("--here", action="store_true", help="the workspace is not a local one, and that is meant")
    return parser.parse_args()


if __name__ == "__main__":
    main()
