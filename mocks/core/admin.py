"""The control API: health, readiness, workspaces and who may enter them."""

import os
import time
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import Field
from starlette.responses import RedirectResponse, Response

from mocks.core.errors import NotFound
from mocks.core.faults import Faults
from mocks.core.journal import Journal
from mocks.core.principals import Policy, Principal
from mocks.core.readiness import Readiness
from mocks.core.sessions import COOKIE, Sessions
from mocks.core.wire import Api, Json, Wire
from mocks.core.workspace import DEFAULT, Workspace, Workspaces

api = Api()


class Control:
    """What the control API controls."""

    def __init__(
        self, workspaces: Workspaces, journal: Journal, sessions: Sessions, readiness: Readiness, faults: Faults
    ) -> None:
        self.workspaces, self.journal, self.sessions, self.readiness = workspaces, journal, sessions, readiness
        self.faults = faults


def _control(request: Request) -> Control:
    return request.app.state.control  # type: ignore[no-any-return]  # Starlette's state is untyped


Controlled = Annotated[Control, Depends(_control)]


class NewWorkspace(Wire):
    """A workspace to be made; both fields may be left out."""

    name: str | None = None
    user_name: str | None = None


class NewPrincipal(Wire):
    """A further user of a workspace; the groups are those that grants may name."""

    user_name: str = Field(min_length=1)
    groups: list[str] = []
    workspace: str = DEFAULT


class NewPolicy(Policy):
    """The policy of a workspace."""

    workspace: str = DEFAULT


class NewLink(Wire):
    """Who shall enter which workspace; its owner, unless a principal is named."""

    workspace: str = DEFAULT
    user_name: str | None = None


class NamedWorkspace(Wire):
    """Which workspace is meant."""

    workspace: str = DEFAULT


@api.get("/_sandbox/health")
async def health() -> dict[str, str]:
    """Alive; says nothing about readiness."""
    return {"status": "ok"}


@api.get("/_sandbox/ready")
def ready(control: Controlled) -> Json:
    """200 when every part and every seed is there, else 503 and what is missing."""
    waiting = control.readiness.waiting_for()
    body = {"ready": not waiting, "waiting_for": waiting, "services": control.readiness.states()}
    return Json(body, status_code=503 if waiting else 200)


@api.get("/_sandbox/info")
def info(control: Controlled) -> dict[str, Any]:
    """Version, process and data directory."""
    settings = control.workspaces.settings
    return {
        "version": version("sandbricks"),
        "api": 1,
        "pid": os.getpid(),
        "uptime_s": round(time.monotonic() - control.workspaces.started, 1),
        "host": settings.host,
        "data_dir": str(settings.data),
        "workspace_default": DEFAULT,
        "workspaces": control.workspaces.names(),
        "models": {name: told["url"] if told else "stand-in" for name, told in settings.models.items()},
    }


@api.post("/_sandbox/workspaces")
def create_workspace(body: NewWorkspace, control: Controlled) -> dict[str, str]:
    """A fresh, empty workspace and the token that opens it."""
    return _described(control.workspaces.create(body.name, body.user_name))


@api.delete("/_sandbox/workspaces/{name}")
def delete_workspace(name: str, control: Controlled) -> None:
    """Drops the workspace with all that is in it."""
    control.workspaces.drop(name)
    control.faults.clear(name)


@api.post("/_sandbox/principals")
def create_principal(body: NewPrincipal, control: Controlled) -> Principal:
    """A user or service principal beside the owner of the workspace, and the token that it shows."""
    return control.workspaces.create_principal(body.workspace, body.user_name, body.groups)


@api.put("/_sandbox/policy")
def set_policy(body: NewPolicy, control: Controlled) -> Policy:
    """Says how strictly the grants of a workspace are taken from now on."""
    return control.workspaces.named(body.workspace).policies.put("", Policy(grants=body.grants))


@api.post("/_sandbox/reset")
def reset_workspace(body: NamedWorkspace, control: Controlled) -> dict[str, str]:
    """Empties a workspace; its token stays."""
    control.faults.clear(body.workspace)
    return {"reset": control.workspaces.reset(body.workspace).name}


@api.post("/_sandbox/seeds/{name}/done")
def mark_seeded(name: str, control: Controlled) -> None:
    """Says that a promised seed is in."""
    control.readiness.seeded(name)


@api.post("/_sandbox/login-links")
def create_login_link(body: NewLink, control: Controlled) -> dict[str, str]:
    """A link that opens the web pages of a workspace, once."""
    workspace = control.workspaces.named(body.workspace)
    owner = body.user_name in (None, workspace.owner)
    token = workspace.token if owner else workspace.principals.get(str(body.user_name)).token
    return {"url": f"{workspace.host}/login/{control.sessions.new_link(token)}"}


@api.get("/login/{code}")
def login(code: str, control: Controlled, to: str = "/") -> Response:
    """Exchanges the link for a session and goes to the start page, or to another page of ours."""
    session = control.sessions.open(code)
    if session is None:
        raise NotFound("The link was used already or is too old; `sandbricks status` prints a new one.")
    target = to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/"
    answer = RedirectResponse(target, status_code=303)
    answer.set_cookie(COOKIE, session, httponly=True, samesite="strict", path="/")
    return answer


def _described(workspace: Workspace) -> dict[str, str]:
    return {
        "name": workspace.name,
        "token": workspace.token,
        "host": workspace.host,
        "user_name": workspace.user_name,
        "workspace_id": str(workspace.id),
    }
