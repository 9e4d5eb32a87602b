"""How far a batch has come, kept beside its output: what lets it go on after a crash."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from montages.batch.chunk_result import Tally
from montages.bilingual import Text, message
from montages.errors import MontagesError, UnusableInput

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
        return {**vars(self), "tally": self.tally.to_json()}

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
