"""Starts the throwaway sandbox of a test run, in a process of its own: a test run imports no mock."""

import json
import sys

from sandbox.config import read_config
from sandbox.errors import SandboxError
from sandbox.server import throwaway


def main() -> None:
    """Reads `{"users": FILE}` from standard input; the sandbox ends when no process holds that file's lock any more."""
    users = json.loads(sys.stdin.read())["users"]
    sandbox = throwaway(read_config())
    try:
        instance = sandbox.start(attached=False, users=users)
    except SandboxError as error:
        sys.exit(error.message)
    sandbox.release()
    directory = sandbox.directory
    told = {"host": instance.host, "control_token": directory.control_token(), "pid": instance.pid}
    print(json.dumps(told | {"home": str(directory.home)}))


if __name__ == "__main__":
    main()
