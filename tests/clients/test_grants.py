"""Grants of Unity Catalog: kept, inherited, and enforced for further principals when the workspace's policy says so."""

import io

import pytest
from databricks.sdk.errors import BadRequest, NotFound, PermissionDenied
from databricks.sdk.service.catalog import PermissionsChange, Privilege, VolumeType

USE = "GRANT USE CATALOG ON CATALOG main TO readers", "GRANT USE SCHEMA ON SCHEMA main.default TO readers"


@pytest.fixture
def run(w, runner):
    run = runner(w)
    run("CREATE TABLE orders AS SELECT 1 AS n")
    return run


def change(w, kind, name, principal, add=(), remove=()):
    told = PermissionsChange(principal=principal, add=list(add), remove=list(remove))
    return w.grants.update(kind, name, changes=[told])


def test_grants_are_kept_and_shown(w, run):
    change(w, "table", "main.default.orders", "ann@x.org", [Privilege.SELECT, Privilege.MODIFY])
    change(w, "table", "main.default.orders", "ann@x.org", remove=[Privilege.MODIFY])

    (found,) = w.grants.get("table", "main.default.orders").privilege_assignments
    assert (found.principal, found.privileges) == ("ann@x.org", [Privilege.SELECT])


def test_effective_grants_say_where_they_come_from(w, run):
    change(w, "schema", "main.default", "readers", [Privilege.SELECT])

    (found,) = w.grants.get_effective("table", "main.default.orders", principal="readers").privilege_assignments

    (privilege,) = found.privileges
    assert (privilege.privilege, privilege.inherited_from_type.value, privilege.inherited_from_name) == (
        *(Privilege.SELECT, "SCHEMA", "main.default"),
    )


def test_sql_grants_revokes_and_shows(w, run):
    run("GRANT SELECT, MODIFY ON TABLE orders TO `ann@x.org`")
    run("GRANT USE SCHEMA ON SCHEMA default TO ann@x.org")
    run("REVOKE MODIFY ON orders FROM `ann@x.org`")

    assert run("SHOW GRANTS `ann@x.org` ON TABLE orders") == [
        ["ann@x.org", "SELECT", "TABLE", "main.default.orders"],
        ["ann@x.org", "USE SCHEMA", "SCHEMA", "main.default"],
    ]
    query = "SELECT grantee, privilege_type FROM information_schema.table_privileges WHERE table_name = 'orders'"
    assert run(query) == [["ann@x.org", "SELECT"]]


def test_a_privilege_that_does_not_fit_the_thing_is_refused_and_nothing_changes(w, run):
    with pytest.raises(BadRequest, match="Privilege EXECUTE is not applicable to a Table"):
        change(w, "table", "main.default.orders", "ann@x.org", [Privilege.SELECT, Privilege.EXECUTE])
    with pytest.raises(NotFound):
        change(w, "table", "main.default.nope", "ann@x.org", [Privilege.SELECT])

    assert not w.grants.get("table", "main.default.orders").privilege_assignments


def test_without_a_policy_everybody_may_everything(run, as_ann):
    assert as_ann("SELECT * FROM orders") == [["1"]]


def test_the_policy_log_lets_everything_through(policy, run, as_ann):
    policy("log")

    assert as_ann("SELECT * FROM orders") == [["1"]]


def test_a_refusal_names_the_grant_that_is_missing_until_all_are_there(policy, run, as_ann):
    policy("on")
    missing = []
    for grant in (*USE, "GRANT SELECT ON TABLE orders TO readers"):
        missing.append(as_ann("SELECT * FROM orders"))
        run(grant)

    begin = "[INSUFFICIENT_PERMISSIONS] Insufficient privileges: User does not have USE CATALOG on Catalog 'main'."
    assert missing[0].startswith(begin)
    assert "User does not have USE SCHEMA on Schema 'main.default'." in missing[1]
    assert "User does not have SELECT on Table 'main.default.orders'." in missing[2]
    assert as_ann("SELECT * FROM orders") == [["1"]]


def test_what_is_granted_on_a_catalog_holds_below(policy, run, as_ann):
    policy("on")
    run("GRANT USE CATALOG, USE SCHEMA, SELECT ON CATALOG main TO readers")

    assert as_ann("SELECT * FROM orders") == [["1"]]
    assert "MODIFY on Table" in as_ann("INSERT INTO orders VALUES (2)")
    assert run("SELECT count(*) FROM orders") == [["1"]]


@pytest.mark.parametrize(
    ("statement", "missing"),
    [
        ("DELETE FROM orders", "MODIFY on Table"),
        ("DROP TABLE orders", "MANAGE on Table"),
        ("ALTER TABLE orders ADD COLUMN x INT", "MODIFY on Table"),
        ("CREATE TABLE mine (a INT)", "CREATE TABLE on Schema"),
        ("CREATE VIEW mine AS SELECT 1 AS a", "CREATE TABLE on Schema"),
        ("CREATE SCHEMA mine", "CREATE SCHEMA on Catalog"),
        ("CREATE CATALOG mine", "CREATE CATALOG on the metastore"),
        ("CREATE VOLUME mine", "CREATE VOLUME on Schema"),
        ("CREATE FUNCTION f() RETURNS INT RETURN 1", "CREATE FUNCTION on Schema"),
        ("DROP SCHEMA default CASCADE", "MANAGE on Schema"),
        ("GRANT SELECT ON TABLE orders TO ann", "MANAGE on Table"),
        ("DESCRIBE TABLE orders", "SELECT on Table"),
    ],
)
def test_every_statement_needs_its_privilege(policy, run, as_ann, statement, missing):
    policy("on")
    for grant in USE:
        run(grant)

    assert f"User does not have {missing}" in as_ann(statement)


def test_who_makes_a_thing_owns_it_and_may_pass_it_on(policy, run, as_ann, ann):
    policy("on")
    for grant in (*USE, "GRANT CREATE TABLE ON SCHEMA default TO readers"):
        run(grant)

    assert as_ann("CREATE TABLE mine AS SELECT 5 AS n") == []
    assert as_ann("SELECT * FROM mine") == [["5"]]
    assert as_ann("GRANT SELECT ON TABLE mine TO bob") == []
    assert ann.tables.get("main.default.mine").owner == "ann@x.org"


def test_rest_refuses_and_hides_what_is_not_granted(policy, run, ann):
    policy("on")

    with pytest.raises(PermissionDenied, match=r"any privilege on Table 'main.default.orders'"):
        ann.tables.get("main.default.orders")
    with pytest.raises(PermissionDenied, match=r"CREATE SCHEMA|USE CATALOG"):
        ann.schemas.create(name="mine", catalog_name="main")
    assert list(ann.tables.list("main", "default")) == []


def test_the_information_schema_shows_what_the_caller_may_know(policy, run, as_ann):
    run("CREATE TABLE secret AS SELECT 2 AS n")
    run("CREATE VIEW seen AS SELECT table_name FROM information_schema.tables")
    policy("on")
    for grant in (*USE, "GRANT SELECT ON TABLE orders TO readers", "GRANT SELECT ON VIEW seen TO readers"):
        run(grant)
    tables = "SELECT table_name FROM {0}.tables WHERE table_schema = 'default' ORDER BY 1"

    assert as_ann(tables.format("information_schema")) == [["orders"], ["seen"]]
    assert as_ann(tables.format("system.information_schema")) == [["orders"], ["seen"]]
    assert as_ann("SELECT DISTINCT table_name FROM information_schema.columns ORDER BY 1") == [["orders"], ["seen"]]
    assert as_ann("SELECT * FROM seen ORDER BY 1") == [["orders"], ["seen"]]
    assert len(run(tables.format("information_schema"))) == 3


def test_show_and_describe_tell_nothing_of_what_is_not_granted(policy, run, as_ann):
    run("CREATE VIEW hidden AS SELECT 1 AS n")
    run("CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2")
    policy("on")
    for grant in USE:
        run(grant)

    for statement in ("SHOW TABLES", "SHOW VIEWS", "SHOW FUNCTIONS"):
        assert as_ann(statement) == []
    for statement in ("SHOW COLUMNS IN orders", "DESCRIBE FUNCTION twice"):
        assert "User does not have any privilege on" in as_ann(statement)
    assert as_ann("SHOW SCHEMAS") == [["default"]]


def test_volumes_are_read_and_written_by_their_own_privileges(policy, w, run, ann):
    w.volumes.create(catalog_name="main", schema_name="default", name="raw", volume_type=VolumeType.MANAGED)
    w.files.upload("/Volumes/main/default/raw/a.txt", io.BytesIO(b"x"))
    policy("on")
    for grant in (*USE, "GRANT READ VOLUME ON VOLUME raw TO readers"):
        run(grant)

    assert ann.files.download("/Volumes/main/default/raw/a.txt").contents.read() == b"x"
    with pytest.raises(PermissionDenied, match=r"WRITE VOLUME on Volume 'main.default.raw'"):
        ann.files.upload("/Volumes/main/default/raw/b.txt", io.BytesIO(b"y"))


def test_a_function_needs_execute(policy, run, as_ann):
    run("CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2")
    policy("on")
    for grant in USE:
        run(grant)
    refused = as_ann("SELECT twice(2)")

    run("GRANT EXECUTE ON FUNCTION twice TO readers")

    assert "EXECUTE on Function 'main.default.twice'" in refused
    assert as_ann("SELECT twice(2)") == [["4"]]


def test_the_managed_servers_list_only_what_the_caller_may_know(policy, run, ann):
    run("CREATE FUNCTION twice(x INT) RETURNS INT RETURN x * 2")
    policy("on")
    for grant in USE:
        run(grant)
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    listed = lambda: ann.api_client.do("POST", "/api/2.0/mcp/functions/main/default", body=asked)["result"]["tools"]  # noqa: E731
    before = listed()

    run("GRANT EXECUTE ON FUNCTION twice TO readers")

    assert (before, [tool["name"] for tool in listed()]) == ([], ["main__default__twice"])


def test_a_dropped_table_takes_its_grants_along_and_a_renamed_one_keeps_them(w, run):
    run("GRANT SELECT ON TABLE orders TO ann")
    run("ALTER TABLE orders RENAME TO old")
    kept = w.grants.get("table", "main.default.old").privilege_assignments

    run("DROP TABLE old")
    run("CREATE TABLE old AS SELECT 1 AS n")

    assert [found.principal for found in kept] == ["ann"]
    assert not w.grants.get("table", "main.default.old").privilege_assignments


def test_a_colleague_is_somebody_else_with_groups(ann):
    me = ann.current_user.me()

    assert me.user_name == "ann@x.org"
    assert "readers" in [group.display for group in me.groups]


def test_a_reset_workspace_forgets_its_principals(server, workspace, ann):
    server.control("POST", "/_sandbox/reset", {"workspace": workspace["name"]})

    with pytest.raises(Exception, match="unknown to this sandbox"):
        ann.current_user.me()


def test_models_are_seen_and_made_by_those_who_may_use_their_schema(policy, w, ann, run):
    w.registered_models.create(catalog_name="main", schema_name="default", name="m")
    policy("on")
    assert list(ann.registered_models.list()) == []
    with pytest.raises(PermissionDenied, match="USE CATALOG on Catalog 'main'"):
        ann.registered_models.get("main.default.m")

    run("GRANT USE CATALOG, USE SCHEMA, EXECUTE ON CATALOG main TO readers")

    assert ann.registered_models.get("main.default.m").name == "m"
    with pytest.raises(PermissionDenied, match=r"CREATE MODEL on Schema 'main.default'"):
        ann.registered_models.create(catalog_name="main", schema_name="default", name="other")
    with pytest.raises(PermissionDenied, match=r"MANAGE on Schema 'main.default'"):
        ann.registered_models.delete("main.default.m")


def test_the_files_of_a_model_need_the_same_grant(policy, w, ann, run):
    w.files.upload("/Models/main/default/m/1/MLmodel", io.BytesIO(b"x"))
    policy("on")
    run("GRANT USE CATALOG, USE SCHEMA ON CATALOG main TO readers")

    with pytest.raises(PermissionDenied, match=r"EXECUTE on Schema 'main.default'"):
        ann.files.download("/Models/main/default/m/1/MLmodel")


def test_prompts_need_grants_on_their_schema(policy, w, ann, run):
    path = "/api/2.0/mlflow/unity-catalog/prompts"
    told = {"name": "main.default.p", "prompt": {"name": "main.default.p"}}
    w.api_client.do("POST", path, body=told)
    policy("on")
    run("GRANT USE CATALOG, USE SCHEMA ON CATALOG main TO readers")

    with pytest.raises(PermissionDenied, match=r"EXECUTE on Schema 'main.default'"):
        ann.api_client.do("GET", f"{path}/main.default.p")
    with pytest.raises(PermissionDenied, match=r"CREATE FUNCTION on Schema 'main.default'"):
        ann.api_client.do("POST", path, body=told | {"name": "main.default.q"})
