"""Where the paths of the Files API lie on this machine."""

from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from mocks.core.errors import InvalidParameterValue, NotFound
from mocks.core.workspace import Workspace
from mocks.engines.mlflow.server import MlflowWorkspace

ARTIFACTS = ("WorkspaceInternal", "Mlflow", "Artifacts")


class Storage:
    """The files of one workspace: volumes, MLflow artifacts and the files of registered models."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.incoming = workspace.folder / "incoming"
        self.incoming.mkdir(exist_ok=True)

    def local(self, path: str) -> Path:
        """The file or directory behind an absolute path such as `/Volumes/main/sales/raw/a.pdf`.

        Raises: InvalidParameterValue, NotFound
        """
        parts = _parts(path)
        if parts[0] == "Volumes" and len(parts) >= 4:
            return self._in_volume(parts)
        if parts[:3] == ARTIFACTS and len(parts) >= 4:
            return self._artifact(parts[3:])
        if parts[0] == "Models" and len(parts) >= 5:
            return self.model_folder(".".join(parts[1:4]), parts[4]).joinpath(*parts[5:])
        raise InvalidParameterValue(
            f"'{path}' is no path of the Files API; a file in a volume is /Volumes/<catalog>/<schema>/<volume>/<file>."
        )

    def volume_folder(self, catalog: str, schema: str, volume: str) -> Path:
        """The directory that is a volume; it exists when the volume does."""
        return self._workspace.folder.joinpath("volumes", catalog.lower(), schema.lower(), volume.lower())

    def model_folder(self, full_name: str, version: str) -> Path:
        """The directory of a version of a registered model."""
        return self._workspace.folder.joinpath("models", *full_name.lower().split("."), version)

    def _artifact(self, parts: tuple[str, ...]) -> Path:
        """MLflow's own directory for `<experiment>/Runs/<run>/...` or `<experiment>/LoggedModels/<model>/...`."""
        experiment, *rest = parts
        kind = {"Runs": (), "LoggedModels": ("models",)}.get(rest[0]) if rest else ()
        if kind is None:
            raise InvalidParameterValue("Artifacts lie under Runs/<run id> or LoggedModels/<model id>.")
        return self._workspace.engine(MlflowWorkspace).artifacts.joinpath(experiment, *kind, *rest[1:])

    def _in_volume(self, parts: tuple[str, ...]) -> Path:
        folder = self.volume_folder(*parts[1:4])
        if not folder.is_dir():
            raise NotFound(f"Volume '{'.'.join(parts[1:4])}' does not exist.")
        target = folder.joinpath(*parts[4:])
        if not target.resolve().is_relative_to(folder.resolve()):
            raise InvalidParameterValue("The path leaves its volume.")
        return target


def _parts(path: str) -> tuple[str, ...]:
    """The segments of an absolute path, refused if any of them could lead elsewhere, however it is encoded."""
    segments = PurePosixPath("/" + path.strip("/")).parts[1:]
    if not segments:
        raise InvalidParameterValue("The path is empty.")
    for segment in segments:
        once = unquote(segment)
        if any(s == ".." or "/" in s or "\\" in s or "\0" in s for s in (once, unquote(once))):
            raise InvalidParameterValue(f"'{path}' is not a plain absolute path.")
        if len(segment.encode()) > 255:
            raise InvalidParameterValue("A path segment has at most 255 bytes.")
    return segments
