"""Unity Catalog: catalogs, schemas, tables and views, volumes, functions, the metastore.

Emulated: create, get, list, update and delete, paged; tables and views as SQL made them, with columns, comments, types;
    grants with inheritance, enforced for further principals when the workspace's policy is `on`.
Differs: one metastore, one owner; a volume is a directory, a table has no storage location of its own.
Refused: renaming (501), external tables and volumes (400), functions in languages but SQL and Python.
"""
