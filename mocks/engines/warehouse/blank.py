"""The database in which nobody has made anything yet: what we define in every one is worked out once, then copied."""

import os
from pathlib import Path

from mocks.core.settings import Settings


class Blank:
    """The file of such a database, once the first has been made."""

    def __init__(self, _: Settings) -> None:
        self.content = b""

    def begin(self, file: Path) -> None:
        """Puts a copy there, if a first one is known; whole or not at all."""
        if not self.content:
            return
        part = file.with_suffix(".part")
        with part.open("wb") as written:
            written.write(self.content)
            written.flush()
            os.fsync(written.fileno())
        part.replace(file)
