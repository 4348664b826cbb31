"""The SQLAlchemy dialect of Databricks, and pandas over it."""

import datetime
import decimal
import os

import pandas as pd
import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    create_engine,
    insert,
    inspect,
    select,
)


@pytest.fixture(scope="module")
def engine(w, host, schema):
    path = next(iter(w.warehouses.list())).odbc_params.path
    catalog, _, name = schema.partition(".")
    address = host.rpartition("/")[2]
    url = f"databricks://token:{os.environ['DATABRICKS_TOKEN']}@{address}?http_path={path}&catalog={catalog}&schema={name}"
    made = create_engine(url, connect_args={"_connection_uri": f"{host}{path}", "enable_telemetry": False})
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def items(engine):
    columns = Column("id", BigInteger, primary_key=True), Column("name", String), Column("price", Numeric(10, 2))
    table = Table("items", MetaData(), *columns, Column("stock", Integer))
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        rows = [{"id": n, "name": f"item {n}", "price": decimal.Decimal("1.50") * n, "stock": None} for n in (1, 2, 3)]
        connection.execute(insert(table), rows)
    return table


def test_a_table_is_made_filled_and_read(engine, items):
    with engine.connect() as connection:
        found = connection.execute(select(items.c.name, items.c.price).where(items.c.id > 1).order_by(items.c.id)).all()

    assert found == [("item 2", decimal.Decimal("3.00")), ("item 3", decimal.Decimal("4.50"))]


def test_the_catalog_is_inspected(engine, items):
    inspector = inspect(engine)

    assert inspector.has_table("items")
    assert "items" in inspector.get_table_names()
    assert [column["name"] for column in inspector.get_columns("items")] == ["id", "name", "price", "stock"]
    assert inspector.get_pk_constraint("items")["constrained_columns"] == ["id"]


def test_pandas_writes_a_table_and_reads_it(engine):
    frame = pd.DataFrame({"n": [1, 2], "d": [datetime.date(2024, 1, 1), None], "x": [0.5, None]})
    frame.to_sql("frame", engine, index=False, if_exists="replace")

    read = pd.read_sql("SELECT * FROM frame ORDER BY n", engine)

    assert read["n"].tolist() == [1, 2]
    assert read["d"].tolist() == [datetime.date(2024, 1, 1), None]
    assert read["x"].isna().tolist() == [False, True]
