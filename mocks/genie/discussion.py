"""What people say about answers: comments on messages."""

from mocks.core.errors import InvalidParameterValue
from mocks.core.paging import page
from mocks.core.workspace import Workspace
from mocks.genie.store import GenieStore
from mocks.genie.wire import Comment, Comments


class Discussion:
    """The comments on the messages of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._genie = workspace, GenieStore(workspace)
        self._comments = workspace.collection("genie_comments", Comment, "Comment")

    def add(self, space_id: str, conversation_id: str, message_id: str, content: str) -> Comment:
        """Adds a comment.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        self._genie.get_message(space_id, conversation_id, message_id)
        if not content.strip():
            raise InvalidParameterValue("The comment is empty.")
        comment = Comment(
            message_comment_id=self._workspace.new_id(),
            space_id=space_id,
            conversation_id=conversation_id,
            message_id=message_id,
            content=content,
            created_timestamp=self._workspace.now_ms(),
            user_id=self._workspace.user_id,
        )
        return self._comments.create(f"{space_id}/{conversation_id}/{message_id}/{comment.message_comment_id}", comment)

    def of_message(
        self, space_id: str, conversation_id: str, message_id: str, size: int | None, token: str | None
    ) -> Comments:
        """The comments on a message."""
        self._genie.get_message(space_id, conversation_id, message_id)
        return self._page(f"{space_id}/{conversation_id}/{message_id}/", size, token)

    def of_conversation(self, space_id: str, conversation_id: str, size: int | None, token: str | None) -> Comments:
        """The comments on all messages of a conversation."""
        self._genie.messages(space_id, conversation_id)
        return self._page(f"{space_id}/{conversation_id}/", size, token)

    def _page(self, prefix: str, size: int | None, token: str | None) -> Comments:
        found = sorted(self._comments.all(prefix), key=lambda comment: comment.created_timestamp)
        chosen, following = page(found, size, token)
        return Comments(comments=chosen, next_page_token=following)
