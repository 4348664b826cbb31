"""What is in a workspace, asked by its public API."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from mocks.core.errors import ApiError
from mocks.core.workspace import Workspace
from mocks.engines.public_api import PublicApi

FOUNDATION, SUMMARIES = "FOUNDATION_MODEL_API", "/api/2.1/unity-catalog/table-summaries"
Json = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """A thing of the workspace: what it is called, where its page is, and one thing about it."""

    text: str
    href: str
    about: str = ""


@dataclass
class Section:
    """Things of one kind; `none` says how to make the first."""

    title: str
    href: str
    none: str
    links: list[Link] = field(default_factory=list)
    failed: str = ""


class ConsoleStore:
    """The things of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace, self._api = workspace, PublicApi(workspace)

    def sections(self) -> list[Section]:
        """What the start page shows; a kind that cannot be read says why."""
        told: list[tuple[Section, Callable[[], list[Link]]]] = [
            (
                Section("Endpoints", "/ml/endpoints", "agents.deploy(model, version)"),
                self.endpoint_links,
            ),
            (Section("Genie spaces", "/genie", "w.genie.create_space()"), self.space_links),
            (Section("Experiments", "/ml/#/experiments", "mlflow.set_experiment()"), self.experiment_links),
            (Section("Vector indexes", "", "create_delta_sync_index()"), self._indexes),
            (Section("Registered models", "", "log_model(registered_model_name=…)"), self._models),
            (Section("Tables", "", "CREATE TABLE, or sandbricks up --seed FOLDER"), self._tables),
        ]
        for section, ask in told:
            try:
                section.links = ask()
            except ApiError as error:
                section.failed = error.message
        return [section for section, _ in told]

    def endpoints(self) -> list[Json]:
        """All endpoints as their API tells them, those that users made first."""
        found: list[Json] = self._api.ask("GET", "/api/2.0/serving-endpoints").get("endpoints") or []
        return sorted(found, key=lambda one: (one.get("endpoint_type") == FOUNDATION, one["name"]))

    def endpoint_links(self) -> list[Link]:
        """The endpoints that users made."""
        made = [one for one in self.endpoints() if one.get("endpoint_type") != FOUNDATION]
        return [Link(one["name"], f"/ml/endpoints/{one['name']}", one.get("task") or "") for one in made]

    def space_links(self) -> list[Link]:
        """The Genie spaces."""
        found = self._api.ask("GET", "/api/2.0/genie/spaces", page_size=1000).get("spaces") or []
        return [Link(one["title"], f"/genie/rooms/{one['space_id']}", one.get("description") or "") for one in found]

    def experiments(self) -> list[Json]:
        """The experiments, the newest first."""
        body: Json = {"max_results": 1000, "order_by": ["last_update_time DESC"]}
        found: list[Json] = self._api.ask("POST", "/api/2.0/mlflow/experiments/search", body).get("experiments") or []
        return found

    def experiment_links(self) -> list[Link]:
        """The experiments with their pages in MLflow."""
        address = "/ml/#/experiments/{}/traces"
        return [Link(one["name"], address.format(one["experiment_id"])) for one in self.experiments()]

    def _indexes(self) -> list[Link]:
        links = []
        for endpoint in self._api.ask("GET", "/api/2.0/vector-search/endpoints").get("endpoints") or ():
            told = self._api.ask("GET", "/api/2.0/vector-search/indexes", endpoint_name=endpoint["name"])
            links += [Link(one["name"], "", one.get("index_type", "")) for one in told.get("vector_indexes") or ()]
        return links

    def _models(self) -> list[Link]:
        found = self._api.ask("GET", "/api/2.1/unity-catalog/models").get("registered_models") or []
        return [Link(one["full_name"], "") for one in found]

    def _tables(self) -> list[Link]:
        links = []
        for catalog in self._api.ask("GET", "/api/2.1/unity-catalog/catalogs").get("catalogs") or ():
            name = catalog["name"]
            if name not in ("system", "samples"):
                told = self._api.ask(
                    "GET", "/api/2.1/unity-catalog/table-summaries", catalog_name=name, max_results=1000
                )
                links += [
                    _table(one) for one in told.get("tables") or () if ".information_schema." not in one["full_name"]
                ]
        return links


def _table(told: Json) -> Link:
    return Link(told["full_name"], "", str(told.get("table_type") or "").lower())


def address(*parts: str) -> str:
    """The parts as a path."""
    return "/" + "/".join(quote(part, safe="") for part in parts)
