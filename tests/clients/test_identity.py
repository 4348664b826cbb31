"""Who am I, by token and by OAuth."""

from databricks.sdk import WorkspaceClient


def test_the_caller_is_the_principal_of_the_workspace(w, workspace):
    assert w.current_user.me().user_name == workspace["user_name"]


def test_the_workspace_id_is_a_number(w):
    assert w.get_workspace_id() > 0


def test_client_credentials_open_the_workspace_whose_token_is_the_secret(server, workspace):
    signed_in = WorkspaceClient(host=server.host, client_id="me", client_secret=workspace["token"])

    assert signed_in.current_user.me().user_name == workspace["user_name"]
