"""What MLflow's pages are told differently here."""

import json

# The assistant needs a model elsewhere and is not offered; its panel would open by itself on the first visit.
_ASSISTANT = b'<script>localStorage.setItem("mlflow.assistant.fab.autoOpenedOnFirstLoad_v1", "true")</script>'


def as_shown(path: str, content: bytes) -> bytes:
    """The page or the answer as the sandbox shows it."""
    if path.endswith("/server-info"):  # they are told that there are no workspaces: theirs is chosen by the session
        return json.dumps(json.loads(content) | {"workspaces_enabled": False}).encode()
    if path in ("/", "/index.html"):
        return content.replace(b"<head>", b"<head>" + _ASSISTANT, 1)
    return content
