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


def test_a_real_workspace_is_recorded_through_its_profile_and_its_token_is_not_written(shell, model_server, tmp_path):
    host = model_server.url.removesuffix("/v1")
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    (home / ".databrickscfg").write_text(f"[team]\nhost = {host}\ntoken = dapi0123456789abcdef0123456789abcdef\n")
    kept = ("--recordings", str(tmp_path / "recordings"))
    command = ("exec", "--proxy", "serving=team", *kept, "--record-mode", "record")

    asked = shell.run(*command, "--", sys.executable, "-W", "ignore", "-c", ASK, "Hello", variables={"HOME": str(home)})

    (path, body), (key,) = model_server.seen[0], model_server.keys
    assert (asked.stdout, path, body["model"]) == (
        "Good day\n",
        "/serving-endpoints/chat/completions",
        "databricks-gpt-5",
    )
    assert key == "Bearer dapi0123456789abcdef0123456789abcdef"
    assert ask(shell, "Hello", *kept).stdout == "Good day\n"
    assert not [f for f in (tmp_path / "recordings").rglob("*.yaml") if "dapi" in f.read_text()]
