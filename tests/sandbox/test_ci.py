"""The action and the snippets for continuous integration, as far as they can be run here."""

import json
import os
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

CI = Path(__file__).parents[2] / "docs" / "ci"
ACTION = yaml.safe_load((CI / "action" / "action.yml").read_text())


def test_the_steps_of_the_action_start_a_seeded_workspace_for_later_steps(shell, tmp_path):
    (tmp_path / "seed.yaml").write_text("catalog: main\nschema: s\nvolume: v\nspaces: [{title: Seeded}]\n")
    files = {name: tmp_path / name for name in ("GITHUB_ENV", "GITHUB_OUTPUT")}
    given = {"SEED": str(tmp_path), "OPTIONS": "", "SANDBRICKS_WANTED": ""}
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "sandbricks").write_text(f'#!/bin/sh\nexec {shlex.join(shell.command)} "$@"\n')
    (tmp_path / "bin" / "sandbricks").chmod(0o755)
    path = f"{tmp_path}/bin:{os.path.dirname(shell.command[0])}:{os.environ['PATH']}"
    variables = shell.environment | given | {name: str(file) for name, file in files.items()} | {"PATH": path}

    for step in ACTION["runs"]["steps"]:
        subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=shell.project, env=variables, check=True)

    later = dict(line.split("=", 1) for line in files["GITHUB_ENV"].read_text().splitlines())
    assert f"host={later['DATABRICKS_HOST']}" in files["GITHUB_OUTPUT"].read_text()
    command = ["curl", "-s", f"{later['DATABRICKS_HOST']}/api/2.0/genie/spaces"]
    command += ["-H", f"Authorization: Bearer {later['DATABRICKS_TOKEN']}"]
    assert "Seeded" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_the_variables_are_for_a_github_job_only(shell):
    shell.up("--ephemeral")

    done = shell.run("env", "--github")

    assert done.returncode == 1
    assert "GITHUB_ENV" in done.stderr


@pytest.mark.parametrize("name", ["GitHub", "GitLab", "pre-commit"])
def test_a_snippet_is_valid_yaml_and_its_commands_exist(name, shell):
    text = (CI / "README.md").read_text().partition(f"## {name}")[2].partition("```yaml\n")[2].partition("```")[0]

    assert yaml.safe_load(text)
    for words in [
        line.partition("sandbricks exec")[2].split() for line in text.splitlines() if "sandbricks exec" in line
    ]:
        assert "--" in words
    assert shell.run("exec", "--help").returncode == 0


def test_the_development_container_is_valid_json():
    told = json.loads((CI / "devcontainer.json").read_text())

    assert told["forwardPorts"] == [8329]
