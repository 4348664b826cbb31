"""Routes of the pages of endpoints."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends
from starlette.responses import RedirectResponse, Response

from mocks.console.endpoints import EndpointDesk, experiment_of
from mocks.console.forms import Form
from mocks.console.monitoring import Monitoring
from mocks.console.store import FOUNDATION, ConsoleStore, Json, address
from mocks.core.errors import ApiError, ResourceDoesNotExist
from mocks.core.wire import Api
from mocks.core.workspace import Here, Workspace, in_workspace
from mocks.engines.pages import missing, page

api = Api(prefix="/ml/endpoints")
FOLDER = Path(__file__).with_name("pages")
SHARE = "share:"
Desk = Annotated[EndpointDesk, Depends(in_workspace(EndpointDesk))]
Store = Annotated[ConsoleStore, Depends(in_workspace(ConsoleStore))]


@api.get("")
def show_endpoints(here: Here, store: Store) -> Response:
    """The endpoints of the workspace."""
    return page(here, FOLDER / "endpoints.html", endpoints=store.endpoints())


@api.get("/{name}")
def show_endpoint(name: str, here: Here, desk: Desk, store: Store) -> Response:
    """An endpoint with its traffic and its figures."""
    return _shown(name, here, desk, store)


@api.post("/{name}/traffic")
def divide_traffic(name: str, form: Form, here: Here, desk: Desk, store: Store) -> Response:
    """Divides the traffic anew; shares that do not add up change nothing."""
    shares: dict[str, int] = {}
    try:
        shares = form.numbers(SHARE)
        desk.divide(name, shares)
    except ResourceDoesNotExist:
        return _shown(name, here, desk, store)
    except ApiError as refused:
        return _shown(name, here, desk, store, refused, shares)
    return RedirectResponse(address("ml", "endpoints", name), status_code=303)


def _shown(
    name: str,
    here: Workspace,
    desk: EndpointDesk,
    store: ConsoleStore,
    refused: ApiError | None = None,
    shares: dict[str, int] | None = None,
) -> Response:
    try:
        endpoint = desk.endpoint(name)
    except ResourceDoesNotExist:
        known = store.endpoints()
        made = [one for one in known if one.get("endpoint_type") != FOUNDATION] or known
        return missing(here, name, "endpoint", [(one["name"], address("ml", "endpoints", one["name"])) for one in made])
    experiment = experiment_of(endpoint)
    told: Json = {"endpoint": endpoint, "served": desk.served(endpoint), "refused": refused, "wanted": shares or {}}
    told["experiment"] = experiment
    told["report"] = Monitoring(here).report(name) if experiment else None
    return page(here, FOLDER / "endpoint.html", status=refused.status if refused else 200, **told)
