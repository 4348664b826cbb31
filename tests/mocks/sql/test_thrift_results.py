"""Rows for drivers: as columns of plain values, and as Arrow with the types that a driver can do without."""

import decimal

import pyarrow as pa
import pytest

from mocks.engines.metastore.tables import Column, Result
from mocks.engines.warehouse.column_types import SqlType
from mocks.sql.thrift_results import RowSets


@pytest.fixture
def result():
    columns = (
        *(Column("i", SqlType("INT")), Column("s", SqlType("STRING"))),
        *(Column("d", SqlType("DECIMAL", 3, 1)), Column("b", SqlType("BOOLEAN"))),
    )
    table = {"i": pa.array([1, None], pa.int32()), "s": ["x", None], "b": [True, None]}
    numbers = pa.array([decimal.Decimal("1.5"), None], pa.decimal128(3, 1))
    return Result(
        columns, pa.table([table["i"], pa.array(table["s"]), numbers, table["b"]], names=["i", "s", "d", "b"])
    )


def test_a_driver_without_arrow_gets_columns_and_a_bit_for_each_null(result):
    rows, count = RowSets(result, arrow=False, native={}).rows(0, 10)

    assert count == 2
    assert rows["columns"] == [
        {"i32Val": {"values": [1, 0], "nulls": b"\x02"}},
        {"stringVal": {"values": ["x", ""], "nulls": b"\x02"}},
        {"stringVal": {"values": ["1.5", ""], "nulls": b"\x02"}},
        {"boolVal": {"values": [True, False], "nulls": b"\x02"}},
    ]


def test_a_driver_that_cannot_read_decimals_gets_texts(result):
    told = RowSets(result, arrow=True, native={"decimalAsArrow": False}).metadata()

    schema = pa.ipc.read_schema(pa.py_buffer(told["arrowSchema"]))
    assert [str(field.type) for field in schema] == ["int32", "string", "string", "bool"]


def test_rows_are_cut_from_a_position_on(result):
    rows, count = RowSets(result, arrow=True, native={}).rows(1, 10)

    assert (rows["startRowOffset"], count, rows["arrowBatches"][0]["rowCount"]) == (1, 1, 1)
