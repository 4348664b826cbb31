"""Speaks with a running gateway: is it alive, is it ready, a link for the browser."""

import contextlib
import http.client
import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from sandbox.errors import SandboxError

_LOOK_EVERY = 0.05


class Control:
    """The control API of one gateway; it goes there directly, whatever proxies are set."""

    def __init__(self, host: str, token: str) -> None:
        self._authority, self._token = urlsplit(host).netloc, token

    def answers(self) -> bool:
        """Whether the gateway is alive."""
        try:
            return self._call("GET", "/_sandbox/health", timeout=1)[0] == 200
        except (OSError, http.client.HTTPException):
            return False

    def waiting_for(self) -> dict[str, str]:
        """The parts and seeds that are not ready, with their states.

        Raises: SandboxError
        """
        status, body = self._asked("GET", "/_sandbox/ready")
        return {} if status == 200 else {name: body["services"][name] for name in body["waiting_for"]}

    def wait_until_ready(self, seconds: float) -> None:
        """Returns when every part and every seed is there.

        Raises: SandboxError
        """
        deadline = time.monotonic() + seconds
        while missing := self.waiting_for():
            failed = {name: state for name, state in missing.items() if state.startswith("failed")}
            if failed or time.monotonic() > deadline:
                told = ", ".join(f"{name} ({state})" for name, state in (failed or missing).items())
                raise SandboxError(
                    f"The sandbox is not ready after {seconds:g} s: {told}." if not failed else f"{told}.",
                    "sandbricks logs",
                )
            time.sleep(_LOOK_EVERY)

    def wait_until_there(self, seconds: float) -> None:
        """Waits for its first answer, then until it is ready.

        Raises: SandboxError
        """
        deadline = time.monotonic() + seconds
        while not self.answers():
            if time.monotonic() > deadline:
                raise SandboxError(f"No sandbox answered at {self._authority} within {seconds:g} s.")
            time.sleep(_LOOK_EVERY)
        self.wait_until_ready(max(0.0, deadline - time.monotonic()))

    def new_link(self) -> str:
        """A link that opens the web pages, once."""
        status, body = self._asked("POST", "/_sandbox/login-links", {})
        if status != 200:
            raise SandboxError(f"The sandbox gave no link: {body.get('message', status)}", "sandbricks logs")
        return str(body["url"])

    def ensure_principal(self, workspace: str, user: str) -> None:
        """Makes the user, unless the workspace has it.

        Raises: SandboxError
        """
        body = {"workspace": workspace, "user_name": user}
        status, answer = self._asked("POST", "/_sandbox/principals", body)
        if status not in (200, 409):
            raise SandboxError(f"The user {user} was not made: {answer.get('message', status)}")

    def recordings(self) -> dict[str, Any]:
        """What was played, missed and recorded, and which recordings were not used."""
        return self.ask("GET", "/_sandbox/recordings")

    def prune_recordings(self) -> list[str]:
        """Deletes the recordings that were not used, and names them."""
        deleted: list[str] = self.ask("POST", "/_sandbox/recordings/prune", {})["deleted"]
        return deleted

    def mark_seeded(self, name: str) -> None:
        """Says that a promised seed is in."""
        status, body = self._asked("POST", f"/_sandbox/seeds/{name}/done")
        if status != 200:
            raise SandboxError(f"The seed {name} could not be reported: {body.get('message', status)}")

    def follow(self) -> Iterator[dict[str, Any]]:
        """Every request that comes to the gateway from now on."""
        headers = {"Authorization": f"Bearer {self._token}", "X-Sandbox-Control": "1"}
        with contextlib.closing(http.client.HTTPConnection(self._authority)) as connection:
            connection.request("GET", "/_sandbox/requests/stream", headers=headers)
            for line in connection.getresponse():
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The answer of a call that must succeed.

        Raises: SandboxError
        """
        status, answer = self._asked(method, path, body)
        if status >= 400:
            raise SandboxError(f"{method} {path}: {answer.get('message', status)}")
        return answer

    def _asked(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, dict[str, Any]]:
        try:
            return self._call(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            raise SandboxError(f"The sandbox does not answer: {error}.", "sandbricks logs") from error

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, timeout: float = 60
    ) -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self._token}", "X-Sandbox-Control": "1"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection = http.client.HTTPConnection(self._authority, timeout=timeout)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()
