"""Who answers behind the chat endpoints of a workspace, as the control API is told."""

from collections.abc import Sequence

from mocks.backends.wire import Models, NewScript, Pruned, ScriptsTold
from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace
from mocks.engines.chat.backends import Backends
from mocks.engines.chat.model_address import STAND_IN, AddressError, read_addresses
from mocks.engines.chat.recordings import Mode, Recorded, Recordings, RecordingState
from mocks.engines.chat.scripts import Script, Scripts, Unscripted


class BackendStore:
    """Scripts, recordings and model servers of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._scripts, self._recordings = workspace.engine(Scripts), workspace.engine(Recordings)
        self._backends = workspace.engine(Backends)

    def add_script(self, told: NewScript) -> Script:
        """Takes a script after the others."""
        return self._scripts.add(Script.model_validate(told.model_dump(by_alias=True, exclude={"workspace"})))

    def scripts(self) -> ScriptsTold:
        """All scripts, with how often each has fired."""
        return ScriptsTold(scripts=self._scripts.all())

    def remove_script(self, script_id: str | None = None) -> None:
        """Forgets one script, or all.

        Raises: ResourceDoesNotExist
        """
        self._scripts.remove(script_id)

    def set_unscripted(self, told: Unscripted) -> Unscripted:
        """Says what becomes of a request that no script fits."""
        return self._scripts.set_mode(Unscripted(unscripted=told.unscripted))

    def set_models(self, told: Sequence[str]) -> Models:
        """Says which servers answer, over what the sandbox was started with.

        Raises: InvalidParameterValue
        """
        try:
            self._backends.map(read_addresses(told, {}))
        except AddressError as error:
            raise InvalidParameterValue(str(error)) from None
        return self.models()

    def models(self) -> Models:
        """Which servers answer, by endpoint; under the empty name for all others."""
        addresses = self._backends.addresses
        return Models(models={name: address.url if address else STAND_IN for name, address in addresses.items()})

    def set_recordings(self, folder: str | None, mode: Mode) -> RecordingState:
        """Says where recordings are and what is done with them.

        Raises: InvalidParameterValue
        """
        return self._recordings.tell(Recorded(folder=folder, mode=mode))

    def recordings(self) -> RecordingState:
        """What was done with them since."""
        return self._recordings.state()

    def prune_recordings(self) -> Pruned:
        """Deletes those that were not used."""
        return Pruned(deleted=self._recordings.prune())
