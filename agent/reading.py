"""From the bytes of one file to its chunks: the same function on one machine, in a child process, on a cluster."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from agent.chunking import Chunk, Chunking, chunks
from agent.contracts import contract
from agent.parsing import Document, Section, UnreadableError, parse
from agent.profile import Profile, plain
from agent.settings import Settings

VERSION = 2  # counts up when parsers or chunking change, so that files are read again
UNREADABLE = "unreadable"
PROFILES: dict[str, Callable[[Document, str], Profile]] = {"plain": plain, "contracts": contract}


@dataclass(frozen=True)
class Recipe:
    """How files become chunks."""

    profile: str
    identifier: str
    chunking: Chunking

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise ValueError(f"Unknown profile {self.profile!r}; there are {', '.join(PROFILES)}.")

    @classmethod
    def of(cls, settings: Settings) -> "Recipe":
        chunking = Chunking(settings.chunking, settings.chunk_characters, settings.chunk_overlap)
        return cls(settings.profile, settings.identifier, chunking)

    @property
    def sha(self) -> str:
        """Another recipe makes other chunks of the same file."""
        return _sha(repr((VERSION, self)))

    def told(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def heard(cls, told: str) -> "Recipe":
        recipe = json.loads(told)
        return cls(recipe["profile"], recipe["identifier"], Chunking(**recipe["chunking"]))


@dataclass(frozen=True)
class Reading:
    """What was found in a file; with a reason it could not be read, and its only chunk says so."""

    path: str
    status: str
    text_sha: str
    chunks: tuple[Chunk, ...]
    reason: str = ""
    again: bool = False  # it may go better the next time

    @property
    def doc_sha(self) -> str:
        return self.chunks[0].doc_sha if self.chunks else ""

    def told(self) -> str:
        return json.dumps(asdict(self), default=date.isoformat)

    @classmethod
    def heard(cls, told: str) -> "Reading":
        reading = json.loads(told)
        return cls(**reading | {"chunks": tuple(map(_chunk, reading["chunks"]))})


def read(path: str, content: bytes, recipe: Recipe) -> Reading:
    """Never raises for what a file holds."""
    try:
        document = parse(path, content)
    except UnreadableError as error:
        return unreadable(path, str(error), recipe)
    about = PROFILES[recipe.profile](document, recipe.identifier)
    words = " ".join(f"{document.title} {document.text}".split()).casefold()
    return Reading(path, about.status, _sha(words), _stamped(chunks(document, about, recipe.chunking)))


def unreadable(path: str, reason: str, recipe: Recipe, *, again: bool = False) -> Reading:
    """One chunk says that the file is there and unread, so that the agent can say so too."""
    name = PurePosixPath(path).name
    told = f"The file {name} could not be read: {reason}. Nothing is known of its content."
    document = Document(path, PurePosixPath(path).stem, (Section("", told),))
    about = PROFILES[recipe.profile](document, recipe.identifier)
    about = replace(about, kind=UNREADABLE, status=UNREADABLE)
    return Reading(path, UNREADABLE, "", _stamped(chunks(document, about, recipe.chunking)), reason, again)


def _stamped(made: list[Chunk]) -> tuple[Chunk, ...]:
    """Each chunk carries what changes with the text, the metadata and the way of chunking of its document."""
    sha = _sha(repr(made))
    return tuple(chunk.stamped(sha) for chunk in made)


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]


def _chunk(told: dict[str, Any]) -> Chunk:
    effective = told["effective_date"]
    return Chunk(**told | {"effective_date": date.fromisoformat(effective) if effective else None})
