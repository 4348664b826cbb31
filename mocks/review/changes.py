"""When something changed, and which fields a change may touch."""

from datetime import UTC, datetime

from mocks.core.errors import InvalidParameterValue
from mocks.core.workspace import Workspace


def moment(workspace: Workspace) -> str:
    """Now, by the workspace's clock: RFC 3339 in UTC."""
    return datetime.fromtimestamp(workspace.now_ms() / 1000, UTC).isoformat().replace("+00:00", "Z")


def masked(mask: str | None, known: tuple[str, ...]) -> list[str]:
    """The fields that an `update_mask` names.

    Raises: InvalidParameterValue
    """
    fields = [one.strip() for one in (mask or "").split(",") if one.strip()]
    if not fields or any(one not in known for one in fields):
        raise InvalidParameterValue(f"update_mask names fields among {', '.join(known)}; it is {mask!r}.")
    return fields
