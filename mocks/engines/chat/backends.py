"""Who answers behind the chat endpoints of a workspace: a script, a recording, a model by URL, or the stand-in."""

import threading
from typing import TYPE_CHECKING, Any

from mocks.core.errors import NotImplementedYet
from mocks.core.settings import Settings
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat.exchange import Backend
from mocks.engines.chat.foundation import BY_NAME
from mocks.engines.chat.model_address import EVERY, LOCAL, Addresses, ModelAddress
from mocks.engines.chat.recordings import Recordings
from mocks.engines.chat.scripts import Scripts

if TYPE_CHECKING:
    from mocks.engines.chat.llm import Llm
    from mocks.engines.chat.local_model import LocalModel


class Mapped(Wire):
    """Where the models behind the endpoints of a workspace are, by endpoint."""

    models: dict[str, dict[str, Any] | None]


class ModelClients:
    """One client for each address that is asked, for the whole process."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._lock = settings, threading.Lock()
        self._clients: dict[ModelAddress, Llm] = {}
        self._local: dict[ModelAddress, LocalModel] = {}

    def at(self, address: ModelAddress) -> "Llm":
        """The client of that address."""
        from mocks.engines.chat.llm import Llm

        with self._lock:
            if address.url == LOCAL:
                return self._running_here(address)
            if address not in self._clients:
                self._clients[address] = Llm(address)
            return self._clients[address]

    def close(self) -> None:
        """Closes all connections and ends the models that run here."""
        for client in self._clients.values():
            client.close()
        for model in self._local.values():
            model.stop()

    def _running_here(self, address: ModelAddress) -> "Llm":
        from mocks.engines.chat.local_model import LocalModel

        known = self._local.get(address)
        if known is None or not known.running:
            self._local[address] = LocalModel(self._settings, address.model)
        return self._local[address].client


class Backends:
    """Chooses who answers."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mapped = workspace.collection("model_addresses", Mapped, "Addresses")

    @property
    def addresses(self) -> Addresses:
        """What was told of this workspace, over what the sandbox was started with."""
        own = self._mapped.find("")
        told = self._workspace.settings.models | (own.models if own else {})
        return {name: ModelAddress.read(address) if address else None for name, address in told.items()}

    def map(self, addresses: Addresses) -> None:
        """Says where the models of this workspace are, in place of what was said before."""
        told = {name: address.told() if address else None for name, address in addresses.items()}
        self._mapped.put("", Mapped(models=told))

    def model(self, endpoint: str) -> ModelAddress | None:
        """The address of the language model behind an endpoint; none if the stand-in answers there."""
        addresses = self.addresses
        return addresses.get(endpoint if endpoint in addresses or endpoint not in BY_NAME else EVERY)

    def behind(self, endpoint: str, body: dict[str, Any]) -> Backend:
        """Who answers this request; the body is one of Chat Completions.

        Raises: ResourceDoesNotExist, NotImplementedYet
        """
        body.setdefault("model", endpoint)
        if scripted := self._workspace.engine(Scripts).taken(endpoint, body):
            return scripted
        return self._workspace.engine(Recordings).before(endpoint, lambda: self._real(endpoint, body))

    def language_model(self, endpoint: str, body: dict[str, Any]) -> Backend:
        """Who answers this request, if it is not the stand-in, which understands no language.

        Raises: ResourceDoesNotExist, NotImplementedYet
        """
        body.setdefault("model", endpoint)
        if scripted := self._workspace.engine(Scripts).taken(endpoint, body):
            return scripted
        return self._workspace.engine(Recordings).before(endpoint, lambda: self.required(endpoint))

    def _real(self, endpoint: str, body: dict[str, Any]) -> Backend:
        from mocks.engines.chat.both_judges import BothJudges
        from mocks.engines.chat.judge import Judge, is_judged

        if self.model(endpoint) is None and endpoint in BY_NAME:
            return self._stood_in(body)
        mode = self._workspace.settings.judge
        if mode == "model" or not is_judged(body):
            return self.required(endpoint)
        rules = self._workspace.engine(Judge)
        return rules if mode == "rules" else BothJudges(self.required(endpoint), rules)

    def _stood_in(self, body: dict[str, Any]) -> Backend:
        from mocks.engines.chat.judge import Judge, is_judged
        from mocks.engines.chat.reflection import Reflection, is_reflection
        from mocks.engines.chat.stand_in import StandIn

        if is_judged(body):
            return self._workspace.engine(Judge)
        return self._workspace.engine(Reflection) if is_reflection(body) else self._workspace.shared(StandIn)

    def required(self, endpoint: str) -> "Llm":
        """The language model behind an endpoint.

        Raises: NotImplementedYet
        """
        if address := self.model(endpoint):
            return self._workspace.shared(ModelClients).at(address)
        raise NotImplementedYet(
            f"'{endpoint}' stands for a model outside this machine, and the sandbox calls nothing outside unless told: "
            f"`sandbricks up --llm {endpoint}=URL#MODEL` names an OpenAI-compatible server that answers for it."
        )
