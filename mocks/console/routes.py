"""Routes of the web pages."""

from pathlib import Path
from typing import Annotated

from fastapi import Depends
from starlette.responses import Response

from mocks.console.store import ConsoleStore
from mocks.core.wire import Api
from mocks.core.workspace import Here, in_workspace
from mocks.engines.pages import asset, page

api = Api()
FOLDER = Path(__file__).with_name("pages")
Store = Annotated[ConsoleStore, Depends(in_workspace(ConsoleStore))]


@api.get("/")
def show_start(here: Here, store: Store) -> Response:
    """What is in the workspace."""
    return page(here, FOLDER / "start.html", sections=store.sections())


@api.get("/console/{name}")
def get_asset(name: str) -> Response:
    """The stylesheet and the scripts of all pages."""
    return asset(name)
