import stat

import pytest

from sandbox.profile import remove_profile, section, write_profile

OTHERS = b"; mine\r\n[DEFAULT]\r\nhost=https://x\r\n\r\n# about prod\r\n[prod]\ntoken = \xc3\xa9\n\n\n"


@pytest.fixture
def file(tmp_path):
    return tmp_path / ".databrickscfg"


@pytest.mark.parametrize("before", [OTHERS, b"", b"[a]\nhost = b", b"[a]\nhost = b\n"])
def test_writing_keeps_every_other_byte(file, before):
    file.write_bytes(before)

    write_profile(file, "http://127.0.0.1:1", "t")

    assert file.read_bytes().startswith(before)
    assert file.read_text().endswith(section("sandbricks", "http://127.0.0.1:1", "t"))


@pytest.mark.parametrize("before", [OTHERS, b"[a]\nhost = b\n"])
def test_removing_undoes_writing(file, before):
    file.write_bytes(before)

    write_profile(file, "http://127.0.0.1:1", "t")
    remove_profile(file)

    assert file.read_bytes() == before


def test_an_older_section_is_replaced_where_it_stands(file):
    file.write_text("[a]\nx = 1\n\n[sandbricks]\nhost = old\n\n# about z\n[z]\ny = 2\n")

    write_profile(file, "http://127.0.0.1:1", "t")

    new = section("sandbricks", "http://127.0.0.1:1", "t")
    assert file.read_text() == f"[a]\nx = 1\n\n{new}\n# about z\n[z]\ny = 2\n"


def test_a_new_file_is_for_its_owner_only(file):
    write_profile(file, "http://127.0.0.1:1", "t")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_linked_file_stays_a_link(file, tmp_path):
    real = tmp_path / "dotfiles"
    real.write_text("[a]\n")
    file.symlink_to(real)

    write_profile(file, "http://127.0.0.1:1", "t")

    assert file.is_symlink()
    assert "[sandbricks]" in real.read_text()


def test_the_command_asks_before_it_overwrites(shell):
    shell.run("up", "-d")
    file = shell.home / ".databrickscfg"
    file.write_text("[sandbricks]\nhost = mine\n")

    refused = shell.run("profile", "write", input="n\n")

    assert refused.returncode == 1
    assert file.read_text() == "[sandbricks]\nhost = mine\n"
    assert shell.run("profile", "write", "--yes").returncode == 0
    assert "127.0.0.1" in file.read_text()
