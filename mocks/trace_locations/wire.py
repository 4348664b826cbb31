"""Bodies of trace locations (databricks_tracing.proto) and what is kept of a location."""

from typing import Any

from pydantic import model_validator

from mocks.core.wire import Wire

SPANS, LOGS = "mlflow_experiment_trace_otel_spans", "mlflow_experiment_trace_otel_logs"


class UcSchema(Wire):
    """A schema that holds traces."""

    catalog_name: str
    schema_name: str
    otel_spans_table_name: str = SPANS
    otel_logs_table_name: str = LOGS

    @property
    def name(self) -> str:
        """`catalog.schema`."""
        return f"{self.catalog_name}.{self.schema_name}"

    @property
    def spans_table(self) -> str:
        """The full name of the table of spans."""
        return f"{self.name}.{self.otel_spans_table_name}"

    @property
    def logs_table(self) -> str:
        """The full name of the table of logs."""
        return f"{self.name}.{self.otel_logs_table_name}"


class UcTablePrefix(Wire):
    """Tables in a schema that begin alike and hold traces; the table names are full names."""

    catalog_name: str
    schema_name: str
    table_prefix: str
    spans_table_name: str | None = None
    logs_table_name: str | None = None
    annotations_table_name: str | None = None

    @property
    def name(self) -> str:
        """`catalog.schema.prefix`."""
        return f"{self.catalog_name}.{self.schema_name}.{self.table_prefix}"

    @property
    def spans_table(self) -> str:
        """The full name of the table of spans."""
        return f"{self.name}_otel_spans"

    @property
    def logs_table(self) -> str:
        """The full name of the table of logs."""
        return f"{self.name}_otel_logs"

    @property
    def annotations_table(self) -> str:
        """The full name of the table of tags and assessments."""
        return f"{self.name}_otel_annotations"

    def completed(self) -> "UcTablePrefix":
        """The location with the names of its tables."""
        return self.model_copy(
            update={
                "spans_table_name": self.spans_table,
                "logs_table_name": self.logs_table,
                "annotations_table_name": self.annotations_table,
            }
        )


class LocationCall(Wire):
    """Names one location, in either form."""

    uc_schema: UcSchema | None = None
    uc_table_prefix: UcTablePrefix | None = None

    @model_validator(mode="after")
    def _one(self) -> "LocationCall":
        if (self.uc_schema is None) == (self.uc_table_prefix is None):
            raise ValueError("exactly one of uc_schema and uc_table_prefix names the location")
        return self

    @property
    def place(self) -> UcSchema | UcTablePrefix:
        """The location in the form that was given."""
        place = self.uc_schema or self.uc_table_prefix
        assert place is not None  # _one has looked
        return place


class Location(LocationCall):
    """A location and the experiments that write to it."""

    experiments: list[str] = []


class SearchCall(Wire):
    """A search over locations."""

    locations: list[dict[str, Any]]
    filter: str | None = None
    max_results: int = 100
    order_by: list[str] = []
    page_token: str | None = None


class Operation(Wire):
    """A search that is done, so that the client need not ask again."""

    name: str
    done: bool = True
    response: dict[str, Any]


class RunLinks(Wire):
    """Traces that belong to a run, by their ids in the location."""

    trace_ids: list[str]
    run_id: str


class Tag(Wire):
    """A tag of a trace."""

    key: str
    value: str = ""


class Traces(Wire):
    """Whole traces: infos, and spans in the JSON form of OTLP."""

    traces: list[dict[str, Any]]


class OneTrace(Wire):
    """The info of a trace."""

    trace: dict[str, Any]
