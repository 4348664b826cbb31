"""Routes of the control API for models."""

from mocks.backends.store import BackendStore
from mocks.backends.wire import Models, NewModels, NewRecorded, NewScript, NewUnscripted, Pruned, ScriptsTold
from mocks.core.admin import Controlled, NamedWorkspace
from mocks.core.wire import Api
from mocks.core.workspace import DEFAULT
from mocks.engines.chat.recordings import RecordingState
from mocks.engines.chat.scripts import Script, Unscripted

api = Api()
SCRIPT = "/_sandbox/llm/script"
MODELS = "/_sandbox/llm/models"
RECORDINGS = "/_sandbox/recordings"


@api.post(SCRIPT)
def add_script(body: NewScript, control: Controlled) -> Script:
    """Says how requests that match are answered; the scripts are asked in their order."""
    return _store(control, body.workspace).add_script(body)


@api.get(SCRIPT)
def list_scripts(control: Controlled, workspace: str = DEFAULT) -> ScriptsTold:
    """All scripts, with how often each has fired."""
    return _store(control, workspace).scripts()


@api.delete(SCRIPT)
def remove_scripts(control: Controlled, workspace: str = DEFAULT) -> None:
    """Forgets all scripts."""
    _store(control, workspace).remove_script()


@api.delete(f"{SCRIPT}/{{script_id}}")
def remove_script(script_id: str, control: Controlled, workspace: str = DEFAULT) -> None:
    """Forgets one script."""
    _store(control, workspace).remove_script(script_id)


@api.put("/_sandbox/llm/unscripted")
def set_unscripted(body: NewUnscripted, control: Controlled) -> Unscripted:
    """Says what becomes of a request that no script fits: it is answered, or refused with the nearest script."""
    return _store(control, body.workspace).set_unscripted(body)


@api.put(MODELS)
def set_models(body: NewModels, control: Controlled) -> Models:
    """Says which servers answer behind the endpoints."""
    return _store(control, body.workspace).set_models(body.models)


@api.get(MODELS)
def get_models(control: Controlled, workspace: str = DEFAULT) -> Models:
    """Which servers answer behind the endpoints."""
    return _store(control, workspace).models()


@api.put(RECORDINGS)
def set_recordings(body: NewRecorded, control: Controlled) -> RecordingState:
    """Says where the recordings are and what is done with them, and counts from the beginning."""
    return _store(control, body.workspace).set_recordings(body.folder, body.mode)


@api.get(RECORDINGS)
def get_recordings(control: Controlled, workspace: str = DEFAULT) -> RecordingState:
    """What was played, missed and recorded, and what was not used."""
    return _store(control, workspace).recordings()


@api.post(f"{RECORDINGS}/prune")
def prune_recordings(body: NamedWorkspace, control: Controlled) -> Pruned:
    """Deletes the recordings that were not used."""
    return _store(control, body.workspace).prune_recordings()


def _store(control: Controlled, workspace: str) -> BackendStore:
    return BackendStore(control.workspaces.named(workspace))
