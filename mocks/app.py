"""The gateway's application: the only file that knows every service."""

import difflib
from collections.abc import Callable, Iterator, Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from mocks.backends.routes import api as backends
from mocks.catalog.routes import api as catalog
from mocks.console.chat_routes import api as console_chat
from mocks.console.endpoint_routes import api as console_endpoints
from mocks.console.genie_routes import api as console_genie
from mocks.console.monitoring_routes import api as console_monitoring
from mocks.console.routes import api as console
from mocks.core import admin, fault_routes, journal_routes, time_routes, waiting_routes
from mocks.core.errors import ApiError, EndpointNotFound, InvalidParameterValue
from mocks.core.faults import Faults
from mocks.core.faulty import Faulty
from mocks.core.guard import Guard, is_browser, refuse
from mocks.core.journal import Journal, Journaled
from mocks.core.readiness import Readiness
from mocks.core.sessions import Sessions
from mocks.core.settings import Settings
from mocks.core.staleness import ReadsMayBeStale
from mocks.core.wire import Api
from mocks.core.workspace import DEFAULT, Workspaces
from mocks.datasets.routes import api as datasets
from mocks.engines.embedding.embedder import Embedder
from mocks.engines.embedding.vectors import Vectors
from mocks.engines.mlflow.server import MlflowServer
from mocks.engines.pages import refusal
from mocks.engines.warehouse.sql_warehouse import Warehouse
from mocks.files.routes import api as files
from mocks.functions.routes import api as functions
from mocks.genie.routes import api as genie
from mocks.genie.script_routes import api as genie_scripts
from mocks.identity.routes import api as identity
from mocks.judges.routes import api as judges
from mocks.permissions.routes import api as permissions
from mocks.prompts.routes import api as prompts
from mocks.registry.native_routes import api as native_registry
from mocks.registry.routes import api as registry
from mocks.review.queue_routes import api as review_queues
from mocks.review.routes import api as review
from mocks.scorers.loop import ScoringLoop
from mocks.scorers.routes import api as scorers
from mocks.secrets.routes import api as secrets
from mocks.serving.routes import api as serving
from mocks.snapshots.routes import api as snapshots
from mocks.sql.routes import api as sql
from mocks.trace_locations.routes import api as trace_locations
from mocks.tracking.routes import api as tracking
from mocks.vector_search.ai_search import api as ai_search
from mocks.vector_search.routes import api as vector_search
from mocks.workspace_files.routes import api as workspace_files

SERVICES: tuple[Api, ...] = (
    identity,
    catalog,
    files,
    workspace_files,
    functions,
    secrets,
    sql,
    vector_search,
    ai_search,
    genie,
    genie_scripts,
    serving,
    backends,
    registry,
    native_registry,
    prompts,
    permissions,
    datasets,
    scorers,
    judges,
    review,
    review_queues,
    console,
    console_chat,
    console_genie,
    console_endpoints,
    console_monitoring,
    snapshots,
    trace_locations,
    tracking,
)


class Gateway:
    """The application with its guard, and what has to be started and stopped with it."""

    def __init__(self, settings: Settings, services: tuple[Api, ...] = SERVICES) -> None:
        self.workspaces = Workspaces(settings)
        self.readiness = Readiness(_parts(self.workspaces), settings.seeds)
        journal, sessions, faults = Journal(), Sessions(), Faults()
        application = create_app(services)
        application.state.control = admin.Control(self.workspaces, journal, sessions, self.readiness, faults)
        faulty = Faulty(ReadsMayBeStale(application), faults, [route for api in services for route in api.routes])
        self.asgi: ASGIApp = Journaled(Guard(faulty, self.workspaces, sessions), journal)


def create_app(services: tuple[Api, ...] = SERVICES) -> FastAPI:
    """The routes of all services and the one place where refusals become answers."""
    app = FastAPI(
        title="sandbricks",
        docs_url=None,
        redoc_url=None,
        openapi_url="/_sandbox/openapi.json",
        redirect_slashes=False,
        exception_handlers={
            ApiError: _refused,
            RequestValidationError: _invalid,
            HTTPException: _unroutable,
            Exception: _failed,
        },
    )
    app.state.services = services
    for api in (admin.api, journal_routes.api, fault_routes.api, time_routes.api, waiting_routes.api, *services):
        app.include_router(api)
    return app


def _parts(workspaces: Workspaces) -> Mapping[str, Callable[[], object]]:
    """What is started in the background: the heavy engines of the default workspace."""
    default = workspaces.named(DEFAULT)
    parts: dict[str, Callable[[], object]] = {
        "mlflow": lambda: workspaces.shared(MlflowServer).ready(),
        "warehouse": lambda: default.engine(Warehouse),
        "embedder": lambda: workspaces.shared(Embedder).encode(["ready"]),
    }
    if Vectors.used_by(default):  # who has no index is spared the 70 MB
        parts["vectors"] = lambda: default.engine(Vectors)
    scoring = [one for one in map(workspaces.named, workspaces.names()) if ScoringLoop.used_by(one)]
    if scoring:  # traces may have arrived just before the last end
        parts["scorers"] = lambda: [one.engine(ScoringLoop) for one in scoring]
    return parts


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    if is_browser(request.scope) and "workspace" in request.scope:
        return refusal(request.scope["workspace"], error)
    return refuse(error)


async def _invalid(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = "; ".join(f"{'.'.join(map(str, e['loc'][1:])) or 'body'}: {e['msg']}" for e in error.errors()[:5])
    return refuse(InvalidParameterValue(f"The request is not valid: {faults}"))


async def _unroutable(request: Request, error: Exception) -> Response:
    if isinstance(error.__cause__, ApiError):  # FastAPI wraps what the strict JSON parser raised
        return refuse(error.__cause__)
    assert isinstance(error, HTTPException)
    if error.status_code not in (404, 405):
        return refuse(InvalidParameterValue(str(error.detail)))
    asked = f"{request.method} {request.url.path}"
    nearest = difflib.get_close_matches(asked, list(_known(request.app.state.services)), n=3, cutoff=0.5)
    return refuse(
        EndpointNotFound(
            f"No API found for '{asked}' in this sandbox; the nearest are: {', '.join(nearest) or 'none'}.",
            details=[
                {
                    "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                    "reason": "ENDPOINT_NOT_FOUND",
                    "metadata": {"operation": asked, "nearest": "; ".join(nearest)},
                }
            ],
        )
    )


def _known(services: tuple[Api, ...]) -> Iterator[str]:
    for api in services:
        for route in api.routes:
            if isinstance(route, Route):
                yield from (f"{method} {route.path}" for method in route.methods or ())


async def _failed(_: Request, __: Exception) -> Response:
    """A fault of ours; the server writes its traceback into the log."""
    return refuse(ApiError("The sandbox failed on this request; `sandbricks logs` shows why."))
