"""Refusals as the SDK's exceptions."""

import pytest
from databricks.sdk.errors import BadRequest, NotFound, PermissionDenied, Unauthenticated


def test_an_unknown_api_is_endpoint_not_found_and_names_the_nearest(w):
    with pytest.raises(NotFound, match=r"POST /api/2\.0/sql/statements") as caught:
        w.api_client.do("POST", "/api/2.0/sql/statement", body={})

    assert caught.value.error_code == "ENDPOINT_NOT_FOUND"


def test_an_unknown_token_is_unauthenticated(client):
    with pytest.raises((Unauthenticated, PermissionDenied)):
        client("dapi" + "0" * 32).current_user.me()


def test_a_missing_resource_is_named(w):
    with pytest.raises(NotFound, match="nowhere"):
        w.catalogs.get("nowhere")


def test_a_field_of_the_wrong_type_is_named(w):
    with pytest.raises(BadRequest, match="statement") as caught:
        w.api_client.do("POST", "/api/2.0/sql/statements", body={"statement": 1, "warehouse_id": "x"})

    assert caught.value.error_code == "INVALID_PARAMETER_VALUE"


def test_a_good_request_leaves_no_warning_in_the_log(server, w):
    w.catalogs.create("quiet")
    w.secrets.create_scope("quiet")

    assert "UnsupportedFieldAttributeWarning" not in (server.data / "gateway.log").read_text()
