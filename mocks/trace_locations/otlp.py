"""Spans as OTLP sends them, in protobuf or JSON, as rows of the table that holds them."""

import base64
import gzip
import json
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]
Row = dict[str, Any]
# opentelemetry/proto/trace/v1/trace.proto; OTLP in JSON writes the numbers.
KINDS = ("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER")
CODES = ("UNSET", "OK", "ERROR")


def rows(body: bytes, content_type: str, encoding: str | None, new_id: Callable[[], str]) -> list[Row]:
    """One row for each span, in the order in which they came; ids in hexadecimal digits, attributes as JSON."""
    told = _unpacked(body, encoding)
    request = json.loads(told or b"{}") if "json" in content_type else _from_protobuf(told)
    return [
        {"record_id": new_id()} | _row(span, scope, resource)
        for resource in request.get("resourceSpans", [])
        for scope in resource.get("scopeSpans", [])
        for span in scope.get("spans", [])
    ]


def _unpacked(body: bytes, encoding: str | None) -> bytes:
    if encoding == "gzip":
        return gzip.decompress(body)
    return zlib.decompress(body) if encoding == "deflate" else body


def _from_protobuf(body: bytes) -> Json:
    """The request as OTLP writes it in JSON: like protobuf's JSON, but for the ids."""
    from google.protobuf.json_format import MessageToDict
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    told: Json = MessageToDict(ExportTraceServiceRequest.FromString(body))
    for resource in told.get("resourceSpans", []):
        for scope in resource.get("scopeSpans", []):
            for span in scope.get("spans", []):
                for one in (span, *span.get("links", [])):
                    one.update({name: _hexadecimal(one[name]) for name in _IDS if name in one})
    return told


_IDS = ("traceId", "spanId", "parentSpanId")


def _hexadecimal(packed: str) -> str:
    return base64.b64decode(packed).hex()


def _row(span: Json, scope: Json, resource: Json) -> Row:
    start = int(span.get("startTimeUnixNano", 0))
    moment, about, status = (
        datetime.fromtimestamp(start // 1000 / 1e6, UTC),
        resource.get("resource", {}),
        span.get("status", {}),
    )
    told = _attributes(about)
    return {
        "time": moment,
        "date": moment.date(),
        "service_name": told.get("service.name"),
        "trace_id": span.get("traceId", "").lower(),
        "span_id": span.get("spanId", "").lower(),
        "trace_state": span.get("traceState"),
        "parent_span_id": span.get("parentSpanId", "").lower() or None,
        "flags": int(span.get("flags", 0)),
        "name": span.get("name", ""),
        "kind": _named("SPAN_KIND", KINDS, span.get("kind", 0)),
        "start_time_unix_nano": start,
        "end_time_unix_nano": int(span.get("endTimeUnixNano", 0)),
        **_described(span),
        "events": [_event(event) for event in span.get("events", [])],
        "dropped_events_count": int(span.get("droppedEventsCount", 0)),
        "links": [_link(link) for link in span.get("links", [])],
        "dropped_links_count": int(span.get("droppedLinksCount", 0)),
        "status": {"message": status.get("message"), "code": _named("STATUS_CODE", CODES, status.get("code", 0))},
        "resource": _described(about),
        "resource_schema_url": resource.get("schemaUrl"),
        "instrumentation_scope": _scope(scope.get("scope", {})),
        "span_schema_url": scope.get("schemaUrl"),
    }


def _event(event: Json) -> Row:
    return {"time_unix_nano": int(event.get("timeUnixNano", 0)), "name": event.get("name", ""), **_described(event)}


def _link(link: Json) -> Row:
    named = {"trace_id": link.get("traceId"), "span_id": link.get("spanId"), "trace_state": link.get("traceState")}
    return {**named, **_described(link), "flags": int(link.get("flags", 0))}


def _scope(scope: Json) -> Row:
    return {"name": scope.get("name"), "version": scope.get("version"), **_described(scope)}


def _described(told: Json) -> Row:
    attributes = json.dumps(_attributes(told), ensure_ascii=False)
    return {"attributes": attributes, "dropped_attributes_count": int(told.get("droppedAttributesCount", 0))}


def _attributes(told: Json) -> Json:
    return dict(_pairs(told.get("attributes", [])))


def _pairs(entries: list[Json]) -> Iterator[tuple[str, Any]]:
    for entry in entries:
        yield entry["key"], _value(entry.get("value", {}))


def _value(told: Json) -> Any:
    """The value of an AnyValue; 64-bit integers come as text."""
    for kind, value in told.items():
        if kind == "intValue":
            return int(value)
        if kind == "arrayValue":
            return [_value(one) for one in value.get("values", [])]
        if kind == "kvlistValue":
            return dict(_pairs(value.get("values", [])))
        return value
    return None


def _named(prefix: str, names: tuple[str, ...], told: int | str) -> str:
    return f"{prefix}_{names[told]}" if isinstance(told, int) and told < len(names) else str(told)
