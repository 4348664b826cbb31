"""Files of volumes as tables: `read_files` and COPY INTO."""

import pyarrow as pa
import pytest
from pyarrow import parquet

from mocks.engines.warehouse.sql_warehouse import SqlError

VOLUME = "/Volumes/main/default/raw"


@pytest.fixture
def raw(warehouse, engines):
    warehouse.run("CREATE VOLUME raw")
    folder = engines.folder / "volumes/main/default/raw"
    (folder / "sub").mkdir()
    (folder / "a.csv").write_text('id,s,d\n1,a,2024-01-02\n2,"b,c",\n')
    (folder / "sub/b.csv").write_text("id,s\n3,z\n")
    (folder / "j.json").write_text('{"a":1,"b":{"c":"x"}}\n{"a":2}\n')
    (folder / "t.txt").write_text("one\ntwo\n")
    parquet.write_table(pa.table({"n": [1, 2]}), folder / "p.parquet")
    return folder


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("'{v}/a.csv', header => true", [["1", "a", "2024-01-02", None], ["2", "b,c", None, None]]),
        ("'{v}/sub', format => 'csv'", [["id", "s", None], ["3", "z", None]]),
        (
            "'{v}/*.csv', header => true",
            [["1", "a", "2024-01-02", None], ["2", "b,c", None, None], ["3", "z", None, None]],
        ),
        ("'{v}/j.json'", [["1", '{"c":"x"}', None], ["2", None, None]]),
        ("'{v}/p.parquet'", [["1", None], ["2", None]]),
        ("'{v}/t.txt', format => 'text'", [["one"], ["two"]]),
    ],
)
def test_read_files_gives_rows_of_every_format(raw, rows, source, found):
    assert rows(f"SELECT * FROM read_files({source.format(v=VOLUME)})") == found


def test_types_are_inferred_and_a_table_can_be_made_of_files(raw, warehouse):
    warehouse.run(f"CREATE TABLE t AS SELECT id, s, d FROM read_files('{VOLUME}/a.csv', header => true)")

    assert [column.type_text for column in warehouse.table("main.default.t").columns] == ["int", "string", "date"]


def test_files_are_read_by_format_and_path(raw, rows):
    assert rows(f"SELECT count(*) FROM parquet.`{VOLUME}/p.parquet`") == [["2"]]
    assert rows(f"SELECT path FROM read_files('{VOLUME}/t.txt', format => 'binaryFile')") == [[f"dbfs:{VOLUME}/t.txt"]]


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", f"{VOLUME}/nope.csv", "/Volumes/main/default/nope/a.csv", f"{VOLUME}/../../../records.sqlite"],
)
def test_what_is_no_file_of_a_volume_is_not_read(raw, warehouse, path):
    with pytest.raises(SqlError, match="PATH_NOT_FOUND"):
        warehouse.run(f"SELECT * FROM read_files('{path}', format => 'text')")


def test_copy_into_loads_each_file_once(raw, warehouse, rows):
    warehouse.run("CREATE TABLE t (id INT, s STRING, d DATE)")
    copy = f"COPY INTO t FROM '{VOLUME}/' FILEFORMAT = CSV PATTERN = '*.csv' FORMAT_OPTIONS ('header' = 'true')"

    counts = [warehouse.run(copy).rows()[0][0] for _ in range(2)]
    (raw / "c.csv").write_text("id,s\n4,new\n")
    counts.append(warehouse.run(copy).rows()[0][0])

    assert counts == ["3", "0", "1"]
    assert rows("SELECT id, s FROM t ORDER BY id") == [["1", "a"], ["2", "b,c"], ["3", "z"], ["4", "new"]]
    assert rows("DESCRIBE HISTORY t")[0][4] == "COPY INTO"


def test_copy_into_refuses_columns_that_the_table_has_not_and_loads_nothing(raw, warehouse, rows):
    warehouse.run("CREATE TABLE t (id INT)")

    with pytest.raises(SqlError, match="COPY_INTO_SCHEMA_MISMATCH"):
        warehouse.run(f"COPY INTO t FROM '{VOLUME}/j.json' FILEFORMAT = JSON")
    assert rows("SELECT count(*) FROM t") == [["0"]]
