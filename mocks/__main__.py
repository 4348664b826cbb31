"""Runs the gateway: reads its settings as one JSON line from standard input and serves until it is stopped."""

import gc
import json
import logging
import shutil
import socket
import sys
import warnings
from pathlib import Path
from typing import Any

from mocks.core.serve import Front, serve
from mocks.core.settings import Settings
from mocks.engines.child import die_with_parent, die_without_users


def main() -> None:
    """Serves on the listening socket that the starter made and handed over."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    if told["attached"]:
        die_with_parent()
    if told.get("users"):
        die_without_users(Path(told["users"]))
    listening = socket.socket(fileno=told["fd"])
    settings = Settings(
        data=Path(told["data"]),
        host=told["host"],
        token=told["token"],
        control_token=told["control_token"],
        models=told.get("models", {}),
        recordings=Path(told["recordings"]) if told.get("recordings") else None,
        record_mode=told.get("record_mode", "replay"),
        env_manager=told.get("env_manager", "local"),
        judge=told.get("judge", "model"),
        mlflow_database=told.get("mlflow_database"),
        allowed_hosts=tuple(told.get("allowed_hosts", ())),
        seeds=tuple(told.get("seeds", ())),
        tls_hosts=tuple(told["tls"]["hosts"]) if told.get("tls") else (),
    )
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # FastAPI silences this where it makes a field; ours are built when they are first asked (`Wire`).
    warnings.filterwarnings("ignore", message="The 'alias' attribute with value 'body'")
    gc.disable()  # the imports leave no garbage, and what they leave is never searched for any
    from mocks.app import Gateway

    gc.freeze()
    gc.enable()
    serve(Gateway(settings), listening, _front(told.get("tls")))
    if told.get("forget"):
        shutil.rmtree(told["forget"], ignore_errors=True)


def _front(told: dict[str, Any] | None) -> Front | None:
    return Front(socket.socket(fileno=told["fd"]), told["certificate"], told["key"]) if told else None


if __name__ == "__main__":
    main()
