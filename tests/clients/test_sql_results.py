"""The forms of a result: types, limits, chunks, links; external links as any HTTP client fetches them."""

import base64
import csv
import io
import json
import urllib.request

import pyarrow as pa
from databricks.sdk.service.sql import (
    Disposition,
    Format,
)


def fetch(link):
    with urllib.request.urlopen(link, timeout=30) as answer:
        return answer.read()


def test_values_are_strings_and_types_carry_the_names_of_databricks(run):
    answer = run(
        "SELECT 1 AS i, 3000000000 AS l, 1.5 AS d, true AS b, DATE'2024-01-02' AS dt, NULL AS n, array(1) AS a"
    )

    assert answer.result.data_array == [["1", "3000000000", "1.5", "true", "2024-01-02", None, "[1]"]]
    assert [c.type_text for c in answer.manifest.schema.columns] == [
        *("INT", "BIGINT", "DECIMAL(2,1)", "BOOLEAN", "DATE", "VOID", "ARRAY<INT>")
    ]


def test_a_timestamp_is_written_in_utc_with_milliseconds(run):
    assert run("SELECT TIMESTAMP'2024-01-01 10:20:30.5'").result.data_array == [["2024-01-01T10:20:30.500Z"]]


def test_a_sum_of_integers_is_a_long(run):
    answer = run("SELECT sum(id), count(*) FROM range(4)")

    assert answer.result.data_array == [["6", "4"]]
    assert [c.type_name.value for c in answer.manifest.schema.columns] == ["LONG", "LONG"]


def test_a_row_limit_cuts_and_says_so(run):
    answer = run("SELECT id FROM range(10) ORDER BY id", row_limit=3)

    assert answer.result.data_array == [["0"], ["1"], ["2"]]
    assert answer.manifest.truncated


def test_a_byte_limit_cuts_and_says_so(run):
    answer = run("SELECT id FROM range(1000)", byte_limit=800)

    assert answer.manifest.truncated
    assert 0 < answer.manifest.total_row_count <= 100
    assert answer.manifest.total_byte_count <= 800


def test_an_empty_result_has_its_columns(run):
    answer = run("SELECT 1 AS a WHERE false")

    assert [c.name for c in answer.manifest.schema.columns] == ["a"]
    assert (answer.manifest.total_row_count, answer.result.data_array) == (0, [])


def test_a_long_inline_result_comes_in_chunks(w, run):
    answer = run("SELECT id FROM range(120000) ORDER BY id")

    second = w.statement_execution.get_statement_result_chunk_n(answer.statement_id, answer.result.next_chunk_index)
    assert (answer.manifest.total_chunk_count, answer.manifest.total_row_count) == (3, 120000)
    assert second.data_array[0] == [str(second.row_offset)]


def test_external_links_need_no_token_and_hold_all_rows(w, run):
    answer = run("SELECT id FROM range(60000) ORDER BY id", disposition=Disposition.EXTERNAL_LINKS)

    links = answer.result.external_links
    links += w.statement_execution.get_statement_result_chunk_n(
        answer.statement_id, links[0].next_chunk_index
    ).external_links
    values = [row for link in links for row in json.loads(fetch(link.external_link))]
    assert values == [[str(number)] for number in range(60000)]


def test_arrow_comes_by_external_link(run):
    answer = run(
        "SELECT sum(id) AS s, 'x' AS t FROM range(3)",
        disposition=Disposition.EXTERNAL_LINKS,
        format=Format.ARROW_STREAM,
    )

    table = pa.ipc.open_stream(fetch(answer.result.external_links[0].external_link)).read_all()
    assert table.to_pylist() == [{"s": 3, "t": "x"}]
    assert table.schema.field("s").type == pa.int64()


def test_arrow_comes_inline_as_an_attachment(w, warehouse):
    body = {"statement": "SELECT 1 AS a", "warehouse_id": warehouse, "format": "ARROW_STREAM", "disposition": "INLINE"}

    answer = w.api_client.do("POST", "/api/2.0/sql/statements", body=body)

    stream = base64.b64decode(answer["result"]["attachment"])
    assert pa.ipc.open_stream(stream).read_all().to_pylist() == [{"a": 1}]


def test_csv_has_a_header_and_the_word_null(run):
    answer = run("SELECT 'a,b' AS x, NULL AS y", disposition=Disposition.EXTERNAL_LINKS, format=Format.CSV)

    text = fetch(answer.result.external_links[0].external_link).decode()
    assert list(csv.reader(io.StringIO(text))) == [["x", "y"], ["a,b", "null"]]
