"""Queries: nearest vectors, best words, or both."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from mocks.core.errors import InvalidParameterValue, NotImplementedYet
from mocks.core.workspace import Workspace
from mocks.engines.chat.foundation import EMBEDDING_ENDPOINTS
from mocks.engines.embedding.embedder import DIMENSION, Embedder, pad
from mocks.engines.embedding.vectors import Vectors
from mocks.vector_search import arranging
from mocks.vector_search.filters import Condition, condition
from mocks.vector_search.open_indexes import OpenIndexes
from mocks.vector_search.reranking import CANDIDATES, Reranker, columns_of
from mocks.vector_search.wire import Index, Manifest, NamedColumn, Query, QueryResult, Rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST = 10_000
FUSED = 60  # the usual constant of reciprocal rank fusion
WIDER, FEWEST, WIDEST = 5, 50, 2_000
Scored = list[tuple[str, float]]


class Search:
    """Queries over one index."""

    def __init__(self, workspace: Workspace, index: Index, columns: list[str]) -> None:
        self._workspace, self._index, self._columns = workspace, index, columns
        self._rows = workspace.engine(OpenIndexes).rows(index)

    def run(self, query: Query) -> QueryResult:
        """What the query finds, the best first.

        Raises: InvalidParameterValue, NotImplementedYet
        """
        self._check(query)
        wanted = condition(query.filters_json, query.filter_string, set(self._columns))
        again = columns_of(query, self._columns)
        count = max(CANDIDATES, query.num_results) if again else query.num_results
        if _kind(query) == "FULL_TEXT" and (query.sort_columns or query.facets):
            count = MOST
        scored = self._scored(query, wanted, count)[:count]
        kept = [(key, score) for key, score in scored if score >= (query.score_threshold or 0.0)]
        rows, debug = self._rows.get([key for key, _ in kept]), None
        if again:
            kept, debug = self._workspace.engine(Reranker).reranked(query, again, kept, rows)
        return self._result(query, kept, rows).model_copy(update={"debug_info": debug if query.debug_level else None})

    def _check(self, query: Query) -> None:
        arranging.check(query, self._columns)
        if query.query_columns:
            raise NotImplementedYet("The sandbox searches the words of all text columns; leave query_columns out.")
        if not 0 < query.num_results <= MOST:
            raise InvalidParameterValue(f"num_results must be from 1 to {MOST}.")
        unknown = [name for name in query.columns if name not in self._columns]
        if unknown:
            raise InvalidParameterValue(
                f"The index has no column {', '.join(unknown)}; it has {', '.join(self._columns)}."
            )

    def _scored(self, query: Query, wanted: Condition | None, count: int) -> Scored:
        match _kind(query):
            case "ANN":
                return self._nearest(query, wanted, count)
            case "FULL_TEXT":
                return [(key, bm25 / (1 + bm25)) for key, bm25 in self._by_words(query, wanted, count)]
            case "HYBRID":
                count = min(MOST, max(FEWEST, WIDER * count))
                return _fused([self._nearest(query, wanted, count), self._by_words(query, wanted, count)])
        raise InvalidParameterValue("query_type must be ANN, HYBRID or FULL_TEXT.")

    def _nearest(self, query: Query, wanted: Condition | None, count: int) -> Scored:
        if self._index.full_text:
            raise InvalidParameterValue("This index has no vectors; query it with query_type FULL_TEXT.")
        vector, beyond = self._vector(query)
        if wanted is None:
            found = self._workspace.engine(Vectors).nearest(self._index.id, vector, count)
        else:
            found = self._passing(vector, count, wanted)
        return [(key, 1 / (1 + distance + beyond)) for key, distance in found]

    def _passing(self, vector: "NDArray[np.float32]", count: int, wanted: Condition) -> Scored:
        """Looks wider until enough pass the filter; where few rows pass, those are compared one by one.

        So there are always as many results as were asked for, if there are as many rows.
        """
        vectors, width = self._workspace.engine(Vectors), max(FEWEST, WIDER * count)
        while width <= WIDEST:
            found = vectors.nearest(self._index.id, vector, width)
            passing = set(self._rows.matching(wanted, [key for key, _ in found]))
            kept = [pair for pair in found if pair[0] in passing]
            if len(kept) >= count:
                return kept[:count]
            if len(found) < width:
                break
            width *= WIDER
        return vectors.nearest(self._index.id, vector, count, self._rows.matching(wanted))

    def _by_words(self, query: Query, wanted: Condition | None, count: int) -> Scored:
        if not query.query_text:
            raise InvalidParameterValue("A search by words needs query_text.")
        return self._rows.search(query.query_text, count, wanted)

    def _vector(self, query: Query) -> tuple["NDArray[np.float32]", float]:
        """The query's vector, and its squared length beyond what the model fills of the index's dimensions."""
        import numpy as np

        if query.query_vector is not None:
            return _given(query.query_vector, self._dimension(), self._is_managed())
        if not query.query_text:
            raise InvalidParameterValue("A query needs query_text or query_vector.")
        if self._query_model() is None:
            raise InvalidParameterValue("This index has no embedding model; query it with query_vector.")
        encoded = self._workspace.shared(Embedder).encode([query.query_text])
        return np.asarray((encoded if self._is_managed() else pad(encoded, self._dimension()))[0], np.float32), 0.0

    def _is_managed(self) -> bool:
        spec = self._index.delta_sync_index_spec
        return bool(spec and spec.embedding_source_columns)

    def _dimension(self) -> int:
        spec = self._index.delta_sync_index_spec or self._index.direct_access_index_spec
        assert spec is not None
        if spec.embedding_vector_columns:
            return spec.embedding_vector_columns[0].embedding_dimension
        return EMBEDDING_ENDPOINTS[spec.embedding_source_columns[0].embedding_model_endpoint_name or ""]

    def _query_model(self) -> str | None:
        spec = self._index.delta_sync_index_spec or self._index.direct_access_index_spec
        columns = spec.embedding_source_columns if spec else []
        return (
            (columns[0].model_endpoint_name_for_query or columns[0].embedding_model_endpoint_name) if columns else None
        )

    def _result(self, query: Query, scored: Scored, rows: dict[str, dict[str, Any]]) -> QueryResult:
        # A vector whose row is not written yet belongs to a sync that is under way.
        scores = {key: score for key, score in scored if key in rows}
        keys, columns = list(scores), query.columns or self._columns
        if query.sort_columns:
            keys = arranging.ordered(((key, rows[key]) for key in keys), query.sort_columns)
        data: list[list[Any]] = [
            [*(rows[key].get(name) for name in columns), scores[key]] for key in keys[: query.num_results]
        ]
        found = QueryResult(
            manifest=Manifest(column_count=len(columns) + 1, columns=_named((*columns, "score"))),
            result=Rows(row_count=len(data), data_array=data),
        )
        if query.facets:
            lines = arranging.facets([rows[key] for key in keys], query.facets)
            found.facet_result = {"facet_array": lines, "facet_row_count": len(lines)}
            found.manifest.facet_columns = _named(arranging.FACET_COLUMNS)
            found.manifest.facet_column_count = len(arranging.FACET_COLUMNS)
        return found


def _kind(query: Query) -> str:
    return (query.query_type or "ANN").upper()


def _named(names: Iterable[str]) -> list[NamedColumn]:
    return [NamedColumn(name=name) for name in names]


def _given(vector: list[float], dimension: int, managed: bool) -> tuple["NDArray[np.float32]", float]:
    """Managed vectors are kept without the zeros that fill them up to the endpoint's dimension."""
    import numpy as np

    if len(vector) != dimension or not all(map(math.isfinite, vector)):
        raise InvalidParameterValue(f"query_vector must have {dimension} finite numbers; this one has {len(vector)}.")
    whole = np.asarray(vector, np.float32)
    return (whole[:DIMENSION], float((whole[DIMENSION:] ** 2).sum())) if managed else (whole, 0.0)


def _fused(lists: list[Scored]) -> Scored:
    """Reciprocal rank fusion, scaled so that the first in every list has 1."""
    scores: dict[str, float] = {}
    for scored in lists:
        for rank, (key, _) in enumerate(scored, 1):
            scores[key] = scores.get(key, 0.0) + (FUSED + 1) / (FUSED + rank) / len(lists)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
