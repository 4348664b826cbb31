"""Workspace files, notebooks and folders.

Emulated: import (form or JSON) in the formats AUTO, RAW, SOURCE and JUPYTER, export, list, get-status, mkdirs, delete;
    `/Workspace` in front of a path; `/api/2.0/workspace-files/import-file/…` of the Databricks CLI.
Differs: permissions are not kept; a notebook is stored text, nothing runs it; `/Shared`, `/Repos` and the home of the
    workspace's owner are there from the start.
Refused: the formats HTML, DBC and R_MARKDOWN, and turning a notebook from one format into another (501).
"""
