import os

import psutil
import pytest

from sandbox.errors import SandboxError
from sandbox.state import DataDirectory, Instance


@pytest.fixture
def directory(tmp_path):
    directory = DataDirectory(tmp_path / "data")
    directory.prepare()
    return directory


def instance(pid, started):
    return Instance(pid, started, "http://127.0.0.1:1", 1, "0", "/", True)


def test_tokens_stay_the_same(directory):
    before = directory.token(), directory.control_token()

    directory.prepare()

    assert (directory.token(), directory.control_token()) == before
    assert directory.token().startswith("dapi")


def test_only_one_holds_the_folder(directory):
    first = directory.lock()

    assert directory.lock() is None
    os.close(first)
    assert not directory.held()


def test_a_later_process_of_the_same_pid_is_another(directory):
    ourselves = psutil.Process()

    assert instance(ourselves.pid, ourselves.create_time()).alive()
    assert not instance(ourselves.pid, ourselves.create_time() - 60).alive()


def test_an_instance_without_its_lock_does_not_run(directory):
    ourselves = psutil.Process()
    directory.note(instance(ourselves.pid, ourselves.create_time()))
    descriptor = directory.lock()

    running = directory.running()
    os.close(descriptor)

    assert running is not None
    assert directory.running() is None


def test_a_note_that_is_damaged_is_none(directory):
    (directory.home / "instance.json").write_text('{"pid": 1')

    assert directory.noted() is None


def test_only_a_folder_of_ours_can_be_forgotten(directory, tmp_path):
    with pytest.raises(SandboxError, match="nothing was removed"):
        DataDirectory(tmp_path).forget()

    directory.forget()

    assert not directory.home.exists()


def test_a_folder_in_use_is_not_forgotten(directory):
    descriptor = directory.lock()

    with pytest.raises(SandboxError, match="runs in"):
        directory.forget()
    os.close(descriptor)
