"""The values of the parameters of a link, each read by itself; what cannot be read is noted and left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from montages.description.address.address_faults import AddressFault, bad_value
from montages.description.address.project_address import LIST, UNKNOWN
from montages.description.dates import read_day
from montages.description.parsing.answer_values import criterion_list
from montages.description.parsing.key_notes import KeyNotes
from montages.description.parsing.key_values import actor_class, choice, node_values
from montages.description.readings import Reading
from montages.errors import MontagesError
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.labels import label_index, plain_form
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook

# So many faults are told one by one: each takes time to tell.
_TOLD = 20


@dataclass
class ParameterValues:
    """Reads values as a description does; keeps the faults, and what was read otherwise than written.

    Once there are many faults, the rest is `left`: counted, and not read.
    """

    faults: list[AddressFault] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    left: int = 0

    @property
    def are_many_at_fault(self) -> bool:
        """Tell whether as many faults are told as are told one by one."""
        return len(self.faults) >= _TOLD

    def fault(self, fault: AddressFault) -> None:
        """Note a fault; count one that is not told any more."""
        if self.are_many_at_fault:
            self.left += 1
        else:
            self.faults.append(fault)

    def keyed(self, name: str, key: str, value: str) -> Any:
        """Return a value of one of our keys in its own form, None where it cannot be read."""
        return self._read(name, value, lambda n: node_values({key: value}, "", (key,), n)[key])

    def words(self, name: str, key: str, values: Iterable[str]) -> list[Any]:
        """Return the values of a key that takes a list, each once."""
        read = (self.keyed(name, key, word) for word in values)
        return list(dict.fromkeys(value for value in read if value is not None))

    def holder_class(self, name: str, word: str) -> Any:
        """Return the class of a holder, written by the slug or the name of its kind."""
        kind = classes_of_kinds().get(word, word)
        return self._read(name, word, lambda notes: actor_class(kind, "", notes))

    def choice(self, name: str, word: str, criterion: str) -> Any:
        """Return a value of a criterion."""
        return self._read(name, word, lambda notes: choice(word, criterion, "", notes))

    def answers(self, name: str, key: str, values: Iterable[str]) -> list[Any]:
        """Return answers to a question in their own form, each once."""
        out: list[Any] = []
        for value in values:
            meant = self._answer(name, key, value)
            if meant is not None and meant not in out:
                out.append(meant)
        return out

    def _answer(self, name: str, key: str, value: str) -> Any:
        def read(notes: KeyNotes) -> Any:
            return node_values({"answers": {key: value}}, "", ("answers",), notes)["answers"][key]

        meant = self._read(name, value, read)
        return float(meant) if isinstance(meant, Decimal) else meant

    def criterion(self, name: str, word: str) -> Any:
        """Return a criterion by its slug."""
        return self._read(
            name,
            word,
            lambda n: node_values({"complete": word}, "", ("complete",), n)["complete"][0],
        )

    def day(self, name: str, value: str) -> date | None:
        """Return a day, None where it is none."""
        read: date | None = self._read(name, value, lambda notes: read_day(value))
        return read

    def _read(self, name: str, value: str, read: Callable[[KeyNotes], Any]) -> Any:
        if self.are_many_at_fault:
            self.left += 1
            return None
        notes = KeyNotes()
        try:
            meant = read(notes)
        except MontagesError as error:
            self.fault(bad_value(name, value, error=error))
            return None
        self.readings += notes.readings
        return meant


def criterion_of(key: str) -> Criterion:
    """Return the criterion that a key answers."""
    return rulebook().criteria[answer_keys()[key]]


def split(values: Iterable[str]) -> list[str]:
    """Return the words of lists."""
    return [word for value in values for part in value.split(LIST) if (word := part.strip())]


def pieces(key: str, values: Sequence[str]) -> list[str]:
    """Return each of several answers to a question: a number may have a comma, and the name of a value."""
    criterion = criterion_of(key)
    if criterion.numeric_property:
        return list(values)
    names = label_index()[criterion_list(criterion.slug).name]
    whole = [v for v in values if plain_form(v) in names and UNKNOWN not in split([v])]
    return [*whole, *split(value for value in values if value not in whole)]
