"""Downloads of whole results: the query runs once more, without a limit, and its rows lie behind external links."""

import hmac

from mocks.core.errors import PermissionDenied
from mocks.core.workspace import Workspace, sign
from mocks.engines.public_api import PublicApi
from mocks.engines.warehouse.executions import Asked, Executions
from mocks.genie.results import bound, query_of
from mocks.genie.wire import Download, Message, QueryResult


class Downloads:
    """The downloads of the caller."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def generate(self, message: Message, attachment_id: str) -> Download:
        """Starts the query of an attachment anew.

        Raises: ResourceDoesNotExist
        """
        query, user = query_of(message, attachment_id), self._workspace.user_name
        asked = Asked(query["query"], bound(query), read_only=True, disposition="EXTERNAL_LINKS", user=user)
        execution = self._workspace.engine(Executions).submit(asked)
        signature = self._signature(message, attachment_id, execution.id)
        return Download(download_id=execution.id, download_id_signature=signature)

    def get(self, message: Message, attachment_id: str, download_id: str, signature: str) -> QueryResult:
        """How far it is, and in the end the links, as the statement API tells them.

        Raises: PermissionDenied, ResourceDoesNotExist
        """
        if not hmac.compare_digest(signature.encode(), self._signature(message, attachment_id, download_id).encode()):
            raise PermissionDenied("The signature is not that of this download.")
        told = PublicApi(self._workspace).ask("GET", f"/api/2.0/sql/statements/{download_id}")
        return QueryResult(statement_response=told)

    def _signature(self, message: Message, attachment_id: str, download_id: str) -> str:
        what = f"{self._workspace.user_name}/{message.id}/{attachment_id}/{download_id}"
        return sign(self._workspace.settings.control_token, what, self._workspace.name, 0)
