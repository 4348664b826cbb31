"""Runs the public probe against a running sandbox and writes its table into the README: `make probes PROBE=path`."""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

README = Path(__file__).parents[2] / "README.md"
BEGIN, END = "<!-- probes: begin (written by `make probes`) -->", "<!-- probes: end -->"


def main() -> None:
    """Replaces what stands between the marks."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder, "result.json")
        subprocess.run([sys.executable, sys.argv[1], "--json", str(result)], check=False)
        told = json.loads(result.read_text())
    before, _, rest = README.read_text().partition(BEGIN)
    after = rest.partition(END)[2]
    README.write_text(f"{before}{BEGIN}\n{table(told)}\n{END}{after}")


def table(told: dict) -> str:
    """The outcomes by group, in Markdown."""
    outcomes = {name: one["outcome"] == "PASS" for name, one in told["results"].items()}
    lines = [f"{sum(outcomes.values())} of {len(outcomes)} pass ({date.today()}).", ""]
    lines += ["| group | pass | not yet |", "|---|---|---|"]
    for group in dict.fromkeys(name.partition(".")[0] for name in outcomes):
        own = [name for name in outcomes if name.startswith(f"{group}.")]
        members = {name.partition(".")[2]: outcomes[name] for name in own}
        columns = (
            ", ".join(name for name, good in members.items() if good is wanted) or "–" for wanted in (True, False)
        )
        lines.append(f"| `{group}` | {' | '.join(columns)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
