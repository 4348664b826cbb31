"""The look of all web pages: one frame, one stylesheet, small scripts, and a policy under which nothing else runs."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, Response

from mocks.core.errors import ApiError, NotFound
from mocks.core.workspace import Workspace

if TYPE_CHECKING:
    from jinja2 import Environment

FOLDER = Path(__file__).parent
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def page(workspace: Workspace, template: Path, *, status: int = 200, **told: Any) -> HTMLResponse:
    """The template in the frame that all pages share; what it is told is escaped."""
    html = _templates(template.parent).get_template(template.name).render(workspace=workspace, **told)
    return HTMLResponse(html, status, HEADERS)


def refusal(workspace: Workspace, error: ApiError) -> HTMLResponse:
    """What a person sees instead of `{error_code, message}`."""
    return page(workspace, FOLDER / "refusal.html", status=error.status, error=error)


def missing(workspace: Workspace, what: str, noun: str, others: list[tuple[str, str]]) -> HTMLResponse:
    """Says that nothing has this name, and links to what there is instead: pairs of text and address."""
    told = {"what": what, "noun": noun, "others": others}
    return page(workspace, FOLDER / "missing.html", status=404, **told)


def asset(name: str) -> Response:
    """The stylesheet or a script of the frame.

    Raises: NotFound
    """
    file = FOLDER / "assets" / name
    if file.parent != FOLDER / "assets" or not file.is_file():
        raise NotFound(f"The pages have no file '{name}'.")
    headers = HEADERS | {"Cache-Control": "max-age=300"}
    return Response(file.read_bytes(), headers=headers, media_type=_TYPES[file.suffix])


@cache
def _templates(folder: Path) -> "Environment":
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader([folder, FOLDER]), autoescape=True, trim_blocks=True, lstrip_blocks=True)
