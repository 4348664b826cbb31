"""The workspace's own credentials for clients that are not the SDK."""

from collections.abc import Generator

import httpx
from databricks.sdk.core import Config


class WorkspaceAuth(httpx.Auth):
    """Asks the SDK for the headers of each request, so that a token that ran out is renewed."""

    def __init__(self, config: Config) -> None:
        self._config = config

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers.update(self._config.authenticate())
        yield request
