"""The Files API: volumes, and the artifacts that MLflow keeps behind the same API.

Emulated: files (upload, download with ranges, metadata, delete), uploads in parts (begin, part URLs, complete, abort),
    directories, presigned download and upload URLs.
Differs: part URLs point at the sandbox itself, not at a cloud store.
Refused: paths outside volumes, MLflow artifacts and model versions.
"""
