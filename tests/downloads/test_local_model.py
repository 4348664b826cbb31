"""A small model that runs here (`--llm local`): real answers from real weights, in a process that ends with us."""

import subprocess
import sys

import pytest

from mocks.engines.chat.model_address import AddressError, read_addresses

ASK = """
import os, sys
from openai import OpenAI
client = OpenAI(base_url=os.environ["DATABRICKS_HOST"] + "/serving-endpoints", api_key=os.environ["DATABRICKS_TOKEN"])
question = [{"role": "user", "content": "Name a colour."}]
for stream in (False, True):
    told = client.chat.completions.create(model="databricks-gpt-5", messages=question, max_tokens=8, stream=stream)
    if stream:
        print("streamed", "".join(c.choices[0].delta.content or "" for c in told if c.choices))
    else:
        print(told.system_fingerprint, told.usage.completion_tokens, told.choices[0].message.content)
"""


def test_a_local_model_answers_and_is_named(tmp_path):
    command = [sys.executable, "-m", "sandbox", "exec", "--llm", "local", "--"]

    ran = subprocess.run(
        [*command, sys.executable, "-W", "ignore", "-c", ASK], capture_output=True, text=True, timeout=120, cwd=tmp_path
    )

    whole, streamed = ran.stdout.strip().splitlines()[:2], ran.stdout
    assert whole[0].startswith("SmolLM2-135M-Instruct.Q4_1 at http://127.0.0.1:"), ran.stderr
    assert len(streamed.partition("streamed ")[2].strip()) > 0


def test_weights_that_are_not_there_are_refused():
    with pytest.raises(AddressError, match=r"no weights in /nowhere\.gguf"):
        read_addresses(["local#/nowhere.gguf"], {})
