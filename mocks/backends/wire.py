"""Bodies of the control API for models; each names its workspace, or means the default one."""

from pydantic import ConfigDict

from mocks.core.wire import Wire
from mocks.core.workspace import DEFAULT
from mocks.engines.chat.recordings import Recorded
from mocks.engines.chat.scripts import Script, Unscripted


class NewScript(Script):
    """A script to be taken."""

    workspace: str = DEFAULT


class ScriptsTold(Wire):
    """All scripts, with how often each has fired."""

    scripts: list[Script]


class NewUnscripted(Unscripted):
    """What becomes of requests that no script fits."""

    workspace: str = DEFAULT


class NewRecorded(Recorded):
    """The folder and the mode of the recordings."""

    workspace: str = DEFAULT


class Pruned(Wire):
    """The recordings that were deleted."""

    deleted: list[str]


class NewModels(Wire):
    """Model servers, each as `[ENDPOINT=]URL[#MODEL]`."""

    model_config = ConfigDict(extra="forbid", protected_namespaces=())

    models: list[str]
    workspace: str = DEFAULT


class Models(Wire):
    """Who answers behind the endpoints; secrets are not told."""

    models: dict[str, str]
