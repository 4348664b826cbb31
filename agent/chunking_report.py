"""Compares the ways of chunking on the documents and questions at hand: how much is found, how early, at what size.

python -m agent.chunking_report [--questions FILE] [--keep] [STRATEGY ...]
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

import mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.errors import NotFound
from mlflow.entities import Document

from agent import golden, scoring
from agent.chunking import STRATEGIES
from agent.golden import Question
from agent.ingest import ingest
from agent.retriever import Retriever
from agent.settings import Settings
from agent.warehouse import Warehouse

CONTRACTS, ANYWHERE, LIKENESS = SEARCHES = ("within contracts", "anywhere, hybrid", "anywhere, likeness")


@dataclass(frozen=True)
class Figures:
    """Of a strategy: means over the questions; sizes of its chunks in characters."""

    strategy: str
    search: str
    fact_recall: dict[int, float]
    reciprocal_rank: float
    document_recall: float
    chunks: int
    mean_size: float
    total_size: int

    @property
    def cells(self) -> tuple[str, ...]:
        found = (*self.fact_recall.values(), self.reciprocal_rank, self.document_recall)
        sizes = (f"{self.chunks}", f"{self.mean_size:.0f}", f"{self.total_size / 1000:.0f}k")
        return (self.strategy, self.search, *(f"{value:.3f}" for value in found), *sizes)


def compare(
    w: WorkspaceClient, settings: Settings, questions: Sequence[Question], strategies: Iterable[str]
) -> Iterator[Figures]:
    """Each strategy in tables and an index of its own, which is searched in three ways."""
    for strategy in strategies:
        own = _own(settings, strategy)
        ingest(w, own)
        sizes = _sizes(Warehouse(w, own), own.chunks_table)
        for search in SEARCHES:
            retriever = Retriever(w, replace(own, scoped=search != LIKENESS))
            yield _figures(strategy, search, retriever, questions, sizes)


def remove(w: WorkspaceClient, settings: Settings, strategies: Iterable[str]) -> None:
    """What the comparison left behind."""
    for own in (_own(settings, strategy) for strategy in strategies):
        with suppress(NotFound):
            w.vector_search_indexes.delete_index(own.index_name)
        for table in (own.chunks_table, own.files_table):
            with suppress(NotFound):
                w.tables.delete(table)


def table(figures: Iterable[Figures], k: int) -> Iterator[str]:
    """The figures in columns, each line as soon as it is there."""
    heads = (
        "strategy",
        "search",
        *(f"fact-recall@{n}" for n in _cuts(k)),
        "MRR",
        "document@1",
        "chunks",
        "mean",
        "all",
    )
    widths = [max(10, len(head) + 2) for head in heads]
    widths[1] = 20
    yield "".join(f"{head:<{width}}" for head, width in zip(heads, widths, strict=True))
    for one in figures:
        yield "".join(f"{cell:<{width}}" for cell, width in zip(one.cells, widths, strict=True))


def _own(settings: Settings, strategy: str) -> Settings:
    chunks = f"{settings.chunks}_{strategy}"
    return replace(settings, chunking=strategy, chunks=chunks, index=f"{chunks}_index")


def _figures(
    strategy: str, search: str, retriever: Retriever, questions: Sequence[Question], sizes: Sequence[int]
) -> Figures:
    k = retriever.k
    found = [(q, retriever.search(q.text, _named(q, search, retriever))[:k]) for q in questions]
    return Figures(
        strategy,
        search,
        {n: mean(_holds_all(q, top[:n]) for q, top in found) for n in _cuts(k)},
        mean(_reciprocal_rank(q, top) for q, top in found),
        mean(_first_document(q, top) for q, top in found),
        len(sizes),
        mean(sizes),
        sum(sizes),
    )


def _named(question: Question, search: str, retriever: Retriever) -> list[str]:
    """The contracts to search within; none lets the agent search anywhere, by words and likeness together."""
    return retriever.identifiers(question.text) if search == CONTRACTS else []


def _cuts(k: int) -> list[int]:
    return sorted({1, min(3, k), k})


def _holds_all(question: Question, top: Sequence[Document]) -> float:
    return float(all(any(scoring.has_fact(d.page_content, fact) for d in top) for fact in question.expected_facts))


def _reciprocal_rank(question: Question, top: Sequence[Document]) -> float:
    """Of the first passage that holds a fact of the answer."""
    for rank, passage in enumerate(top, 1):
        if any(scoring.has_fact(passage.page_content, fact) for fact in question.expected_facts):
            return 1 / rank
    return 0.0


def _first_document(question: Question, top: Sequence[Document]) -> float:
    return float(scoring.finds_documents([d.metadata["doc_uri"] for d in top[:1]], question.expected_docs[:1]))


def _sizes(warehouse: Warehouse, chunks: str) -> list[int]:
    return [int(row[0] or 0) for row in warehouse.run(f"SELECT length(content) FROM {chunks}")]  # noqa: S608


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m agent.chunking_report", description=__doc__.partition("\n")[0])
    parser.add_argument("strategies", nargs="*", metavar="STRATEGY", help=f"of {', '.join(STRATEGIES)}; all by default")
    parser.add_argument("--questions", type=Path, default=golden.FILE, help="questions with expected facts, as JSON")
    parser.add_argument("--keep", action="store_true", help="keep the tables and indexes of the comparison")
    told = parser.parse_args()
    if unknown := set(told.strategies) - set(STRATEGIES):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(STRATEGIES)}")
    strategies = told.strategies or list(STRATEGIES)
    mlflow.tracing.disable()
    w, settings = WorkspaceClient(), Settings.load()
    questions = [q for q in golden.load(told.questions) if q.route == "docs" and q.expected_facts and len(q.turns) == 1]
    if not questions:
        parser.error(f"{told.questions} has no question about documents with expected facts")
    print(f"{len(questions)} questions; chunks of at most {settings.chunk_characters} characters")
    try:
        for line in table(compare(w, settings, questions, strategies), settings.k):
            print(line, flush=True)
    finally:
        if not told.keep:
            remove(w, settings, strategies)


if __name__ == "__main__":
    main()
