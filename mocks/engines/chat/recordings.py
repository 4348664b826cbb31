"""Record and replay: answers of models kept as one readable file per exchange, and given again without the model.

The n-th time that a workspace asks the same request it gets the n-th recording of it; the last one is repeated.
"""

import os
import re
import secrets
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict

from mocks.core.errors import InvalidParameterValue, ResourceDoesNotExist
from mocks.core.wire import Wire
from mocks.core.workspace import Workspace
from mocks.engines.chat.exchange import Answer, Backend, Completion, Delta, Reply, ToolCall, Usage, in_parts
from mocks.engines.chat.gathering import gathered
from mocks.engines.chat.request_key import canonical, cleaned, first_difference, key_of

Mode = Literal["off", "replay", "record", "record-missing"]
_FILE = re.compile(r"(?:.*-)?(?P<key>[0-9a-f]{12})(?:\.(?P<number>\d+))?\.yaml")
_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH = 40


class Recorded(Wire):
    """Where the recordings of a workspace lie, and what is done with them."""

    model_config = ConfigDict(extra="forbid")

    folder: str | None = None
    mode: Mode = "replay"


class RecordingMissing(ResourceDoesNotExist):
    """Nothing was recorded for this request; 404, because clients repeat what fails with 5xx."""

    code = "RECORDING_MISSING"


class RecordingState(Recorded):
    """What was done with the recordings since the sandbox started."""

    played: int = 0
    repeated: int = 0
    recorded: int = 0
    missed: int = 0
    unused: list[str] = []


class Recordings:
    """The recordings of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._told = workspace.collection("recordings", Recorded, "Recordings")
        self._lock = threading.Lock()
        self._asked: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._used: set[Path] = set()

    @property
    def told(self) -> Recorded:
        """What this workspace was told, else what the sandbox was started with."""
        settings = self._workspace.settings
        folder = str(settings.recordings) if settings.recordings else None
        return self._told.find("") or Recorded.model_validate({"folder": folder, "mode": settings.record_mode})

    def tell(self, told: Recorded) -> RecordingState:
        """Takes another folder or mode, and counts from the beginning.

        Raises: InvalidParameterValue
        """
        if told.folder and not Path(told.folder).is_absolute():
            raise InvalidParameterValue(f"The folder of recordings is an absolute path, not {told.folder!r}.")
        with self._lock:
            self._told.put("", told)
            self._asked.clear()
            self._done.clear()
            self._used.clear()
        return self.state()

    def state(self) -> RecordingState:
        """What was played, missed, recorded and not used so far."""
        told = self.told
        with self._lock:
            files = self._files(Path(told.folder)) if told.folder else []
            unused = [str(file) for file in files if file not in self._used]
            return RecordingState.model_validate({**told.model_dump(), **self._done, "unused": unused})

    def prune(self) -> list[str]:
        """Deletes the recordings that were not used, and names them."""
        unused = self.state().unused
        for file in unused:
            Path(file).unlink(missing_ok=True)
        return unused

    def before(self, endpoint: str, backend: Callable[[], Backend]) -> Backend:
        """The backend behind the recordings, or as it is if there are none to be kept or played."""
        told = self.told
        if told.folder is None or told.mode == "off":
            return backend()
        return _Recorder(self, endpoint, backend, Path(told.folder), told.mode)

    def next_file(self, folder: Path, endpoint: str, request: dict[str, Any]) -> Path:
        """The file of this exchange, whether it is there already or not."""
        key = key_of(endpoint, request)
        with self._lock:
            self._asked[key] += 1
            number = self._asked[key]
            known = {found["key"]: file for file in self._files(folder) if (found := _FILE.fullmatch(file.name))}
            first = known.get(key)
        stem = first.name.removesuffix(".yaml").split(".")[0] if first else f"{_slug(request)}-{key}"
        place = first.parent if first else folder / endpoint
        return place / f"{stem}{f'.{number}' if number > 1 else ''}.yaml"

    def play(self, file: Path) -> Completion | None:
        """The recorded answer, if there is one for this or an earlier time."""
        stem, _, number = file.name.removesuffix(".yaml").partition(".")
        earlier = [file.with_name(f"{stem}{f'.{n}' if n > 1 else ''}.yaml") for n in range(int(number or 1), 0, -1)]
        found = next((one for one in earlier if one.exists()), None)
        if found is None:
            return None
        with self._lock:
            self._used.add(found)
            self._done["played" if found == file else "repeated"] += 1
        return _completion(_loaded(found)["answer"])

    def keep(self, file: Path, endpoint: str, request: dict[str, Any], answer: Completion) -> None:
        """Writes an exchange, aside and then in its place."""
        told = {"endpoint": endpoint, "request": request, "answer": _answer(answer, self._secrets())}
        file.parent.mkdir(parents=True, exist_ok=True)
        aside = file.with_name(f".{secrets.token_hex(6)}")
        aside.write_text(_dumped(told), encoding="utf-8")
        os.replace(aside, file)
        with self._lock:
            self._used.add(file)
            self._done["recorded"] += 1

    def canonical(self, body: dict[str, Any]) -> dict[str, Any]:
        """The request as it is written and compared."""
        return canonical(body, self._secrets())

    def missing(self, folder: Path, endpoint: str, request: dict[str, Any]) -> RecordingMissing:
        """Says which recording came closest, and where it differs."""
        with self._lock:
            self._done["missed"] += 1
        key = key_of(endpoint, request)
        asked = f"No recording in {folder} answers this request to '{endpoint}' (key {key})"
        near = self._nearest(folder / endpoint, request)
        told = (
            f"the closest, {near[0].name}, differs in {first_difference(near[1], request)}"
            if near
            else "none is for it"
        )
        return RecordingMissing(f"{asked}; {told}. `--record-mode record-missing` asks the model and records it.")

    def _nearest(self, folder: Path, request: dict[str, Any]) -> tuple[Path, dict[str, Any]] | None:
        wanted = _last_words(request)
        loaded = [(file, _loaded(file)["request"]) for file in self._files(folder)]
        return max(
            loaded, key=lambda one: SequenceMatcher(None, _last_words(one[1]), wanted).quick_ratio(), default=None
        )

    def _secrets(self) -> list[str]:
        settings = self._workspace.settings
        keys = [address["key"] for address in settings.models.values() if address and address.get("key")]
        return [settings.token, settings.control_token, self._workspace.token, *keys]

    def _files(self, folder: Path) -> list[Path]:
        return sorted(file for file in folder.rglob("*.yaml") if _FILE.fullmatch(file.name))


class _Recorder:
    """A backend in front of which recordings are played or made."""

    def __init__(
        self, recordings: Recordings, endpoint: str, backend: Callable[[], Backend], folder: Path, mode: Mode
    ) -> None:
        self._recordings, self._endpoint, self._backend = recordings, endpoint, backend
        self._folder, self._mode = folder, mode

    @property
    def answered_by(self) -> str:
        """The recording, or whoever is recorded now."""
        return "recording" if self._mode == "replay" else self._backend().answered_by

    def complete(self, body: dict[str, Any]) -> Completion:
        """The recorded answer, or a new one that is kept.

        Raises: RecordingMissing
        """
        request, file = self._placed(body)
        if played := self._played(file, request):
            return played
        answer = self._backend().complete(body)
        self._recordings.keep(file, self._endpoint, request, answer)
        return answer

    def stream(self, body: dict[str, Any]) -> Iterator[Delta]:
        """The same in parts; what breaks off is not kept.

        Raises: RecordingMissing
        """
        request, file = self._placed(body)
        if played := self._played(file, request):
            yield from in_parts(played)
            return
        backend, deltas = self._backend(), []
        for delta in backend.stream(body):
            deltas.append(delta)
            yield delta
        self._recordings.keep(file, self._endpoint, request, gathered(deltas, backend.answered_by))

    def _placed(self, body: dict[str, Any]) -> tuple[dict[str, Any], Path]:
        request = self._recordings.canonical(body)
        return request, self._recordings.next_file(self._folder, self._endpoint, request)

    def _played(self, file: Path, request: dict[str, Any]) -> Completion | None:
        if self._mode == "record" or (self._mode == "record-missing" and not file.exists()):
            return None
        if (played := self._recordings.play(file)) is None:
            raise self._recordings.missing(self._folder, self._endpoint, request)
        return played


def _slug(request: dict[str, Any]) -> str:
    return _SLUG.sub("-", _last_words(request).lower())[:_SLUG_LENGTH].strip("-")


def _last_words(request: dict[str, Any]) -> str:
    said = [m.get("content") for m in request["messages"] if m.get("role") == "user"]
    return said[-1] if said and isinstance(said[-1], str) else ""


def _answer(answer: Completion, known_secrets: list[str]) -> dict[str, Any]:
    told: dict[str, Any] = cleaned(asdict(answer), known_secrets)
    return told


def _completion(told: dict[str, Any]) -> Completion:
    answers = tuple(
        Answer(Reply(one["reply"]["text"], tuple(ToolCall(**call) for call in one["reply"]["calls"])), one["finish"])
        for one in told["answers"]
    )
    return Completion(answers, Usage(**told["usage"]), told["answered_by"])


def _loaded(file: Path) -> dict[str, Any]:
    import yaml

    try:
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        return {"request": told["request"], "answer": told["answer"]}
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise InvalidParameterValue(f"{file} is no recording: {error}") from None


def _dumped(told: dict[str, Any]) -> str:
    import yaml

    class Readable(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML has no types
        """Writes texts of several lines as blocks."""

    def text(dumper: yaml.SafeDumper, value: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)

    Readable.add_representer(str, text)
    return str(yaml.dump(told, Dumper=Readable, allow_unicode=True, sort_keys=False, width=120))
