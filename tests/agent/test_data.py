import csv
import hashlib
import json
import re

from agent import golden
from agent.space import FILE

DATA = FILE.parent
SPACE = json.loads(FILE.read_text())
TABLES = {table["identifier"].rpartition(".")[2]: table for table in SPACE["data_sources"]["tables"]}


def header(table):
    with (DATA / "tables" / f"{table}.csv").open(newline="") as source:
        return next(csv.reader(source))


def identified(value):
    if isinstance(value, dict):
        yield from [value["id"]] if "id" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from identified(item)


def test_the_documents_are_those_of_the_reference_world():
    manifest = json.loads((DATA / "manifest.json").read_text())
    kept = {path: sha for path, sha in manifest.items() if path.startswith(("sharepoint/", "tables/"))}

    assert len(kept) == 89
    for path, sha in kept.items():
        assert hashlib.sha256((DATA / path).read_bytes()).hexdigest() == sha, path


def test_every_question_is_read():
    questions = golden.load()

    assert len(questions) == 73
    assert all(question.turns and question.text for question in questions)


def test_the_space_describes_every_column_of_every_table():
    for name, table in TABLES.items():
        assert sorted(header(name)) == [column["column_name"] for column in table["column_configs"]]
    assert set(TABLES) == {file.stem for file in (DATA / "tables").glob("*.csv")}


def test_the_ids_of_the_space_are_unique_and_of_the_form_that_databricks_wants():
    ids = list(identified(SPACE))

    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[0-9a-f]{32}", one) for one in ids)


def test_the_lists_of_the_space_are_sorted_as_databricks_wants():
    instructions = SPACE["instructions"]
    for items in (instructions["join_specs"], instructions["example_question_sqls"], SPACE["benchmarks"]["questions"]):
        assert [item["id"] for item in items] == sorted(item["id"] for item in items)
    assert list(TABLES) == sorted(TABLES)


def test_joins_name_columns_that_exist():
    for join in SPACE["instructions"]["join_specs"]:
        aliases = {join[side]["alias"]: join[side]["identifier"].rpartition(".")[2] for side in ("left", "right")}
        for alias, column in re.findall(r"(\w+)\.(\w+)", join["sql"][0]):
            assert column in header(aliases[alias])


def test_no_example_query_of_the_space_is_a_golden_question():
    asked = {" ".join(turn.lower().split()).rstrip("?. ") for question in golden.load() for turn in question.turns}
    told = [text for example in SPACE["instructions"]["example_question_sqls"] for text in example["question"]]

    assert not asked & {" ".join(text.lower().split()).rstrip("?. ") for text in told}
