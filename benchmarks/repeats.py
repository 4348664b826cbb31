"""An integration test of the reference agent, run a hundred times: does it say the same each time?"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure

RUNS = 100
_PROJECT = Path(__file__).parents[1]
_TEST = f"""
import hashlib, json, pathlib, pytest

ASKED = (
    "What is the gathering fee under GGA-001?",
    "How many contracts are there per basin?",
    "Who won the cup in 2022?",
)

@pytest.fixture(scope="session", autouse=True)
def prepared(sandbox_session):
    from agent import deploy, space
    from agent.ingest import ingest
    from agent.settings import Settings
    sandbox_session.seed({str(_PROJECT / "agent" / "data")!r})
    settings, w = Settings.load(), sandbox_session.client()
    ingest(w, settings)
    space.publish(w, settings)
    deploy.connect(settings)
    deploy.register_prompt(settings)
    sandbox_session.snapshot.save("prepared")

@pytest.mark.parametrize("number", range({RUNS}))
@pytest.mark.sandbox(snapshot="prepared")
def test_the_agent_answers(sandbox, number):
    from agent import deploy, evaluate
    from agent.graph import build
    from agent.responses import ContractAgent
    from agent.settings import Settings
    settings, w = Settings.load(), sandbox.client()
    found = next(one.space_id for one in w.genie.list_spaces().spaces if one.title == settings.genie_space_title)
    deploy.connect(settings)
    agent = ContractAgent(build(w, settings.with_space(found)))
    said = []
    for question in ASKED:
        answer = agent.predict({{"input": [{{"role": "user", "content": question}}]}}).model_dump()
        told = answer["custom_outputs"]
        said.append([evaluate.text(answer), told["sources"], told["sql"], told["model"]])
    digest = hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()
    pathlib.Path(f"{{number}}.digest").write_text(digest)
"""


def measure() -> Iterator[Figure]:
    """How many different results there were beside the first."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "test_agent.py").write_text(_TEST)
        command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_agent.py"]
        environment = os.environ | {"PYTHONPATH": str(_PROJECT)}
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
        if done.returncode:
            raise SystemExit(done.stdout[-3000:])
        digests = [file.read_text() for file in place.glob("*.digest")]
    assert len(digests) == RUNS
    yield Figure(f"other results in {RUNS} runs of the agent's integration test", len(set(digests)) - 1, "", 0)
