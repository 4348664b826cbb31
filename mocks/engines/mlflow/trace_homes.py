"""The experiments in which MLflow keeps the traces of Unity Catalog locations; nobody but the pages lists them."""

import json

from mocks.core.errors import TemporarilyUnavailable
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace

API = "/api/2.0/mlflow/experiments"


class Home(Wire):
    """An experiment that holds the traces of one location."""

    location: str
    name: str
    experiment_id: str


class TraceHomes:
    """Finds and makes them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._homes = workspace.collection("trace_homes", Home, "Experiment of trace location")

    def of(self, location: str) -> str:
        """The id of the location's experiment, made when it is first asked for."""
        with self._workspace.lock:
            home = self._homes.find(location) or self._made(location)
            return home.experiment_id

    def location_of(self, experiment: str) -> str | None:
        """The location whose traces the experiment holds, if it is not one of the user's."""
        return next((home.location for home in self._homes.all() if home.experiment_id == experiment), None)

    def search_without(self, body: bytes) -> bytes:
        """A search for experiments that does not find them."""
        homes = self._homes.all()
        if not homes:
            return body
        told = json.loads(body or b"{}")
        others = " AND ".join(f"name != '{home.name}'" for home in homes)
        told["filter"] = f"{told['filter']} AND {others}" if told.get("filter") else others
        return json.dumps(told).encode()

    def _made(self, location: str) -> Home:
        mlflow, name = self._workspace.engine(MlflowWorkspace), f"/Traces of {location}"
        answer = mlflow.send("POST", f"{API}/create", json={"name": name})
        if answer.is_success:
            experiment = str(answer.json()["experiment_id"])
        else:  # made before a kill took the record
            found = mlflow.send("GET", f"{API}/get-by-name", params={"experiment_name": name})
            if found.is_error:
                raise TemporarilyUnavailable(f"MLflow keeps no traces of '{location}': {answer.text}")
            experiment = str(found.json()["experiment"]["experiment_id"])
        home = Home(location=location, name=name, experiment_id=experiment)
        self._homes.put(location, home)
        return home
