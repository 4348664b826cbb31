"""A client of its own process: does what each line of standard input says and answers with the milliseconds it took."""

import sys
import time
from pathlib import Path

import mlflow

from benchmarks.trace import write_trace


def main() -> None:
    """`trace`, or `upload` and `download` with a file."""
    mlflow.set_experiment("/Shared/bench")
    run = mlflow.start_run().info.run_id
    for line in sys.stdin:
        what, _, file = line.strip().partition(" ")
        began = time.perf_counter()
        if what == "trace":
            write_trace()
        elif what == "upload":
            mlflow.log_artifact(file, run_id=run)
        else:
            mlflow.artifacts.download_artifacts(
                run_id=run, artifact_path=Path(file).name, dst_path=str(Path(file).parent / "back")
            )
        print(1000 * (time.perf_counter() - began), flush=True)  # the answer


main()
