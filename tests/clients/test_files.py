"""Volumes and the Files API through databricks-sdk."""

import contextlib
import http.client
import io
import urllib.request

import psutil
import pytest
from databricks.sdk.errors import AlreadyExists, BadRequest, NotFound
from databricks.sdk.service.catalog import VolumeType


@pytest.fixture
def volume(w):
    w.volumes.create(catalog_name="main", schema_name="default", name="raw", volume_type=VolumeType.MANAGED)
    return "/Volumes/main/default/raw"


def test_a_file_comes_back_as_it_went_in(w, volume):
    w.files.upload(f"{volume}/a/b.bin", io.BytesIO(b"\x00\xffbytes"))

    assert w.files.download(f"{volume}/a/b.bin").contents.read() == b"\x00\xffbytes"


def test_a_file_of_60_megabytes_goes_through_the_upload_in_parts(w, volume):
    body = bytes(60 * 1024 * 1024)

    w.files.upload(f"{volume}/big.bin", io.BytesIO(body))

    assert w.files.get_metadata(f"{volume}/big.bin").content_length == len(body)


def test_an_upload_in_parts_keeps_the_order_of_the_bytes(w, volume):
    body = b"".join(bytes([number]) * 1024 * 1024 for number in range(60))

    w.files.upload(f"{volume}/big.bin", io.BytesIO(body))

    assert w.files.download(f"{volume}/big.bin").contents.read() == body


@pytest.fixture
def parts(w, volume):
    """An upload of `x.bin` begun, and a way to send its parts."""
    path = f"{volume}/x.bin"
    begun = w.api_client.do("POST", f"/api/2.0/fs/files{path}", query={"action": "initiate-upload"})
    told = {"path": path, "session_token": begun["multipart_upload"]["session_token"]}

    def send(number, content):
        asked = told | {"start_part_number": number, "count": 1}
        (url,) = w.api_client.do("POST", "/api/2.0/fs/create-upload-part-urls", body=asked)["upload_part_urls"]
        with urllib.request.urlopen(urllib.request.Request(url["url"], content, method="PUT"), timeout=30) as answer:
            return {"part_number": number, "etag": answer.headers["ETag"]}

    def complete(sent):
        query = {"action": "complete-upload", "upload_type": "multipart", "session_token": told["session_token"]}
        return w.api_client.do("POST", f"/api/2.0/fs/files{path}", query=query, body={"parts": sent})

    return path, told, send, complete


def test_parts_are_put_together_when_the_upload_is_completed_and_not_before(w, parts):
    path, _, send, complete = parts
    second, first = send(2, b"world"), send(1, b"hello ")
    with pytest.raises(NotFound):
        w.files.get_metadata(path)

    complete([first, second])

    assert w.files.download(path).contents.read() == b"hello world"


@pytest.mark.parametrize(
    "wrong",
    [
        lambda _: [],
        lambda sent: [sent | {"etag": "0" * 32}],
        lambda sent: [sent | {"part_number": 2}],
        lambda sent: [sent, sent],
    ],
)
def test_an_upload_with_wrong_parts_is_not_completed(w, parts, wrong):
    path, _, send, complete = parts
    sent = send(1, b"x")

    with pytest.raises(BadRequest):
        complete(wrong(sent))
    with pytest.raises(NotFound):
        w.files.get_metadata(path)


def test_an_upload_that_was_given_up_is_gone(w, parts):
    _, told, send, complete = parts
    sent = send(1, b"x")

    url = w.api_client.do("POST", "/api/2.0/fs/create-abort-upload-url", body=told)["abort_upload_url"]["url"]
    urllib.request.urlopen(urllib.request.Request(url, method="DELETE"), timeout=30).close()

    with pytest.raises(NotFound, match="given up"):
        complete([sent])


def test_an_upload_in_parts_keeps_an_existing_file_unless_overwriting_is_asked_for(w, volume):
    w.files.upload(f"{volume}/a.txt", io.BytesIO(b"old"))

    with pytest.raises(AlreadyExists):
        w.api_client.do("POST", f"/api/2.0/fs/files{volume}/a.txt", query={"action": "initiate-upload"})


def test_a_directory_lists_files_and_directories_with_their_sizes(w, volume):
    w.files.upload(f"{volume}/dir/a.txt", io.BytesIO(b"abc"))
    w.files.create_directory(f"{volume}/dir/sub")

    listed = {
        entry.name: (entry.is_directory, entry.file_size) for entry in w.files.list_directory_contents(f"{volume}/dir")
    }
    assert listed == {"a.txt": (False, 3), "sub": (True, None)}


def test_an_existing_file_is_kept_unless_overwriting_is_asked_for(w, volume):
    w.files.upload(f"{volume}/a.txt", io.BytesIO(b"old"))

    with pytest.raises(AlreadyExists):
        w.files.upload(f"{volume}/a.txt", io.BytesIO(b"new"), overwrite=False)
    assert w.files.download(f"{volume}/a.txt").contents.read() == b"old"


def test_a_deleted_file_is_gone(w, volume):
    w.files.upload(f"{volume}/a.txt", io.BytesIO(b"x"))

    w.files.delete(f"{volume}/a.txt")

    with pytest.raises(NotFound):
        w.files.download(f"{volume}/a.txt")


def test_a_directory_with_files_is_not_deleted(w, volume):
    w.files.upload(f"{volume}/dir/a.txt", io.BytesIO(b"x"))

    with pytest.raises(BadRequest, match="not empty"):
        w.files.delete_directory(f"{volume}/dir")


def test_a_volume_that_does_not_exist_is_not_found(w):
    with pytest.raises(NotFound, match=r"main\.default\.nope"):
        w.files.upload("/Volumes/main/default/nope/a.txt", io.BytesIO(b"x"))


@pytest.mark.parametrize("trick", ["../x", "a/%2e%2e/x", "a/%252e%252e/x", "a\\..\\x", "%00"])
def test_a_path_that_leads_elsewhere_is_refused(w, volume, trick):
    with pytest.raises((BadRequest, NotFound)):
        w.api_client.do("PUT", f"/api/2.0/fs/files{volume}/{trick}", data=b"x")


def test_volumes_of_two_workspaces_are_apart(w, volume, other):
    with pytest.raises(NotFound):
        list(other.files.list_directory_contents(volume))


def ranged(server, workspace, path, range_header=None, method="GET"):
    headers = {"Authorization": f"Bearer {workspace['token']}"} | ({"Range": range_header} if range_header else {})
    request = urllib.request.Request(f"{server.host}/api/2.0/fs/files{path}", headers=headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, answer.headers, answer.read()


def test_a_range_gives_just_those_bytes(server, workspace, w, volume):
    w.files.upload(f"{volume}/a.bin", io.BytesIO(b"0123456789"))

    status, headers, content = ranged(server, workspace, f"{volume}/a.bin", "bytes=2-4")

    assert (status, content, headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")


def test_head_tells_size_type_and_time_without_the_bytes(server, workspace, w, volume):
    w.files.upload(f"{volume}/a.txt", io.BytesIO(b"0123456789"))

    status, headers, content = ranged(server, workspace, f"{volume}/a.txt", method="HEAD")

    assert (status, headers["Content-Length"], content) == (200, "10", b"")
    assert headers["Content-Type"].startswith("text/plain")
    assert headers["Last-Modified"]


class Zeros(io.RawIOBase):
    """A gigabyte that nobody holds."""

    def __init__(self, size):
        self.left = size

    def readable(self):
        return True

    def read(self, size=-1):
        block = bytes(min(self.left, 1024 * 1024 if size < 0 else size))
        self.left -= len(block)
        return block


def test_a_gigabyte_is_streamed_in_and_out_without_being_held_in_memory(server, workspace, w, volume):
    size, process = 1024**3, psutil.Process(server.pid)
    before = process.memory_info().rss

    headers = {"Authorization": f"Bearer {workspace['token']}", "Content-Length": str(size)}
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as connection:
        connection.request("PUT", f"/api/2.0/fs/files{volume}/big.bin", Zeros(size), headers)
        assert connection.getresponse().status == 204
    grown = process.memory_info().rss - before
    held = ranged(server, workspace, f"{volume}/big.bin", f"bytes={size - 3}-")[2]
    w.files.delete(f"{volume}/big.bin")

    assert grown < 100 * 1024 * 1024
    assert held == bytes(3)
