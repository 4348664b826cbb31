"""Lets respx hear httpx2, which newer releases of the openai package speak through; imported only where it is."""

from typing import Any

import httpcore2  # type: ignore[import-not-found, unused-ignore]  # comes with the openai package, if at all
from respx.mocks import HTTPCoreMocker


class SecondHTTPCoreMocker(HTTPCoreMocker):
    """The same under the other package's names."""

    name = "httpcore2"
    targets = [target.replace("httpcore.", "httpcore2.") for target in HTTPCoreMocker.targets]

    @classmethod
    def from_sync_httpx_response(cls, httpx_response: Any, target: Any, **kwargs: Any) -> Any:  # noqa: ARG003
        """The answer in the other package's class."""
        return httpcore2.Response(
            status=httpx_response.status_code,
            headers=httpx_response.headers.raw,
            content=httpx_response.stream,
            extensions=httpx_response.extensions,
        )
