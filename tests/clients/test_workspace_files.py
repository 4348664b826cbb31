"""Workspace files, notebooks and folders through databricks-sdk."""

import base64

import pytest
from databricks.sdk.errors import BadRequest, DatabricksError, NotFound, ResourceAlreadyExists
from databricks.sdk.service.workspace import ExportFormat, ImportFormat, Language, ObjectType

RAW = ImportFormat.RAW
BINARY = bytes(range(256)) + b"\r\n--\r\n\r\n"


def test_a_file_comes_back_byte_for_byte(w):
    w.workspace.upload("/Shared/a.bin", BINARY, format=RAW)

    assert w.workspace.download("/Shared/a.bin").read() == BINARY
    assert base64.b64decode(w.workspace.export("/Shared/a.bin", format=ExportFormat.RAW).content) == BINARY


def test_a_file_imported_as_json_is_the_same_as_one_sent_as_a_form(w):
    w.workspace.import_("/Shared/a.txt", content=base64.b64encode(b"hello").decode(), format=RAW)

    assert w.workspace.download("/Workspace/Shared/a.txt").read() == b"hello"
    assert w.workspace.get_status("/Shared/a.txt").object_type is ObjectType.FILE


def test_a_folder_lists_what_lies_in_it_and_nothing_deeper(w):
    w.workspace.mkdirs("/Shared/one/two")
    w.workspace.upload("/Shared/one/a.txt", b"abc", format=RAW)
    w.workspace.upload("/Shared/one/two/b.txt", b"b", format=RAW)

    listed = {found.path: (found.object_type.value, found.size) for found in w.workspace.list("/Shared/one")}
    deep = [found.path for found in w.workspace.list("/Shared/one", recursive=True)]
    assert listed == {"/Shared/one/a.txt": ("FILE", 3), "/Shared/one/two": ("DIRECTORY", None)}
    assert deep == ["/Shared/one/a.txt", "/Shared/one/two/b.txt"]


def test_the_home_of_the_owner_is_there(w):
    home = f"/Users/{w.current_user.me().user_name}"

    assert w.workspace.get_status(home).object_type is ObjectType.DIRECTORY


def test_a_python_source_becomes_a_notebook_that_begins_with_its_mark(w):
    w.workspace.upload("/Shared/n.py", b"print(1)\n")

    found = w.workspace.get_status("/Shared/n.py")
    assert (found.object_type, found.language) == (ObjectType.NOTEBOOK, Language.PYTHON)
    assert w.workspace.download("/Shared/n.py").read() == b"# Databricks notebook source\nprint(1)\n"


def test_auto_tells_notebooks_from_files_by_their_first_line(w):
    w.workspace.upload("/Shared/n.sql", b"-- Databricks notebook source\nSELECT 1", format=ImportFormat.AUTO)
    w.workspace.upload("/Shared/f.sql", b"SELECT 1", format=ImportFormat.AUTO)

    found = {one.path: one.object_type.value for one in w.workspace.list("/Shared")}
    assert found == {"/Shared/n": "NOTEBOOK", "/Shared/f.sql": "FILE"}


def test_an_existing_file_is_kept_unless_overwriting_is_asked_for(w):
    w.workspace.upload("/Shared/a.txt", b"old", format=RAW)
    number = w.workspace.get_status("/Shared/a.txt").object_id

    with pytest.raises(ResourceAlreadyExists, match=r"Path \(/Shared/a.txt\) already exists"):
        w.workspace.upload("/Shared/a.txt", b"new", format=RAW)
    assert w.workspace.download("/Shared/a.txt").read() == b"old"
    w.workspace.upload("/Shared/a.txt", b"new", format=RAW, overwrite=True)
    assert w.workspace.download("/Shared/a.txt").read() == b"new"
    assert w.workspace.get_status("/Shared/a.txt").object_id == number


def test_a_folder_with_content_is_deleted_only_recursively(w):
    w.workspace.mkdirs("/Shared/one")
    w.workspace.upload("/Shared/one/a.txt", b"x", format=RAW)

    with pytest.raises(BadRequest, match="not empty"):
        w.workspace.delete("/Shared/one")
    w.workspace.delete("/Shared/one", recursive=True)
    with pytest.raises(NotFound, match=r"Path \(/Shared/one/a.txt\) doesn't exist"):
        w.workspace.get_status("/Shared/one/a.txt")


def test_a_file_needs_its_folder(w):
    with pytest.raises(NotFound, match=r"The parent folder \(/nowhere\) does not exist"):
        w.workspace.upload("/nowhere/a.txt", b"x", format=RAW)


@pytest.mark.parametrize("path", ["relative.txt", "/Shared/../x", "/Shared/a/../../b"])
def test_a_path_that_leads_elsewhere_is_refused(w, path):
    with pytest.raises(DatabricksError, match="not an absolute path"):
        w.workspace.upload(path, b"x", format=RAW)


def test_a_source_without_a_language_is_refused_and_nothing_is_written(w):
    with pytest.raises(DatabricksError, match="language"):
        w.workspace.upload("/Shared/a.txt", b"x")

    assert list(w.workspace.list("/Shared")) == []


@pytest.mark.parametrize("form", [ImportFormat.DBC, ImportFormat.HTML])
def test_a_format_that_is_not_read_says_so(w, form):
    with pytest.raises(DatabricksError, match="is not imported here"):
        w.workspace.upload("/Shared/a", b"x", format=form)


def test_the_files_of_two_workspaces_are_apart(w, other):
    w.workspace.upload("/Shared/a.txt", b"x", format=RAW)

    assert list(other.workspace.list("/Shared")) == []


def test_the_cli_s_way_of_writing_works(w):
    w.api_client.do("POST", "/api/2.0/workspace-files/import-file/Shared/a.txt", data=b"\x00\x01")

    assert w.workspace.download("/Shared/a.txt").read() == b"\x00\x01"
