"""The files a batch writes: the answers, the errors, and the journal that lets it go on after a crash."""

from __future__ import annotations

import fcntl
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from montages.batch.chunk_result import RecordResult, Tally
from montages.batch.output_forms import WHOLE
from montages.bilingual import Text, message
from montages.errors import MontagesError, UnusableInput

# An answer is larger than the usual buffer, and each would be a call to the system.
_BUFFER = 1 << 20


@dataclass
class Outputs:
    """Where answers and errors go; for JSON Lines both go to one file, in the order of the input."""

    answers: BinaryIO
    errors: BinaryIO
    files: dict[str, BinaryIO] = field(default_factory=dict)

    def write(self, result: RecordResult, number: int) -> None:
        """Write one result; `number` is that of its project in the batch."""
        if result.error is None:
            self.answers.write(result.text)
        else:
            self.errors.write(result.error_line(number))

    def sync(self) -> dict[str, int]:
        """Make sure all is on the disk, and return the length of each file by name."""
        for file in self.files.values():
            file.flush()
            os.fsync(file.fileno())
        return {name: file.tell() for name, file in self.files.items()}

    def close(self) -> None:
        """Close the files; standard output is only flushed."""
        self.answers.flush()
        for file in self.files.values():
            file.close()


def beside(path: Path, form: str) -> dict[str, Path]:
    """Return the files of a batch by name: its output and, where the form has no room, its errors.

    What is made of all its lines is written once all is known: until then its lines wait in another file.
    """
    files = {"answers": path.with_name(path.name + ".rows") if form in WHOLE else path}
    if form != "jsonl":
        files["errors"] = path.with_name(path.name + ".errors.jsonl")
    return files


def to_stdout(form: str) -> Outputs:
    """Return outputs that go to standard output; errors to standard error where the form has no room."""
    out = sys.stdout.buffer
    return Outputs(out, out if form == "jsonl" else sys.stderr.buffer)


def open_files(paths: dict[str, Path], lengths: dict[str, int] | None) -> Outputs:
    """Return the files open for writing, cut back to some lengths, or empty.

    Raises UnusableInput when another batch writes to one of them, when a folder is missing, or when a
    file is shorter than it was.
    """
    files: dict[str, BinaryIO] = {}
    try:
        for name, path in paths.items():
            files[name] = path.open("r+b" if lengths is not None else "ab", _BUFFER)
            _lock(files[name], path)
            _cut_back(files[name], path, lengths[name] if lengths is not None else 0)
    except (OSError, UnusableInput) as error:
        for file in files.values():
            file.close()
        if isinstance(error, UnusableInput):
            raise
        raise UnusableInput(
            message(
                "{filename} cannot be written: {reason}.",
                filename=error.filename,
                reason=error.strerror,
            )
        ) from error
    return Outputs(files["answers"], files.get("errors", files["answers"]), files)


def _cut_back(file: BinaryIO, path: Path, length: int) -> None:
    """Forget what was written after the journal."""
    if path.stat().st_size < length:
        raise UnusableInput(
            message(
                "{path} is shorter than when the batch stopped: --overwrite starts all over again.",
                path=path,
            )
        )
    file.truncate(length)
    file.seek(length)


def _lock(file: BinaryIO, path: Path) -> None:
    """Keep others from writing to a file; the lock goes with the process."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise UnusableInput(
            message("{path}: another batch is writing to it. Wait for its end.", path=path)
        ) from error


_FORMAT = 2
_CHANGES = {
    "inputs": message("the inputs have changed"),
    "options": message("the options are not the same"),
    "knowledge": message("the rules have changed since"),
    "montages": message("the version of Montages has changed"),
}


@dataclass(frozen=True)
class BatchCommand:
    """What decides the bytes of the output: a batch goes on only under the same command."""

    inputs: str
    options: Mapping[str, Any]
    knowledge: str
    montages: str


@dataclass
class BatchProgress:
    """What is done and safely written: records read, projects answered, length of each output."""

    as_of: str
    records: int = 0
    projects: int = 0
    size: int = 0
    lengths: dict[str, int] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)
    first_errors: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """Return the progress as JSON."""
        return {**vars(self), "tally": vars(self.tally)}

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> BatchProgress:
        """Return the progress from its JSON."""
        return cls(**{**tree, "tally": Tally.from_json(tree["tally"])})


class Journal:
    """The file `OUT.progress`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, command: BatchCommand, progress: BatchProgress) -> None:
        """Write the journal so that a crash leaves the former one or this one, never half of it."""
        tree = {"format": _FORMAT, "command": asdict(command), "progress": progress.to_json()}
        beside = self.path.with_name(self.path.name + ".new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(tree, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)

    def read(self, command: BatchCommand) -> BatchProgress:
        """Return how far a batch came; raises UnusableInput when it was another command's."""
        try:
            tree = json.loads(self.path.read_text(encoding="utf-8"))
            former, progress = tree["command"], tree["progress"]
            readable = tree["format"] == _FORMAT
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise self._refusal(message("it cannot be read")) from error
        if not readable:
            raise self._refusal(_CHANGES["montages"])
        for name, now in asdict(command).items():
            if former.get(name) != now:
                raise self._refusal(_CHANGES[name])
        return BatchProgress.from_json(progress)

    def _refusal(self, why: Text) -> MontagesError:
        return UnusableInput(
            message(
                "{path}: this batch was begun otherwise ({why}). Run the same command to "
                "finish it, or add --overwrite to start all over again.",
                path=self.path,
                why=why,
            )
        )

    def remove(self) -> None:
        """Remove the journal: the batch is finished, or begins anew."""
        self.path.unlink(missing_ok=True)
