"""The parameters of a link: the value of each, read by itself, and what is wrong where it cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from montages.bilingual import Text, message
from montages.description.address.project_address import (
    FLAGS,
    LIST,
    PART_NAMES,
    UNKNOWN,
    key_of_parameter,
)
from montages.description.dates import read_day
from montages.description.parsing.answer_values import criterion_list
from montages.description.parsing.key_faults import KeyNotes, key_meant
from montages.description.parsing.key_values import actor_class, choice, node_values
from montages.description.readings import Reading
from montages.errors import MontagesError
from montages.hidden_signs import visible
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys, key_labels
from montages.knowledge.did_you_mean import suggestion as did_you_mean
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import label_index, name_of, plain_form
from montages.names import ID

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


def list_words(values: Iterable[str]) -> list[str]:
    """Return the words of lists."""
    return [word for value in values for part in value.split(LIST) if (word := part.strip())]


def answer_pieces(key: str, values: Sequence[str]) -> list[str]:
    """Return each of several answers to a question: a number may have a comma, and the name of a value."""
    criterion = criterion_of(key)
    if criterion.numeric_property:
        return list(values)
    names = label_index()[criterion_list(criterion.slug).name]
    whole = [v for v in values if plain_form(v) in names and UNKNOWN not in list_words([v])]
    return [*whole, *list_words(value for value in values if value not in whole)]


# A value, or a name, longer than this is cut in a message; a list longer than this is not told.
_LONGEST, _LISTED = 60, 20
# What the parameter of layers names: each layer, and how it is run.
_OF_LAYERS = ("layer", "management-mode")
# Where the things are that the values of a key stand for.
_FOLDERS = {"usages": "usage", **dict.fromkeys(FLAGS, "yes-no")}
_LEFT = message("It is left out, the rest is kept.")


@dataclass(frozen=True)
class AddressFault:
    """A parameter that cannot be read: its name, what to say of it, and the key that it is about, if any."""

    parameter: str
    message: Text
    key: str = ""


def unknown_parameter(name: str, accepted: Sequence[str]) -> AddressFault:
    """Return the fault of a parameter that is none of ours, with the one that it may have meant."""
    meant = key_meant(name, list(accepted))
    hint, excerpt = did_you_mean(meant.rpartition("/")[2] if meant else None), _cut(name)
    return AddressFault(
        name,
        message(
            "The link has an unknown parameter, “{excerpt}”.{hint} {left}",
            excerpt=excerpt,
            hint=hint,
            left=_LEFT,
        ),
        meant.rpartition("/")[2] if meant else "",
    )


def bad_value(
    name: str,
    value: str,
    *,
    accepted: Collection[str] = (),
    suggestion: str | None = None,
    error: MontagesError | None = None,
) -> AddressFault:
    """Return the fault of a value, with those accepted by their names; `error` is what reading it raised."""
    key, extra = key_of_parameter(name), error.extra if error else {}
    about = PART_NAMES.get(key) or key_labels().get(key, Text(key, key))
    excerpt = _cut(value)
    meant = suggestion or extra.get("suggestion")
    listed = list(accepted or extra.get("accepted") or ())
    names = [_value_name(key, answer) for answer in listed]
    near = _value_name(key, meant) if meant else None
    hints, lists = Text("", ""), Text("", "")
    if near is not None:
        hints = message(" Did you mean “{near}”?", near=near)
    if names and near is None and len(names) <= _LISTED:
        lists = message(
            " Possible answers: {names}.",
            names=Text(", ".join(n.fr for n in names), ", ".join(n.en for n in names)),
        )
    reason = _reason(error) if error and not names else Text("", "")
    return AddressFault(
        name,
        message(
            "{about}: “{excerpt}” is not a possible answer{reason}.{hints}{lists} {left}",
            about=about,
            excerpt=excerpt,
            reason=reason,
            hints=hints,
            lists=lists,
            left=_LEFT,
        ),
        key,
    )


def no_such_perimeter(name: str, word: str) -> AddressFault:
    """Return the fault of a perimeter that the link does not name among its perimeters."""
    excerpt = _cut(word)
    return AddressFault(
        name,
        message(
            "The perimeter “{excerpt}” is not among those of the link (perimeters=…). {left}",
            excerpt=excerpt,
            left=_LEFT,
        ),
        "perimeters",
    )


def no_such_layer(name: str, word: str) -> AddressFault:
    """Return the fault of what is said of a layer that the link does not name among its layers."""
    excerpt = _cut(word)
    return AddressFault(
        name,
        message(
            "The layer “{excerpt}” is not among those of the link (layers=…). {left}",
            excerpt=excerpt,
            left=_LEFT,
        ),
        "layers",
    )


def others_left(number: int) -> AddressFault:
    """Return the fault of the parameters that were not looked at, after many bad ones."""
    return AddressFault(
        "",
        message(
            "The link is too damaged: its {number} other parameters were not read.", number=number
        ),
    )


def _reason(error: MontagesError) -> Text:
    """Return why a value is not read, where a list does not say it: without the place and the value."""
    texts = []
    for lang, opening in (("fr", " (reçu"), ("en", " (given")):
        parts = error.message(lang).partition(": ")
        texts.append((parts[2] or parts[0]).partition(opening)[0].rstrip("."))
    return Text(*(f" ({text})" if text else "" for text in texts))


def _value_name(key: str, slug: str) -> Text:
    """Return the name of a value of a key; as it is written where it has none."""
    criteria = _OF_LAYERS if key == "layers" else filter(None, (answer_keys().get(key),))
    if values := [v for name in criteria for v in rulebook().criteria[name].values]:
        names = {v.slug: v.label for v in values}
        return names.get(slug, Text(slug, slug))
    if key == "holder":
        kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
        return name_of(f"{ID}actor-kind/{kinds.get(slug, slug)}")
    return name_of(f"{ID}{_FOLDERS.get(key, key)}/{slug}")


def _cut(text: str) -> str:
    text = visible(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
