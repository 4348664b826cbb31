"""Who may query an endpoint, and how often."""

import pytest
import requests
from databricks.sdk.errors import (
    PermissionDenied,
)
from databricks.sdk.service.serving import (
    AiGatewayRateLimit,
    AiGatewayRateLimitRenewalPeriod,
    ServingEndpointAccessControlRequest,
    ServingEndpointPermissionLevel,
)

from tests.clients.served_models.endpoint import CODE, ask


def test_who_may_query_is_set_and_enforced_by_the_policy(w, server, workspace, client, versions, serve):
    versions(CODE.replace("VERSION", "v1"))
    endpoint = serve(100)
    told = {"user_name": "ann@x.org", "groups": [], "workspace": workspace["name"]}
    ann = client(server.control("POST", "/_sandbox/principals", told)["token"])
    server.control("PUT", "/_sandbox/policy", {"grants": "on", "workspace": workspace["name"]})
    with pytest.raises(PermissionDenied, match="CAN_QUERY"):
        ask(ann)

    level = ServingEndpointPermissionLevel.CAN_QUERY
    access = ServingEndpointAccessControlRequest(user_name="ann@x.org", permission_level=level)
    w.serving_endpoints.update_permissions(endpoint.id, access_control_list=[access])

    assert ask(ann) == "v1:a"
    found = w.serving_endpoints.get_permissions(endpoint.id).access_control_list
    assert [(one.user_name, one.all_permissions[0].permission_level.value) for one in found][1:] == [
        ("ann@x.org", "CAN_QUERY")
    ]


def test_calls_over_the_rate_limit_are_refused_with_the_time_to_wait(w, echo):
    limit = AiGatewayRateLimit(calls=2, renewal_period=AiGatewayRateLimitRenewalPeriod.MINUTE)
    w.serving_endpoints.put_ai_gateway("echo", rate_limits=[limit])
    ask(w)
    ask(w)

    refused = requests.post(
        f"{w.config.host}/serving-endpoints/echo/invocations", json={"inputs": ["a"]}, headers=w.config.authenticate()
    )

    assert (refused.status_code, refused.json()["error_code"]) == (429, "REQUEST_LIMIT_EXCEEDED")
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    w.serving_endpoints.put_ai_gateway("echo", rate_limits=[])
    assert ask(w) in ("v1:a", "v2:a")
