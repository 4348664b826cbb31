"""How well an index finds: by vectors, by words, by both, and after the reranker, on sets of questions with answers."""
