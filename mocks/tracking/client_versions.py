"""Which releases of the MLflow client have been tried; a newer one is served, and the log says once that it is new."""

import logging
import re

from mocks.core.settings import Settings

TRIED = (3, 17)  # the newest of `make mlflow-versions`
HEADER = "x-mlflow-client-version"
_RELEASE = re.compile(r"(\d+)\.(\d+)")
log = logging.getLogger("sandbricks.mlflow")


class ClientVersions:
    """The newer releases that have been seen since the sandbox was started."""

    def __init__(self, _: Settings) -> None:
        self._seen: set[tuple[int, int]] = set()

    def notice(self, version: str) -> None:
        """Warns of a release that is newer than those tried, once."""
        told = _RELEASE.match(version)
        if told is None:
            return
        release = (int(told[1]), int(told[2]))
        if release > TRIED and release not in self._seen:
            self._seen.add(release)
            newest, tried = (".".join(map(str, one)) for one in (release, TRIED))
            log.warning(
                "MLflow client %s is newer than %s, the newest that was tried; it is served as that.", newest, tried
            )
