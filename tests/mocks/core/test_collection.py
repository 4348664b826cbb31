from concurrent.futures import ThreadPoolExecutor

import pytest

from mocks.core.collection import Collection, Records
from mocks.core.errors import AlreadyExists, ResourceDoesNotExist
from mocks.core.wire import Wire


class Note(Wire):
    text: str
    count: int = 0


@pytest.fixture
def file(tmp_path):
    return tmp_path / "records.sqlite"


@pytest.fixture
def notes(file):
    records = Records(file)
    yield Collection(records, "notes", Note, "Note")
    records.close()


def test_a_record_is_there_after_the_file_is_opened_again(notes, file):
    notes.create("a", Note(text="kept"))

    assert Collection(Records(file), "notes", Note, "Note").get("a").text == "kept"


def test_a_name_is_given_once_only(notes):
    notes.create("a", Note(text="first"))

    with pytest.raises(AlreadyExists, match="Note 'a' already exists"):
        notes.create("a", Note(text="second"))
    assert notes.get("a").text == "first"


def test_what_is_missing_is_named(notes):
    with pytest.raises(ResourceDoesNotExist, match="Note 'b' does not exist"):
        notes.get("b")


def test_racing_creations_of_one_name_have_one_winner(notes):
    def create(number):
        try:
            return notes.create("a", Note(text=str(number)))
        except AlreadyExists:
            return None

    with ThreadPoolExecutor(16) as threads:
        won = [note for note in threads.map(create, range(200)) if note]

    assert [note.text for note in won] == [notes.get("a").text]


def test_racing_updates_are_all_counted(notes):
    notes.create("a", Note(text="x"))

    with ThreadPoolExecutor(16) as threads:
        list(threads.map(lambda _: notes.update("a", lambda n: Note(text=n.text, count=n.count + 1)), range(200)))

    assert notes.get("a").count == 200


def test_records_come_in_the_order_of_their_keys_and_by_prefix(notes):
    for key in ("main.b", "main.a", "other.c", "main_x"):
        notes.create(key, Note(text=key))

    assert [note.text for note in notes.all("main.")] == ["main.a", "main.b"]
