"""Routes of Genie: REST and MCP."""

from typing import Annotated, Any

from fastapi import Body, Depends
from starlette.responses import Response

from mocks.core.mcp import respond
from mocks.core.wire import Api
from mocks.core.workspace import in_workspace
from mocks.genie.discussion import Discussion
from mocks.genie.downloads import Downloads
from mocks.genie.evals import EvalStore
from mocks.genie.mcp import tools
from mocks.genie.one import GenieOne
from mocks.genie.store import GenieStore
from mocks.genie.wire import (
    Comment,
    Comments,
    Content,
    Conversations,
    Download,
    EvalResultDetails,
    EvalResults,
    EvalRun,
    EvalRuns,
    Feedback,
    Message,
    Messages,
    NewEvalRun,
    NewSpace,
    QueryResult,
    Space,
    SpaceChanges,
    Spaces,
    Started,
)

api = Api()
Store = Annotated[GenieStore, Depends(in_workspace(GenieStore))]
One = Annotated[GenieOne, Depends(in_workspace(GenieOne))]
Evals = Annotated[EvalStore, Depends(in_workspace(EvalStore))]
Talk = Annotated[Discussion, Depends(in_workspace(Discussion))]
Files = Annotated[Downloads, Depends(in_workspace(Downloads))]
SPACES = "/api/2.0/genie/spaces"
SPACE = f"{SPACES}/{{space_id}}"
CONVERSATION = f"{SPACE}/conversations/{{conversation_id}}"
MESSAGE = f"{CONVERSATION}/messages/{{message_id}}"
RUNS = f"{SPACE}/eval-runs"
ATTACHMENT = f"{MESSAGE}/attachments/{{attachment_id}}"


@api.post(SPACES)
def create_space(body: NewSpace, store: Store) -> Space:
    """Makes a space."""
    return store.create_space(body)


@api.get(SPACES)
def list_spaces(store: Store, page_size: int | None = None, page_token: str | None = None) -> Spaces:
    """The spaces."""
    return store.list_spaces(page_size, page_token)


@api.get(SPACE)
def get_space(space_id: str, store: Store, include_serialized_space: bool = False) -> Space:
    """The space."""
    return store.shown_space(space_id, include_serialized_space)


@api.patch(SPACE)
def update_space(space_id: str, body: SpaceChanges, store: Store) -> Space:
    """Changes the space."""
    return store.update_space(space_id, body)


@api.delete(SPACE)
def trash_space(space_id: str, store: Store) -> None:
    """Puts the space into the trash."""
    store.trash_space(space_id)


@api.post(f"{SPACE}/start-conversation")
def start_conversation(space_id: str, body: Content, store: Store) -> Started:
    """Opens a conversation with a question."""
    return store.start_conversation(space_id, body.content)


@api.get(f"{SPACE}/conversations")
def list_conversations(
    space_id: str,
    store: Store,
    page_size: int | None = None,
    page_token: str | None = None,
    include_all: bool = False,
) -> Conversations:
    """The caller's conversations, or all."""
    return store.list_conversations(space_id, page_size, page_token, include_all)


@api.delete(CONVERSATION)
def delete_conversation(space_id: str, conversation_id: str, store: Store) -> None:
    """Removes a conversation."""
    store.delete_conversation(space_id, conversation_id)


@api.post(f"{CONVERSATION}/messages")
def create_message(space_id: str, conversation_id: str, body: Content, store: Store) -> Message:
    """Asks the next question."""
    return store.create_message(space_id, conversation_id, body.content)


@api.get(f"{CONVERSATION}/messages")
def list_conversation_messages(
    space_id: str, conversation_id: str, store: Store, page_size: int | None = None, page_token: str | None = None
) -> Messages:
    """The messages."""
    return store.list_messages(space_id, conversation_id, page_size, page_token)


@api.get(MESSAGE)
def get_message(space_id: str, conversation_id: str, message_id: str, store: Store) -> Message:
    """The message."""
    return store.get_message(space_id, conversation_id, message_id)


@api.get(f"{ATTACHMENT}/query-result")
def get_message_attachment_query_result(
    space_id: str, conversation_id: str, message_id: str, attachment_id: str, store: Store
) -> QueryResult:
    """The rows of a query attachment."""
    return store.results.query_result(store.get_message(space_id, conversation_id, message_id), attachment_id)


@api.post(f"{ATTACHMENT}/execute-query")
def execute_message_attachment_query(
    space_id: str, conversation_id: str, message_id: str, attachment_id: str, store: Store
) -> QueryResult:
    """Runs the query again."""
    return store.results.query_result(
        store.get_message(space_id, conversation_id, message_id), attachment_id, again=True
    )


@api.get(f"{MESSAGE}/query-result")
def get_message_query_result(space_id: str, conversation_id: str, message_id: str, store: Store) -> QueryResult:
    """The rows of the message's only query (the older form)."""
    return store.results.query_result(store.get_message(space_id, conversation_id, message_id))


@api.post(f"{MESSAGE}/execute-query")
def execute_message_query(space_id: str, conversation_id: str, message_id: str, store: Store) -> QueryResult:
    """Runs the message's only query again (the older form)."""
    return store.results.query_result(store.get_message(space_id, conversation_id, message_id), again=True)


@api.post(f"{MESSAGE}/feedback")
def send_message_feedback(space_id: str, conversation_id: str, message_id: str, body: Feedback, store: Store) -> None:
    """Thumbs up or down."""
    store.send_feedback(space_id, conversation_id, message_id, body)


@api.delete(MESSAGE)
def delete_conversation_message(space_id: str, conversation_id: str, message_id: str, store: Store) -> None:
    """Removes a message."""
    store.delete_message(space_id, conversation_id, message_id)


@api.post(f"{MESSAGE}/comments")
def create_message_comment(space_id: str, conversation_id: str, message_id: str, body: Content, talk: Talk) -> Comment:
    """Comments on a message."""
    return talk.add(space_id, conversation_id, message_id, body.content)


@api.get(f"{MESSAGE}/comments")
def list_message_comments(  # as the path and the page need
    space_id: str,
    conversation_id: str,
    message_id: str,
    talk: Talk,
    page_size: int | None = None,
    page_token: str | None = None,
) -> Comments:
    """The comments on a message."""
    return talk.of_message(space_id, conversation_id, message_id, page_size, page_token)


@api.get(f"{CONVERSATION}/list-comments")
def list_conversation_comments(
    space_id: str, conversation_id: str, talk: Talk, page_size: int | None = None, page_token: str | None = None
) -> Comments:
    """The comments of a conversation."""
    return talk.of_conversation(space_id, conversation_id, page_size, page_token)


@api.post(RUNS)
def genie_create_eval_run(space_id: str, evals: Evals, body: NewEvalRun | None = None) -> EvalRun:
    """Asks the benchmark questions."""
    return evals.create_run(space_id, body.benchmark_question_ids if body else None)


@api.get(RUNS)
def genie_list_eval_runs(
    space_id: str, evals: Evals, page_size: int | None = None, page_token: str | None = None
) -> EvalRuns:
    """The eval runs."""
    return evals.list_runs(space_id, page_size, page_token)


@api.get(f"{RUNS}/{{eval_run_id}}")
def genie_get_eval_run(space_id: str, eval_run_id: str, evals: Evals) -> EvalRun:
    """The eval run."""
    return evals.get_run(space_id, eval_run_id)


@api.get(f"{RUNS}/{{eval_run_id}}/results")
def genie_list_eval_results(
    space_id: str, eval_run_id: str, evals: Evals, page_size: int | None = None, page_token: str | None = None
) -> EvalResults:
    """The results of an eval run."""
    return evals.list_results(space_id, eval_run_id, page_size, page_token)


@api.get(f"{RUNS}/{{eval_run_id}}/results/{{result_id}}")
def genie_get_eval_result_details(space_id: str, eval_run_id: str, result_id: str, evals: Evals) -> EvalResultDetails:
    """A result with both answers."""
    return evals.get_result(space_id, eval_run_id, result_id)


@api.post(f"{ATTACHMENT}/downloads")
def generate_download_full_query_result(
    space_id: str, conversation_id: str, message_id: str, attachment_id: str, store: Store, downloads: Files
) -> Download:
    """Runs the query of an attachment for a download of all its rows."""
    return downloads.generate(store.get_message(space_id, conversation_id, message_id), attachment_id)


@api.get(f"{ATTACHMENT}/downloads/{{download_id}}")
def get_download_full_query_result(  # as the path needs
    space_id: str,
    conversation_id: str,
    message_id: str,
    attachment_id: str,
    download_id: str,
    store: Store,
    downloads: Files,
    download_id_signature: str = "",
) -> QueryResult:
    """How far a download is, and its external links."""
    message = store.get_message(space_id, conversation_id, message_id)
    return downloads.get(message, attachment_id, download_id, download_id_signature)


@api.post("/api/2.0/genie/agents/{agent_id}/conversations/{conversation_id}/responses/{response_id}/cancel")
def genie_cancel_response(agent_id: str, conversation_id: str, response_id: str, store: Store) -> Message:
    """Cancels an answer that is not there yet."""
    return store.cancel_message(agent_id, conversation_id, response_id)


@api.post("/api/2.0/mcp/genie")
def call_genie_one(body: Annotated[Any, Body()], one: One) -> Response:
    """The managed MCP server over all spaces."""
    return respond(body, "genie-one", one.tools)


@api.post("/api/2.0/mcp/genie/{space_id}")
def call_mcp(space_id: str, body: Annotated[Any, Body()], store: Store) -> Response:
    """The managed MCP server of the space."""
    return respond(body, "genie", lambda: tools(store, space_id))
