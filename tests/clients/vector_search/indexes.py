"""The names of the indexes that the tests ask, and the rows of the direct one."""

INDEX, DIRECT = "main.default.docs_idx", "main.default.direct_idx"
VECTORS = [
    {"id": "a", "color": "red", "size": 1, "vec": [1.0, 0.0]},
    {"id": "b", "color": "blue", "size": 5, "vec": [0.9, 0.1]},
    {"id": "c", "color": None, "size": 9, "vec": [0.0, 1.0]},
]
