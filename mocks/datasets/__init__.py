"""Evaluation datasets: tables of Unity Catalog whose rows are inputs and what is expected of them.

Emulated: create, get, list by experiment, update (profile, experiments), delete; records made, changed and removed, in
batches or one by one; versions, and the records as a version had them. The rows live in the table and nowhere else, and
what is known of the dataset in the table's own record: SQL and this API always agree, and `DROP TABLE` drops both.
Differs: the digest is a hash of the records; whole numbers stay whole (the real service keeps them as floating point).
Refused: names without three levels, schemas and experiments that do not exist, taken names, sources that are no table.
"""
