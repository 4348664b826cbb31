"""The values of secrets, for those that use them without showing them."""

import base64
import re

from mocks.core.wire import Wire
from mocks.core.workspace import Workspace

REFERENCE = re.compile(r"\{\{\s*secrets/([^/}]+)/([^}]+?)\s*\}\}")


class Secret(Wire):
    """A secret with its value in base64."""

    scope: str
    key: str
    value: str
    last_updated_timestamp: int


class KeptSecrets:
    """The secrets of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._secrets = workspace.collection("secrets.secrets", Secret, "Secret")

    def missing(self, text: str) -> str | None:
        """The first reference in the text, `{{secrets/scope/key}}`, that leads nowhere."""
        for found in REFERENCE.finditer(text):
            if self._secrets.find(f"{found[1]}/{found[2]}") is None:
                return found[0]
        return None

    def filled(self, text: str) -> str:
        """The text with its references replaced by the values.

        Raises: ResourceDoesNotExist
        """
        return REFERENCE.sub(lambda found: self._text(f"{found[1]}/{found[2]}"), text)

    def _text(self, name: str) -> str:
        return base64.b64decode(self._secrets.get(name).value).decode()
