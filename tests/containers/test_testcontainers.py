"""The container for testcontainers, as a stranger's tests use it, and Compose."""

import json
import subprocess
from pathlib import Path

import pytest

from sandbox.testing.containers import SandbricksContainer

IMAGE, ROOT = "sandbricks:test", Path(__file__).parents[2]

pytestmark = pytest.mark.container


@pytest.fixture
def seed(tmp_path):
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "t.csv").write_text("id,name\n1,a\n2,b\n")
    (tmp_path / "seed.yaml").write_text("catalog: main\nschema: shop\nvolume: v\nspaces: [{title: Shop}]\n")
    return tmp_path


def test_it_is_ready_and_seeded_when_it_has_started(image, seed, monkeypatch):
    monkeypatch.setenv("TESTCONTAINERS_RYUK_DISABLED", "true")

    with SandbricksContainer(IMAGE).with_seed(seed) as container:
        w = container.get_client()

        assert [space.title for space in w.genie.list_spaces().spaces] == ["Shop"]
        assert w.tables.get("main.shop.t").name == "t"
        assert container.get_env()["DATABRICKS_HOST"] == container.get_host()


def test_each_test_may_have_a_workspace_of_its_own_in_it(image, monkeypatch):
    monkeypatch.setenv("TESTCONTAINERS_RYUK_DISABLED", "true")

    with SandbricksContainer(IMAGE).with_token("dapi" + "a" * 32) as container:
        one, two = container.new_workspace(), container.new_workspace()
        one.client().catalogs.create("mine")

        one.assert_called("catalog.create_catalog", times=1)
        assert "mine" not in [catalog.name for catalog in two.client().catalogs.list()]
        assert container.get_client().config.token == "dapi" + "a" * 32


def test_compose_brings_it_up_healthy_and_takes_it_down(engine, image, connect, compose):
    compose("up", "--detach", "--wait")

    assert "@" in connect(f"http://127.0.0.1:{compose.port}").current_user.me().user_name


@pytest.mark.parametrize("profile", ["", "ollama", "postgres"])
def test_the_compose_file_is_valid_and_publishes_on_loopback_only(profile):
    command = ["docker", "compose", "--profile", profile, "config", "--format", "json"]

    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    services = json.loads(told)["services"]
    published = [port["host_ip"] for service in services.values() for port in service.get("ports", [])]
    assert set(published) == {"127.0.0.1"}
    assert [name for name in ("ollama", "postgres") if name in services] == ([profile] if profile else [])
