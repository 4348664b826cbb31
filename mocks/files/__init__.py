"""The Files API: volumes, and the artifacts that MLflow keeps behind the same API.

Emulated: files (upload, download with ranges, metadata, delete), directories, presigned download and upload URLs.
Differs: large uploads arrive in one streamed PUT; the real service hands out part URLs of a cloud store.
Refused: paths outside volumes, MLflow artifacts and model versions.
"""
