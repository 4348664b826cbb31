"""The process of a small model that runs here: llama.cpp behind OpenAI's Chat Completions, on loopback, with a key.

Runs as `python -P -m mocks.engines.chat.local_model_process`; it comes with the optional extra `sandbricks[llm]`.
"""

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from mocks.engines.child import die_with_parent

CONTEXT_TOKENS = 8192


def main() -> None:
    """Serves until the parent ends; writes its address into the file that it was told."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    die_with_parent()
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = told["weights"]
    parameters.model_alias = {Path(told["weights"]).stem}
    parameters.n_ctx, parameters.n_parallel = CONTEXT_TOKENS, 1
    parameters.hostnames, parameters.port, parameters.api_keys = ["127.0.0.1"], 0, [told["key"]]
    parameters.offline, parameters.ui, parameters.use_jinja = True, False, True
    server = xllamacpp.Server(parameters)
    aside = Path(told["address"]).with_suffix(".aside")
    aside.write_text(server.listening_address)
    os.replace(aside, told["address"])
    threading.Event().wait()


if __name__ == "__main__":
    main()
