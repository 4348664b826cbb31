"""Permissions on serving endpoints and experiments."""

import pytest
from databricks.sdk import errors
from databricks.sdk.errors import InvalidParameterValue, NotFound, ResourceDoesNotExist
from databricks.sdk.service.iam import AccessControlRequest, PermissionLevel


@pytest.fixture
def experiment(w):
    made = w.api_client.do("POST", "/api/2.0/mlflow/experiments/create", body={"name": "/Shared/x"})
    return made["experiment_id"]


def given(permissions):
    return {
        one.user_name or one.group_name: one.all_permissions[0].permission_level.value
        for one in permissions.access_control_list
    }


def test_levels_are_added_and_replaced(w, experiment):
    me = w.current_user.me().user_name
    ann = AccessControlRequest(user_name="ann@x.org", permission_level=PermissionLevel.CAN_EDIT)
    team = AccessControlRequest(group_name="team", permission_level=PermissionLevel.CAN_READ)
    w.permissions.update("experiments", experiment, access_control_list=[ann])
    w.permissions.update("experiments", experiment, access_control_list=[team])
    assert given(w.permissions.get("experiments", experiment)) == {
        me: "CAN_MANAGE",
        "ann@x.org": "CAN_EDIT",
        "team": "CAN_READ",
    }

    w.permissions.set("experiments", experiment, access_control_list=[team])

    assert given(w.permissions.get("experiments", experiment)) == {me: "CAN_MANAGE", "team": "CAN_READ"}


def test_the_levels_of_an_object_are_told(w, experiment):
    levels = w.permissions.get_permission_levels("experiments", experiment).permission_levels

    assert [one.permission_level.value for one in levels] == ["CAN_READ", "CAN_EDIT", "CAN_MANAGE"]


def test_a_level_that_does_not_fit_is_refused_and_nothing_changes(w, experiment):
    told = AccessControlRequest(user_name="ann@x.org", permission_level=PermissionLevel.CAN_QUERY)

    with pytest.raises(InvalidParameterValue, match="CAN_QUERY is no level of experiments"):
        w.permissions.update("experiments", experiment, access_control_list=[told])

    assert len(w.permissions.get("experiments", experiment).access_control_list) == 1


def test_a_missing_object_and_a_kind_that_is_not_kept_are_refused(w):
    with pytest.raises((NotFound, ResourceDoesNotExist)):
        w.permissions.get("experiments", "987654321")
    with pytest.raises((NotFound, ResourceDoesNotExist)):
        w.permissions.get("serving-endpoints", "none")
    with pytest.raises(errors.NotImplemented, match="clusters"):
        w.permissions.get("clusters", "c1")
