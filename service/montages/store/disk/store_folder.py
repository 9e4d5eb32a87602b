"""A folder that holds a store: generations of it, of which one is current, and what was loaded into that.

    DIR/store.json                 which generation is current, of which rulebook, and what was loaded when
    DIR/<generation>/quads         the files of the engine
    DIR/<generation>/names.sqlite  the names of things, for the search

A load writes a generation of its own and makes it current when all is well: whoever reads meanwhile reads
the one before, which stays until the next load.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from montages.bilingual import message
from montages.errors import UnreadableInput, UnusableInput

_MANIFEST, _LOCK, _QUADS, _NAMES = "store.json", "lock", "quads", "names.sqlite"
# A folder laid out otherwise has another number.
_LAYOUT = 1


@dataclass(frozen=True)
class LoadedFile:
    """A file as it was when it was loaded, and the graph that its own default graph went to, if any."""

    path: str
    sha256: str
    bytes: int
    syntax: str
    graph: str | None = None


@dataclass(frozen=True)
class Load:
    """Files that were loaded together: when, and how many triples the default graph had more after it."""

    at: str
    triples: int
    files: tuple[LoadedFile, ...]


@dataclass(frozen=True)
class StoreManifest:
    """What a store says of itself.

    `knowledge` is the digest of the published graphs in it, `version` and `day` those of their rulebook.
    `triples` counts the default graph, `graphs` each named graph.
    """

    generation: int
    version: str
    day: str
    knowledge: str
    triples: int
    graphs: dict[str, int] = field(default_factory=dict)
    loads: tuple[Load, ...] = ()

    @property
    def files(self) -> list[LoadedFile]:
        """Return all files that were loaded."""
        return [file for load in self.loads for file in load.files]

    def text(self) -> str:
        """Return the manifest as it is written."""
        return json.dumps({"layout": _LAYOUT, **asdict(self)}, ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def read(cls, text: str) -> StoreManifest:
        """Return the manifest that was written so; raises ValueError, KeyError or TypeError for another."""
        tree: dict[str, Any] = json.loads(text)
        if tree.pop("layout") != _LAYOUT:
            raise ValueError("layout")
        loads = [
            Load(**{**load, "files": tuple(LoadedFile(**file) for file in load["files"])})
            for load in tree.pop("loads")
        ]
        return cls(**tree, loads=tuple(loads))


@dataclass(frozen=True)
class StoreFolder:
    """The folder of a store."""

    path: Path

    def manifest(self) -> StoreManifest | None:
        """Return what the store says of itself, None where there is none yet; raises UnusableInput."""
        try:
            return StoreManifest.read((self.path / _MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise UnusableInput(
                message(
                    "{path}: this is no store that this version can read. Make it again: "
                    "montages load FILES... --store {path} --overwrite.",
                    path=self.path,
                )
            ) from error

    def current(self) -> StoreManifest:
        """Return what the store says of itself; raises UnreadableInput where there is none."""
        manifest = self.manifest()
        if manifest is None:
            raise UnreadableInput(
                message(
                    "{path}: no store here. Make one: montages load FILES... --store {path}.",
                    path=self.path,
                )
            )
        return manifest

    def quads(self, generation: int) -> Path:
        """Return the folder of the engine's files of a generation."""
        return self.path / str(generation) / _QUADS

    def names(self, generation: int) -> Path:
        """Return the index of the names of things of a generation."""
        return self.path / str(generation) / _NAMES

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Make the folder where there is none, and keep other loads out of it; raises UnusableInput."""
        self._make()
        with (self.path / _LOCK).open("a") as lock:
            try:
                fcntl.flock(lock.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UnusableInput(
                    message("{path}: another load is at work. Wait until it ends.", path=self.path)
                ) from error
            yield

    @contextmanager
    def draft(self, before: StoreManifest | None) -> Iterator[int]:
        """Yield the number of a new generation, which has the quads of another or none.

        Where what is done with it fails, nothing of it stays.
        """
        known = [int(entry.name) for entry in self.path.iterdir() if entry.name.isdigit()]
        generation = max(known, default=0) + 1
        quads = self.quads(generation)
        try:
            quads.parent.mkdir()
            if before is not None:
                _clone(self.quads(before.generation), quads)
            yield generation
        except BaseException:
            shutil.rmtree(quads.parent, ignore_errors=True)
            raise

    def commit(self, manifest: StoreManifest) -> None:
        """Make a generation the current one, and remove those before the last."""
        before = None
        with suppress(UnusableInput):
            before = self.manifest()
        draft = self.path / f"{_MANIFEST}.new"
        with draft.open("w", encoding="utf-8") as file:
            file.write(manifest.text())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / _MANIFEST)
        stay = {manifest.generation} | ({before.generation} if before else set())
        for entry in self.path.iterdir():
            if entry.name.isdigit() and int(entry.name) not in stay:
                shutil.rmtree(entry, ignore_errors=True)

    def _make(self) -> None:
        """Make the folder where there is none; raises UnusableInput where it holds something else."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            entries = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            raise UnusableInput(
                message(
                    "{path}: no store can be made there ({reason}).",
                    path=self.path,
                    reason=error.strerror,
                )
            ) from error
        if entries and _LOCK not in entries:
            raise UnusableInput(
                message(
                    "{path} holds something else than a store: name a folder that is empty or "
                    "not there.",
                    path=self.path,
                )
            )


def _clone(quads: Path, other: Path) -> None:
    """Copy the engine's files: those that it never changes once written are linked."""
    other.mkdir()
    for file in quads.iterdir():
        if file.suffix == ".sst":
            with suppress(OSError):
                os.link(file, other / file.name)
                continue
        shutil.copy2(file, other / file.name)
