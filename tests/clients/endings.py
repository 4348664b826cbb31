"""Waiting for what is under way on an endpoint."""

import time

from databricks.sdk.service.serving import EndpointStateConfigUpdate


def ended(w, update):
    """The endpoint after the update; looks more often than the client, which pauses for seconds between its looks."""
    while w.serving_endpoints.get(update.bind()["name"]).state.config_update is EndpointStateConfigUpdate.IN_PROGRESS:
        time.sleep(0.5)
    return update.result()
