"""Routes of monitoring."""

from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, Query
from starlette.responses import Response

from mocks.console.monitoring import INWARD, OUTWARD, Monitoring, since
from mocks.console.plots import HEIGHT, WIDTH, shown
from mocks.core.errors import ResourceDoesNotExist
from mocks.core.wire import Api, Json
from mocks.core.workspace import Here, in_workspace
from mocks.engines.pages import missing, page

api = Api(prefix="/monitoring")
FOLDER = Path(__file__).with_name("pages")
Watched = Annotated[Monitoring, Depends(in_workspace(Monitoring))]


Form = Annotated[Literal["json"] | None, Query(alias="format")]


@api.get("")
def show_monitoring(here: Here, monitoring: Watched, form: Form = None) -> Response:
    """What can be monitored."""
    if form:
        return Json({"known": [name for name, _ in monitoring.known()]})
    return page(here, FOLDER / "monitored.html", known=monitoring.known())


@api.get("/{name:path}")
def show_report(name: str, here: Here, monitoring: Watched, form: Form = None) -> Response:
    """The figures of an endpoint or an experiment, for a person or as JSON for a program."""
    try:
        report = monitoring.report(name)
    except ResourceDoesNotExist:
        if form:
            raise
        return missing(here, name, "endpoint or experiment", monitoring.known())
    if form:
        return Json(report.body())
    drawn = {"width": WIDTH, "height": HEIGHT, "tags": (INWARD, OUTWARD)}
    order = {version.name: at for at, version in enumerate(report.versions)}
    told: dict[str, Any] = {"report": report, "plots": report.plots(), "shown": shown, "since": since(report)}
    return page(here, FOLDER / "monitoring.html", drawn=drawn, order=order, **told)
