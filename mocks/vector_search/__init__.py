"""Vector search: indexes that follow a table, or hold what is written to them.

Emulated: endpoints; delta-sync indexes with managed, own or no embeddings, direct-access indexes; ANN, HYBRID and
FULL_TEXT queries with filters, scan, upsert, delete, sync; the paths of
`vector-search` and of `ai-search`; the managed MCP server. An index is a table of Unity Catalog (MANAGED,
VECTOR_INDEX_FORMAT) in REST, information_schema, SHOW, DESCRIBE and grants; SQL reads it with vector_search() only.
Differs: everything is online at once unless the control API says otherwise;
score is 1 / (1 + d^2) with d the L2 distance, for HYBRID the reciprocal rank fusion of both lists scaled to 1, for
FULL_TEXT b / (1 + b) with b the BM25 score.
A sync that a kill cut off goes on when the index is next asked for; results come in groups of 1000.
The reranker is not Databricks' model: `reranking.py` says how it judges. Sorting and facets: `arranging.py`.
Refused: finetuned rerankers, `query_columns`, writing computed embeddings back.
"""
