"""`--recordings` and `sandbricks recordings` from the command line."""

import sys

ASK = """
import os, sys
from openai import OpenAI
client = OpenAI(base_url=os.environ["DATABRICKS_HOST"] + "/serving-endpoints", api_key=os.environ["DATABRICKS_TOKEN"])
told = client.chat.completions.create(model="databricks-gpt-5", messages=[{"role": "user", "content": sys.argv[1]}])
print(told.choices[0].message.content)
"""


def ask(shell, text, *options):
    return shell.run("exec", *options, "--", sys.executable, "-W", "ignore", "-c", ASK, text)


def test_a_run_is_recorded_and_replayed_without_its_model(shell, model_server, tmp_path):
    folder = str(tmp_path / "recordings")

    recorded = ask(
        shell, "Hello", "--llm", f"{model_server.url}#small", "--recordings", folder, "--record-mode", "record"
    )
    replayed = ask(shell, "Hello", "--recordings", folder)

    assert (recorded.stdout, replayed.stdout) == ("Good day\n", "Good day\n"), recorded.stderr
    assert "1 played, 0 repeated, 0 recorded, 0 missed, 0 not used" in replayed.stdout + replayed.stderr
    assert len(model_server.seen) == 1


def test_a_missed_recording_fails_the_call_with_the_way_to_record_it(shell, tmp_path):
    missed = ask(shell, "Hello", "--recordings", str(tmp_path))

    assert missed.returncode == 1
    assert "--record-mode record-missing" in missed.stderr
