"""What a request to the tool asks: the project of its address, the question, what a form has answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from flask import request

from montages.bilingual import Text, message
from montages.description.address.address_answers import WAS, difference_pairs, original_address
from montages.description.address.project_address import (
    LIST,
    PASSABLE,
    PERIMETER,
    UNKNOWN,
    WANTED_BY,
    AddressFault,
    ProjectAddress,
    key_of_parameter,
)
from montages.description.address.read_address import AddressReading, read_address
from montages.description.address.write_address import address_pairs
from montages.description.reader import read_sentence
from montages.description.reader.sentence_project import (
    SENTENCE,
    UNSURE,
    sentence_project,
    unsure_but,
)
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook

Pair = tuple[str, str]

# Parameters of the page, which say nothing of the project: the question that is put, the one that a form
# answers with those that take the same answer, the one that was answered before, how much is shown.
ASK, QUESTION, BEFORE, VIEW, LANG = "ask", "question", "before", "view", "lang"
# The name of the project, which a question of its own changes.
NAME = "project"
# What only an answer for programs takes: its format, how much it says, whether its slugs are explained in it.
FORMAT, DETAIL, LEGEND = "format", "detail", "legend"
# How many questions were said to be left, at most, when the last one was put.
LEFT = "left"
CONTROLS = (ASK, QUESTION, BEFORE, LEFT, VIEW, LANG, SENTENCE, FORMAT, DETAIL, LEGEND)
# Beside the question at hand: the result alone, and all its detail.
RESULT, FULL = "result", "full"
# Which contracts to compare, and that what does not tell them apart is wanted too.
ABOUT, ALIKE = "about", "same"
# The names of the views of a project, each with the parameters that are its own.
PARAMETERS_OF_VIEWS: dict[str, tuple[str, ...]] = {
    "what-if": (),
    "compositions": (),
    "compare": (ABOUT, ALIKE),
    "similar": (),
}
# No answer has the name of one of these.
VIEW_PARAMETERS = frozenset(name for own in PARAMETERS_OF_VIEWS.values() for name in own)
# In the form of the layers, what says of a layer how it is run; `used` where that is not known.
LAYER_FIELD, USED = "layer.", "used"

# What a form of places may take away, with what was said of it.
_OF_PLACES = ("layers", "perimeters")
# What may be answered by nothing: no areas, no name, no day.
_MAY_BE_EMPTY = ("perimeters", NAME, WANTED_BY)
_CHOOSE = message("Choose an answer, or “I do not know”.")


@dataclass(frozen=True)
class ToolRequest:
    """The project of a request, as read, that from which it was made, and what the page is to show.

    `ask` is the parameter of the question to put, empty for the next one; `sentence` one in everyday words
    that was just sent; `left` how many questions were left, at most, when `before` was put; `question` the
    one that a form has just answered, and `error` what is wrong with that answer; `values` are those of it
    as they were sent. `of_view` are the parameters of a view, one that is sent several times with commas
    between.
    """

    reading: AddressReading
    ask: str = ""
    question: str = ""
    before: str = ""
    left: int | None = None
    sentence: str = ""
    view: str = ""
    of_view: Mapping[str, str] = field(default_factory=dict)
    original: ProjectAddress | None = None
    error: Text | None = None
    values: tuple[str, ...] = ()

    @property
    def address(self) -> ProjectAddress:
        """Return the project."""
        return self.reading.address

    @property
    def faults(self) -> tuple[AddressFault, ...]:
        """Return what is wrong with the link, without what is told at the question."""
        if self.error is None:
            return self.reading.faults
        return tuple(f for f in self.reading.faults if f.parameter != self.question)

    def own_pairs(self) -> list[Pair]:
        """Return the parameters of the request in their own form, those of the page included."""
        left = "" if self.left is None else str(self.left)
        controls = {ASK: self.ask, BEFORE: self.before, LEFT: left, VIEW: self.view, **self.of_view}
        pairs = address_pairs(self.address)
        if self.original is not None:
            pairs += difference_pairs(self.address, self.original)
        return [*pairs, *((k, v) for k, v in controls.items() if v)]


def tool_request(pairs: Iterable[Pair]) -> ToolRequest:
    """Return what the parameters of a request ask."""
    controls: dict[str, str] = {}
    own: list[Pair] = []
    was: list[Pair] = []
    of_view: dict[str, list[str]] = {}
    for name, value in pairs:
        if name.startswith(WAS):
            was.append((name, value))
        elif name in VIEW_PARAMETERS:
            of_view.setdefault(name, []).append(value.strip())
        elif name in CONTROLS:
            controls[name] = value.strip()
        else:
            own.append(
                _of_layer_field(name, value) if name.startswith(LAYER_FIELD) else (name, value)
            )
    if sentence := controls.get(SENTENCE):
        given = {name for name, _ in own}
        read = address_pairs(ProjectAddress(sentence_project(read_sentence(sentence))))
        own += [pair for pair in read if pair[0] not in given]
    question = controls.get(QUESTION, "")
    sent = tuple(value.strip() for name, value in own if name == question and value.strip())
    if question:
        own = _with_answers(own, question, sent)
    reading = read_address(own)
    view = controls.get(VIEW, "")
    view_parameters = PARAMETERS_OF_VIEWS.get(view, ())
    request = ToolRequest(
        reading,
        original=original_address(reading.address, was),
        ask=controls.get(ASK, ""),
        before=controls.get(BEFORE, ""),
        left=int(left) if (left := controls.get(LEFT, "")).isdecimal() and len(left) < 3 else None,
        sentence=controls.get(SENTENCE, ""),
        view=view if view in (RESULT, FULL, *PARAMETERS_OF_VIEWS) else "",
        of_view={
            k: LIST.join(filter(None, of_view[k]))
            for k in view_parameters
            if any(of_view.get(k, ()))
        },
    )
    return _with_error(request, question, sent) if question else request


def with_day(address: ProjectAddress, day: date, rules: str) -> ProjectAddress:
    """Return a project as a link of today holds it: one of which nothing is said has no day."""
    empty = not address.tree and not address.passed
    return replace(address, day=None if empty else day, rules="" if empty else rules)


def _of_layer_field(name: str, value: str) -> Pair:
    """Return the layer that a field of the form of layers says is used, as the address has it."""
    layer, at, area = name.removeprefix(LAYER_FIELD).partition(PERIMETER)
    if not value:
        return "layers", ""
    mode = "" if value == USED else f":{value}"
    return "layers", f"{layer}{mode}{at}{area}"


def _with_answers(own: Sequence[Pair], question: str, sent: Sequence[str]) -> list[Pair]:
    """Return parameters with the answer of a form: "I do not know" alone, a list said complete."""
    values = [UNKNOWN] if UNKNOWN in sent else list(sent)
    if not values and question in PASSABLE:
        values = [UNKNOWN]
    rest = [pair for pair in own if pair[0] != question]
    if values and UNKNOWN not in values:
        criterion = answer_keys().get(key_of_parameter(question), question)
        rest = [
            (name, unsure_but(value, criterion) if name == UNSURE else value)
            for name, value in rest
        ]
        rest = [pair for pair in rest if pair != (UNSURE, "")]
    if question in PASSABLE and UNKNOWN in values:
        rest = [pair for pair in rest if pair != ("complete", question)]
    rest += [(question, value) for value in values]
    key = key_of_parameter(question)
    several = key in answer_keys() and rulebook().criteria[answer_keys()[key]].multiple
    if several and values and UNKNOWN not in values:
        rest.append((question.removesuffix(key) + "complete", key))
    return rest


def _with_error(request: ToolRequest, question: str, sent: tuple[str, ...]) -> ToolRequest:
    """Return a request whose form has answered a question, with what is wrong with the answer."""
    reading = request.reading
    if question in _OF_PLACES:
        # Its form sends along what is said of layers and perimeters that are no more.
        faults = (f for f in reading.faults if f.key not in _OF_PLACES or f.parameter == question)
        reading = replace(reading, faults=tuple(faults))
    error = next((f.message for f in reading.faults if f.parameter == question), None)
    if error is None and not sent and question not in (*PASSABLE, *_MAY_BE_EMPTY):
        error = _CHOOSE
    return replace(request, reading=reading, question=question, error=error, values=sent)


def sent_pairs() -> list[Pair]:
    """Return the parameters of the request at work, in their order."""
    return list(request.args.items(multi=True))


def is_part() -> bool:
    """Tell whether a script asks for the part of the page that changes."""
    whole = request.headers.get("HX-History-Restore-Request") == "true"
    return request.headers.get("HX-Request") == "true" and not whole
