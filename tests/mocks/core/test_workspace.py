import pytest

from mocks.core.errors import AlreadyExists, InvalidParameterValue
from mocks.core.settings import Settings
from mocks.core.wire import Wire
from mocks.core.workspace import Workspaces


class Thing(Wire):
    value: int


@pytest.fixture
def settings(tmp_path):
    return Settings(data=tmp_path, host="http://127.0.0.1:1", token="dapi" + "1" * 32, control_token="c" * 32)


@pytest.fixture
def workspaces(settings):
    opened = Workspaces(settings)
    yield opened
    opened.close()


def test_two_workspaces_do_not_see_each_others_records(workspaces):
    one, two = workspaces.create("one"), workspaces.create("two")
    one.collection("things", Thing, "Thing").create("a", Thing(value=1))

    assert two.collection("things", Thing, "Thing").find("a") is None


def test_a_token_opens_its_own_workspace_and_an_unknown_one_none(workspaces):
    one = workspaces.create("one")

    assert workspaces.opened_by(one.token) is one
    assert workspaces.opened_by("dapi" + "0" * 32) is None


def test_a_dropped_workspace_takes_its_token_and_its_files_along(workspaces):
    one = workspaces.create("one")

    workspaces.drop("one")

    assert workspaces.opened_by(one.token) is None
    assert not one.folder.exists()


def test_a_reset_workspace_is_empty_and_keeps_its_token(workspaces):
    one = workspaces.create("one")
    one.collection("things", Thing, "Thing").create("a", Thing(value=1))

    fresh = workspaces.reset("one")

    assert fresh.token == one.token
    assert fresh.collection("things", Thing, "Thing").all() == []


def test_workspaces_are_there_after_a_restart(workspaces, settings):
    token = workspaces.create("one").token

    again = Workspaces(settings)

    assert again.opened_by(token).name == "one"
    again.close()


@pytest.mark.parametrize("name", ["", "..", "a/b", "A", "x" * 64, "-a"])
def test_a_name_that_could_be_a_path_is_refused(workspaces, name):
    if name:
        with pytest.raises(InvalidParameterValue):
            workspaces.create(name)


def test_a_name_is_taken_once(workspaces):
    workspaces.create("one")

    with pytest.raises(AlreadyExists):
        workspaces.create("one")


def test_an_engine_is_built_once_however_many_ask(workspaces):
    class Engine:
        def __init__(self, workspace):
            self.workspace = workspace

    one = workspaces.create("one")

    assert one.engine(Engine) is one.engine(Engine)
    assert one.engine(Engine).workspace is one
