"""Bodies that are not MLflow's own: presigned access to artifacts and trace data."""

from mocks.core.wire import Wire


class CredentialInfo(Wire):
    """A presigned URL, in the shape of `ArtifactCredentialInfo` (databricks_artifacts.proto)."""

    signed_uri: str
    run_id: str | None = None
    path: str | None = None
    type: str = "AWS_PRESIGNED_URL"
    headers: list[dict[str, str]] = []


class TraceCredentials(Wire):
    """Access to the data of a trace."""

    credential_info: CredentialInfo


class RunPaths(Wire):
    """The files of a run that are wanted."""

    run_id: str
    path: list[str] = []


class RunCredentials(Wire):
    """Access to files of a run."""

    credential_infos: list[CredentialInfo]


class ModelPaths(Wire):
    """The files of a logged model that are wanted."""

    paths: list[str] = []


class ModelCredential(Wire):
    """Access to one file of a logged model."""

    model_id: str
    credential_info: CredentialInfo


class ModelCredentials(Wire):
    """Access to files of a logged model."""

    credentials: list[ModelCredential]
