"""`python -m agent.loop`: builds two versions, lets both answer, measures, decides, and moves traffic and alias."""

import argparse
import sys
import time
from pathlib import Path

import mlflow
from databricks.sdk import WorkspaceClient

from agent import deploy, golden
from agent.demo import quiet, refuse_elsewhere
from agent.loop import console, report, versions
from agent.loop.run import Loop
from agent.settings import Settings

NOT_BETTER = 1


def main() -> None:
    told = _arguments()
    quiet()
    started = time.monotonic()
    w, settings = WorkspaceClient(), Settings.load()
    refuse_elsewhere(w, allowed=told.here)
    deploy.connect(settings)
    questions = [one for one in golden.load() if not told.questions or one.id in told.questions]
    outcome = Loop(w, settings, questions, console.say).run(*versions.read(settings, told.versions))
    console.show(outcome)
    told.report.write_text(report.html(outcome))
    with mlflow.start_run(run_id=outcome.run_id):
        mlflow.log_artifact(str(told.report))
    console.say("Report", f"{told.report.resolve()}\n{time.monotonic() - started:.0f} s in all")
    sys.exit(0 if outcome.promoted else NOT_BETTER)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m agent.loop", description=__doc__)
    parser.add_argument("--versions", type=Path, default=versions.FILE, help="what baseline and candidate are")
    parser.add_argument("--questions", nargs="+", metavar="ID", help="only these golden questions")
    parser.add_argument("--report", type=Path, default=Path("loop-report.html"), help="where the HTML report goes")
    parser.add_argument("--here", action="store_true", help="the workspace is not a local one, and that is meant")
    return parser.parse_args()


if __name__ == "__main__":
    main()
