"""Where traces go in Unity Catalog, what comes in there, and what is found."""

from typing import Any

from mocks.core.errors import AlreadyExists, InvalidParameterValue, NotFound
from mocks.core.workspace import Workspace
from mocks.engines.metastore.objects import Metastore
from mocks.engines.metastore.securables import SCHEMA
from mocks.engines.mlflow.server import MlflowWorkspace
from mocks.engines.mlflow.trace_homes import TraceHomes
from mocks.trace_locations.located import ONE, checked
from mocks.trace_locations.tables import TraceTables
from mocks.trace_locations.translated import in_experiment, shown_info
from mocks.trace_locations.wire import Location, LocationCall, Operation, SearchCall, UcSchema, UcTablePrefix

TAG = "mlflow.experiment.databricksTrace"  # what the client reads on a linked experiment (mlflow/utils/mlflow_tags.py)
MANY = 500  # the most that MLflow gives in one page of a search
# How the client tells that it must search experiments the other way (databricks_rest_store.py).
NOT_LINKED = "Experiment locations not yet supported unless they are linked to a location in Unity Catalog."
Json = dict[str, Any]


class LocationStore:
    """The trace locations of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._mlflow = workspace.engine(MlflowWorkspace)
        self._homes = workspace.engine(TraceHomes)
        self._locations = workspace.collection("trace_locations", Location, "Trace location")

    def create_location(self, told: LocationCall) -> LocationCall:
        """Makes a location in a schema that exists, or finds it.

        Raises: NotFound
        """
        place = told.place
        self._check_schema(place)
        location = Location(uc_schema=told.uc_schema, uc_table_prefix=told.uc_table_prefix)
        if isinstance(place, UcTablePrefix):
            location = Location(uc_table_prefix=place.completed())
        self._workspace.engine(TraceTables).prepare(place)
        try:
            location = self._locations.create(place.name, location)
        except AlreadyExists:
            location = self._locations.get(place.name)
        return LocationCall(uc_schema=location.uc_schema, uc_table_prefix=location.uc_table_prefix)

    def get_location(self, name: str) -> LocationCall:
        """The location.

        Raises: ResourceDoesNotExist
        """
        location = self.get(name)
        return LocationCall(uc_schema=location.uc_schema, uc_table_prefix=location.uc_table_prefix)

    def get(self, name: str) -> Location:
        """The location with its links.

        Raises: ResourceDoesNotExist
        """
        return self._locations.get(name)

    def link(self, experiment: str, told: LocationCall) -> None:
        """Lets the traces of the experiment go to the location.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        location = self._locations.get(told.place.name)
        tags = self._experiment_tags(experiment)
        linked = tags.get(f"{TAG}DestinationPath")
        if linked not in (None, told.place.name):
            raise InvalidParameterValue(f"Experiment {experiment} is already linked to the trace location '{linked}'.")
        for key, value in _link_tags(location).items():
            self._change("POST", "experiments/set-experiment-tag", experiment, key=key, value=value)
        self._locations.update(told.place.name, lambda found: _linked(found, experiment))

    def unlink(self, experiment: str, told: LocationCall) -> None:
        """Takes the link away; what was written stays.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        location = self._locations.get(told.place.name)
        if experiment not in location.experiments:
            raise InvalidParameterValue(f"Experiment {experiment} is not linked to '{told.place.name}'.")
        for key in _link_tags(location):
            self._change("POST", "experiments/delete-experiment-tag", experiment, key=key)
        self._locations.update(told.place.name, lambda found: _unlinked(found, experiment))

    def ingest(self, table: str, body: bytes, content_type: str, encoding: str | None) -> bytes:
        """Takes spans as OTLP sends them.

        Raises: InvalidParameterValue, NotFound
        """
        place = self._written_to(table).place
        home = self._homes.of(place.name)
        headers = {"content-type": content_type, "x-mlflow-experiment-id": home}
        if encoding:
            headers["content-encoding"] = encoding
        answer = self._mlflow.send("POST", "/v1/traces", content=body, headers=headers)
        checked(answer, parse=False)
        self._workspace.engine(TraceTables).add(place, body, content_type, encoding)
        return bytes(answer.content)

    def search(self, told: SearchCall) -> Operation:
        """The infos of the traces that match, over all locations asked for.

        Raises: InvalidParameterValue, ResourceDoesNotExist
        """
        places = self._searched(told.locations)
        body = {
            "locations": [in_experiment(experiment) for experiment in places],
            "filter": told.filter,
            "max_results": min(told.max_results, MANY),
            "order_by": told.order_by,
            "page_token": told.page_token,
        }
        answer = checked(self._mlflow.send("POST", f"{ONE}/search", json=body))
        infos = [self._shown(info, places) for info in answer.get("traces", [])]
        response = {"trace_infos": infos, "next_page_token": answer.get("next_page_token")}
        return Operation(name=self._workspace.new_id(), response=response)

    def _written_to(self, table: str) -> Location:
        """The location that has this table of spans, or that name."""
        for location in self._locations.all():
            if table in (location.place.spans_table, location.place.name):
                return location
        raise NotFound(f"'{table}' is no table of spans of a trace location.", error_code="TABLE_OR_VIEW_NOT_FOUND")

    def _linked_to(self, experiment: str) -> Location | None:
        """The location that the experiment is linked to."""
        return next((one for one in self._locations.all() if experiment in one.experiments), None)

    def _searched(self, asked: list[Json]) -> dict[str, Location | None]:
        """The experiments to search, each with the location that it stands for; a linked one brings its location's."""
        places: dict[str, Location | None] = {}
        for place in asked:
            experiment = place.get("mlflow_experiment", {}).get("experiment_id")
            if experiment is None:
                location = self._locations.get(LocationCall.model_validate(place).place.name)
            else:
                linked = self._linked_to(experiment)
                if linked is None:
                    raise InvalidParameterValue(NOT_LINKED)
                places[experiment], location = None, linked
            places[self._homes.of(location.place.name)] = location
        return places

    def _shown(self, info: Json, places: dict[str, Location | None]) -> Json:
        location = places[info["trace_location"]["mlflow_experiment"]["experiment_id"]]
        return info if location is None else shown_info(info, location)

    def _experiment_tags(self, experiment: str) -> dict[str, str]:
        told = {"experiment_id": experiment}
        found = checked(self._mlflow.send("GET", "/api/2.0/mlflow/experiments/get", params=told))
        return {tag["key"]: tag["value"] for tag in found["experiment"].get("tags", [])}

    def _change(self, method: str, call: str, experiment: str, **told: str) -> None:
        checked(self._mlflow.send(method, f"/api/2.0/mlflow/{call}", json={"experiment_id": experiment, **told}))

    def _check_schema(self, place: UcSchema | UcTablePrefix) -> None:
        schema = f"{place.catalog_name}.{place.schema_name}"
        if not self._workspace.engine(Metastore).exists(SCHEMA, schema):
            raise NotFound(f"Schema '{schema}' does not exist.", error_code="SCHEMA_DOES_NOT_EXIST")


def _linked(location: Location, experiment: str) -> Location:
    return location.model_copy(update={"experiments": [*dict.fromkeys([*location.experiments, experiment])]})


def _unlinked(location: Location, experiment: str) -> Location:
    return location.model_copy(update={"experiments": [one for one in location.experiments if one != experiment]})


def _link_tags(location: Location) -> dict[str, str]:
    place = location.place
    tags = {
        f"{TAG}DestinationPath": place.name,
        f"{TAG}SpanStorageTable": place.spans_table,
        f"{TAG}LogStorageTable": place.logs_table,
    }
    if isinstance(place, UcTablePrefix):
        tags[f"{TAG}AnnotationsTable"] = place.annotations_table
    return tags
