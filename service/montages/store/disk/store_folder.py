"""A folder that holds a store: its files, made by one load, and what was loaded.

    DIR/store.json           which generation is current, of which rulebook, and what was loaded when
    DIR/<generation>/quads   the files of the engine

A load writes a generation of its own and makes it current when all is well: whoever reads meanwhile reads
the one before, which stays until the next load. The service reads that of its own rulebook.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from montages.bilingual import message
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.files import library
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook

_MANIFEST = "store.json"


@dataclass(frozen=True)
class StoreManifest:
    """What a store says of itself.

    `knowledge` is the digest of the published graphs in it, `version` and `day` those of their rulebook.
    `triples` counts the default graph, of which `added` are not published by us, `graphs` each named graph.
    `files` has the checksum of each file that was loaded, by its path.
    """

    generation: int
    version: str
    day: str
    knowledge: str
    at: str
    triples: int
    added: int
    graphs: dict[str, int]
    files: dict[str, str]

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of what the store says of itself, its files' checksums among it."""
        return hashlib.sha256(repr(self).encode()).hexdigest()


@dataclass(frozen=True)
class StoreFolder:
    """The folder of a store."""

    path: Path

    @property
    def is_made(self) -> bool:
        """Tell whether there is a store."""
        return (self.path / _MANIFEST).exists()

    def manifest(self) -> StoreManifest:
        """Return what the store says of itself; raises UnreadableInput or UnusableInput for none."""
        if not self.is_made:
            raise UnreadableInput(
                message(
                    "{path}: no store here. Make one: montages load FILES... --store {path}.",
                    path=self.path,
                )
            )
        try:
            return StoreManifest(**json.loads((self.path / _MANIFEST).read_bytes()))
        except (OSError, ValueError, TypeError) as error:
            raise UnusableInput(
                message(
                    "{path}: this is no store that this version can read. Make it again: "
                    "montages load FILES... --store {path} --overwrite.",
                    path=self.path,
                )
            ) from error

    def quads(self, generation: int) -> Path:
        """Return the folder of the engine's files of a generation."""
        return self.path / str(generation) / "quads"

    @contextmanager
    def draft(self) -> Iterator[int]:
        """Yield the number of a new generation; where what is done with it fails, nothing of it stays.

        Makes the folder where there is none; raises UnusableInput where it holds something else.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        names = {entry.name for entry in self.path.iterdir()}
        if not all(name.isdigit() or name.startswith(_MANIFEST) for name in names):
            raise UnusableInput(
                message(
                    "{path} holds something else than a store: name a folder that is empty or "
                    "not there.",
                    path=self.path,
                )
            )
        generation = max(self._generations(), default=0) + 1
        place = self.quads(generation).parent
        place.mkdir()  # of two loads at once, one has it
        try:
            yield generation
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise

    def commit(self, manifest: StoreManifest) -> None:
        """Make a generation the current one, and remove those before the last."""
        draft = self.path / f"{_MANIFEST}.new"
        draft.write_text(
            json.dumps(asdict(manifest), ensure_ascii=False, indent=2), encoding="utf-8"
        )
        draft.replace(self.path / _MANIFEST)
        for generation in self._generations()[:-2]:
            shutil.rmtree(self.path / str(generation), ignore_errors=True)

    def _generations(self) -> list[int]:
        return sorted(int(entry.name) for entry in self.path.iterdir() if entry.name.isdigit())


@dataclass(frozen=True, eq=False)
class ServedStore:
    """One generation of a store: its folder, the engine's files in it, and what the store says of itself."""

    path: Path
    quads: Path
    manifest: StoreManifest


def served_store(path: Path, day: date) -> ServedStore:
    """Return the store of a folder, to be served under the law of a day.

    Raises UnreadableInput where there is none, UnusableInput where it is of another rulebook.
    """
    folder = StoreFolder(path.resolve())
    manifest = folder.manifest()
    if manifest.knowledge != knowledge_digest(day):
        raise UnusableInput(
            message(
                "{path} was made with another state of the rules ({version}, law of {day}). Make "
                "it again: montages load {files} --store {path} --overwrite.",
                path=folder.path,
                version=manifest.version,
                day=manifest.day,
                files=" ".join(manifest.files),
            )
        )
    return ServedStore(folder.path, folder.quads(manifest.generation), manifest)


def knowledge_digest(day: date) -> str:
    """Return the SHA-256 of the files of all that is published under the law of a day."""
    first = period(rulebook(), day).first
    state = f"{library.content_hash()} {library.displayed_hash()} {first}"
    return hashlib.sha256(state.encode()).hexdigest()
