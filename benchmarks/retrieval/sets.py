"""Sets of questions: the reference documents, the passages in `island/`, and any folder in the layout of BEIR.

`island/` was written for this comparison, passages and questions before the first measurement; nothing is tuned on it.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from databricks.sdk import WorkspaceClient
from databricks.sdk.service import vectorsearch as vs
from databricks.sdk.service.catalog import VolumeType

from agent import golden, scoring
from agent.ingest import ingest
from agent.settings import Settings
from agent.warehouse import Warehouse, insert

ISLAND = Path(__file__).with_name("island")
DOCUMENTS = Path(__file__).parents[2] / "agent" / "data" / "sharepoint"
_AT_ONCE = 100
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """A question with what is right: whether a row is, and the share of what is wanted that some rows hold."""

    id: str
    text: str
    is_right: Callable[[Row], bool]
    recall: Callable[[Sequence[Row]], float]
    kind: str = ""


@dataclass(frozen=True)
class Asked:
    """A filled index and the questions to it."""

    name: str
    index: str
    columns: tuple[str, ...]
    text: str
    questions: Sequence[Question]
    filters: Mapping[str, Any] = field(default_factory=dict)


def reference(w: WorkspaceClient) -> Asked:
    """The 81 documents as the agent ingests them; right is the document, recalled are the facts, all or none."""
    settings = Settings.load()
    w.schemas.create(settings.schema, settings.catalog)
    w.volumes.create(settings.catalog, settings.schema, settings.volume, VolumeType.MANAGED)
    for path in sorted(path for path in DOCUMENTS.rglob("*") if path.is_file()):
        w.files.upload(f"{settings.volume_path}/{path.relative_to(DOCUMENTS)}", io.BytesIO(path.read_bytes()))
    ingest(w, settings)
    told = [q for q in golden.load() if q.route == "docs" and q.expected_facts and len(q.turns) == 1]
    questions = [Question(q.id, q.text, _of_document(q), _facts(q), q.category) for q in told]
    columns = ("chunk_id", "doc_uri", "title", "section", "content")
    return Asked("reference", settings.index_name, columns, "content", questions, {"status NOT": "draft"})


def folder(w: WorkspaceClient, place: Path) -> Asked:
    """Passages, questions and judgements of a folder: corpus.jsonl, queries.jsonl, qrels/test.tsv."""
    settings = Settings()
    table = f"main.default.{place.resolve().name.replace('.', '_')}"
    run = Warehouse(w, settings).run
    run(f"CREATE TABLE {table} (id STRING, body STRING)")
    rows = [{"id": p["_id"], "body": f"{p.get('title', '')}\n{p['text']}"} for p in _lines(place / "corpus.jsonl")]
    for start in range(0, len(rows), _AT_ONCE):
        run(insert(table, rows[start : start + _AT_ONCE]))
    _index(w, table, len(rows))
    return Asked(place.resolve().name, f"{table}_index", ("id", "body"), "body", list(_questions(place)))


def _index(w: WorkspaceClient, table: str, rows: int) -> None:
    endpoint = table.rpartition(".")[2]
    w.vector_search_endpoints.create_endpoint(endpoint, vs.EndpointType.STANDARD)
    source = vs.EmbeddingSourceColumn("databricks-gte-large-en", name="body")
    spec = vs.DeltaSyncVectorIndexSpecRequest(
        source_table=table, pipeline_type=vs.PipelineType.TRIGGERED, embedding_source_columns=[source]
    )
    kind, name = vs.VectorIndexType.DELTA_SYNC, f"{table}_index"
    made = w.vector_search_indexes.create_index(name, endpoint, "id", kind, delta_sync_index_spec=spec)
    while not (made.status and made.status.ready and made.status.indexed_row_count == rows):
        made = w.vector_search_indexes.get_index(name)


def _questions(place: Path) -> Iterator[Question]:
    judged: dict[str, set[str]] = defaultdict(set)
    with (place / "qrels" / "test.tsv").open() as lines:
        for line in csv.DictReader(lines, delimiter="\t"):
            if int(line["score"]) > 0:
                judged[line["query-id"]].add(line["corpus-id"])
    for told in _lines(place / "queries.jsonl"):
        right = judged[told["_id"]]
        if right:
            kind = told.get("metadata", {}).get("kind", "")
            yield Question(told["_id"], told["text"], _is_one_of(right), _share_of(right), kind)


def _lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


def _is_one_of(right: set[str]) -> Callable[[Row], bool]:
    return lambda row: row["id"] in right


def _share_of(right: set[str]) -> Callable[[Sequence[Row]], float]:
    return lambda rows: len(right & {row["id"] for row in rows}) / len(right)


def _of_document(question: golden.Question) -> Callable[[Row], bool]:
    return lambda row: scoring.finds_documents([row["doc_uri"]], question.expected_docs[:1])


def _facts(question: golden.Question) -> Callable[[Sequence[Row]], float]:
    facts = question.expected_facts
    return lambda rows: float(all(any(scoring.has_fact(row["content"], fact) for row in rows) for fact in facts))
