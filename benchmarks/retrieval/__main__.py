"""`python -m benchmarks.retrieval [FOLDER ...]`: vectors, words, both, the reranker, on the reference and island sets.

A folder is one more set, in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import mlflow
from databricks.sdk import WorkspaceClient
from databricks.sdk.core import Config
from databricks.sdk.service.vectorsearch import RerankerConfig, RerankerConfigRerankerParameters

from benchmarks.figures import machine
from benchmarks.retrieval.sets import ISLAND, Asked, Question, Row, folder, reference
from benchmarks.running import Running

MOST = 10
WAYS = {"vectors": "ANN", "words": "FULL_TEXT", "hybrid": "HYBRID", "hybrid + reranker": "HYBRID"}
HALVES, BOTH = ("vectors", "words"), "hybrid"
Found = dict[str, list[list[Row]]]  # by way of searching, the rows for each question


@dataclass(frozen=True)
class Figures:
    """Means over the questions."""

    recall: float  # of what is wanted, in the first five
    first: float  # the share of questions whose first row is right
    reciprocal_rank: float  # of the first right row among ten

    @classmethod
    def of(cls, questions: Sequence[Question], found: Sequence[Sequence[Row]]) -> "Figures":
        pairs = list(zip(questions, found, strict=True))
        ranks = [_rank(question, rows) for question, rows in pairs]
        recall = mean(question.recall(rows[:5]) for question, rows in pairs)
        return cls(recall, mean(rank == 1 for rank in ranks), mean(1 / rank if rank else 0 for rank in ranks))


def search(w: WorkspaceClient, asked: Asked) -> Found:
    """What each way finds for each question, through the official client."""
    return {way: [_query(w, asked, question.text, way) for question in asked.questions] for way in WAYS}


def table(asked: Asked, found: Found) -> Iterator[str]:
    """The figures of one set, and where the hybrid is behind the better of its halves."""
    yield f"{asked.name}, {len(asked.questions)} questions"
    yield f"  {'':20}{'recall@5':>10}{'first@1':>10}{'MRR@10':>10}"
    figures = {way: Figures.of(asked.questions, rows) for way, rows in found.items()}
    for way, one in figures.items():
        yield f"  {way:20}{one.recall:10.3f}{one.first:10.3f}{one.reciprocal_rank:10.3f}"
    for name in ("recall", "first", "reciprocal_rank"):
        better = max(getattr(figures[half], name) for half in HALVES)
        if getattr(figures[BOTH], name) < better:
            lost = better - getattr(figures[BOTH], name)
            yield f"  hybrid is {lost:.3f} behind its better half in {name}"


def ranks(asked: Asked, found: Found) -> Iterator[str]:
    """Where the first right row stands in each list; a dash if not among the first ten."""
    yield f"  {'':14}" + "".join(f"{way:>20}" for way in WAYS)
    for at, question in enumerate(asked.questions):
        cells = [_rank(question, found[way][at]) for way in WAYS]
        yield f"  {question.id:14}" + "".join(f"{cell or '-':>20}" for cell in cells) + f"  {question.text[:70]}"


def _query(w: WorkspaceClient, asked: Asked, text: str, way: str) -> list[Row]:
    parameters = RerankerConfigRerankerParameters(columns_to_rerank=[asked.text])
    answer = w.vector_search_indexes.query_index(
        asked.index,
        list(asked.columns),
        query_text=text,
        query_type=WAYS[way],
        num_results=MOST,
        filters_json=json.dumps(dict(asked.filters)),
        reranker=RerankerConfig("databricks_reranker", parameters) if "reranker" in way else None,
    )
    rows: Iterable[Sequence[object]] = (answer.result and answer.result.data_array) or ()
    return [dict(zip(asked.columns, row, strict=False)) for row in rows]


def _rank(question: Question, rows: Sequence[Row]) -> int | None:
    return next((rank for rank, row in enumerate(rows, 1) if question.is_right(row)), None)


def main() -> None:
    """Starts a sandbox, fills one index for each set, and asks."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="further sets")
    parser.add_argument("--ranks", action="store_true", help="also print where each question's answer stands")
    told = parser.parse_args()
    mlflow.tracing.disable()
    for line in machine():
        print(line)
    with Running() as running:
        running.seconds_to_ready()
        w = WorkspaceClient(config=Config(host=running.host, token=running.token, auth_type="pat"))
        for asked in (reference(w), *(folder(w, place) for place in (ISLAND, *told.folders))):
            found = search(w, asked)
            for line in ("", *table(asked, found), *(ranks(asked, found) if told.ranks else ())):
                print(line, flush=True)


if __name__ == "__main__":
    main()
