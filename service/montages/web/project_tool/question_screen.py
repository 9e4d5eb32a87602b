"""The question that the page puts: its field, answers and what each does, why it is asked, its form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from montages.advice.questions.interview import Interview, Journey, Question
from montages.advice.questions.parts_to_describe import DescribedPart, described_parts
from montages.advice.questions.question_words import answer_words, why_asked
from montages.bilingual import NO_TEXT, Text, message
from montages.description.address.address_answers import OF_LINK, chosen_values, where_text
from montages.description.address.project_address import (
    PART_NAMES,
    PASSABLE,
    UNKNOWN,
    WANTED_BY,
    ProjectAddress,
    Tree,
    key_of_parameter,
)
from montages.description.address.write_address import Pair
from montages.description.dates import last_day
from montages.description.parsing.key_values import listing
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys, criterion_keys
from montages.knowledge.law import Passage
from montages.knowledge.model import Arrangement, Criterion, Value
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import YES_NO, definition_of
from montages.web.project_tool.layer_screen import layer_form
from montages.web.project_tool.tool_request import NAME, QUESTION

PERIMETERS = "perimeters"
# A yes and a no mean themselves.
_PLAIN = YES_NO.replace("scheme/", "") + "/"
# So many answers are shown under one another; more are a list to choose from.
_SHOWN = 9


@dataclass(frozen=True)
class AnswerOption:
    """One answer: its value in the address, its name, what it means and what it does at once."""

    value: str
    label: Text
    meaning: Text = NO_TEXT
    changes: Text = NO_TEXT


@dataclass(frozen=True)
class PlainQuestion:
    """A question on no criterion: who, what for, with which layers, what the project is called."""

    label: Text
    question: Text
    help: Text = NO_TEXT
    where_to_turn: Text = NO_TEXT
    sources: tuple[Passage, ...] = ()
    unit: Text = NO_TEXT
    slug: str = ""


@dataclass(frozen=True)
class QuestionScreen:
    """A question with its field, named by `parameter`.

    `kind` is one, list (one of many), several, number, text, date, layers or perimeters; `chosen` the
    values that are answered already, or were sent, or, where `guessed`, that a sentence hints at; `where`
    names the layers or perimeters that it is about.
    """

    parameter: str
    kind: str
    asked: Criterion | PlainQuestion
    why: Text = NO_TEXT
    options: tuple[AnswerOption, ...] = ()
    notes: tuple[Text, ...] = ()
    where: Text = NO_TEXT
    chosen: tuple[str, ...] = ()
    guessed: bool = False


def next_screen(journey: Journey, address: ProjectAddress) -> QuestionScreen | None:
    """Return the next question of a journey, None at its end."""
    step, interview = journey.next, journey.interview
    if isinstance(step, DescribedPart):
        return part_screen(step, address, interview.lang)
    return criterion_screen(step, interview.arrangements, address.tree) if step else None


def screen_of(
    parameter: str, interview: Interview, address: ProjectAddress
) -> QuestionScreen | None:
    """Return the question that a parameter answers, None for one that answers none."""
    key = key_of_parameter(parameter)
    if parameter == PERIMETERS:
        return QuestionScreen(PERIMETERS, PERIMETERS, _AREAS)
    if parameter == NAME:
        chosen = tuple(filter(None, (str(address.tree.get(NAME) or ""),)))
        return QuestionScreen(NAME, "text", _NAME, chosen=chosen)
    if parameter == WANTED_BY:
        chosen = tuple(str(last_day(str(day))) for day in listing(address.tree.get(WANTED_BY)))
        return QuestionScreen(WANTED_BY, "date", _WANTED_BY, chosen=chosen)
    for part in described_parts():
        if part.name == parameter:
            return part_screen(part, address, interview.lang)
    if key not in answer_keys():
        return None
    name = answer_keys()[key]
    asked = next((q for q in interview.questions if q.criterion.slug == name), None)
    if asked is None:
        asked = Question(rulebook().criteria[name], "", f"/answers/{key}", (), (), 0)
    screen = criterion_screen(asked, interview.arrangements, address.tree)
    return replace(
        screen,
        parameter=parameter,
        chosen=chosen_values(parameter, address.tree),
        where=where_text((parameter,), address.tree),
    )


def part_screen(part: DescribedPart, address: ProjectAddress, lang: str) -> QuestionScreen:
    """Return the screen of a part to describe: who, what for, with which layers."""
    name = part.name
    kinds = {cls: kind for kind, cls in classes_of_kinds().items()}
    options = tuple(
        AnswerOption(
            kinds.get(v.value, v.value) if name == "holder" else v.value, v.label, v.definition
        )
        for v in part.listed(lang)
    )
    tree = address.tree
    chosen = {
        "holder": [kinds.get(c, c) for c in listing((tree.get("holder") or {}).get("type"))],
        "usages": listing(tree.get("usages")),
        "layers": [],
    }[name]
    if name in PASSABLE and name in address.passed:
        chosen = [*chosen, UNKNOWN]
    criterion = rulebook().criteria.get({"layers": "layer"}.get(name, name))
    return QuestionScreen(
        parameter=name,
        kind={"holder": "list", "usages": "several", "layers": "layers"}[name],
        asked=PlainQuestion(
            PART_NAMES[name],
            part.question,
            part.help,
            criterion.where_to_turn if criterion else NO_TEXT,
            criterion.sources if criterion else (),
        ),
        options=options,
        chosen=tuple(chosen),
    )


def criterion_screen(
    question: Question, arrangements: Mapping[str, Arrangement], tree: Tree
) -> QuestionScreen:
    """Return the screen of a question about a criterion."""
    asked, key = question.criterion, key_of_criterion(question.criterion.slug)
    return QuestionScreen(
        parameter=key,
        kind=_kind(asked, len(question.changes)),
        asked=asked,
        why=why_asked(question.waits, arrangements) if question.waits else NO_TEXT,
        options=_options(question, arrangements),
        notes=tuple(note.note.reading for note in question.notes),
    )


def key_of_criterion(name: str) -> str:
    """Return the key that answers a criterion; that of the holder is a part of its own."""
    if name == "holder":
        return name
    return criterion_keys()[name]


def _kind(criterion: Criterion, answers: int) -> str:
    if criterion.numeric_property:
        return "number"
    if criterion.multiple:
        return "several"
    return "one" if answers <= _SHOWN else "list"


def _options(
    question: Question, arrangements: Mapping[str, Arrangement]
) -> tuple[AnswerOption, ...]:
    """Return the answers to a question, all those of its list where it is not asked now."""
    changes = {
        c.value.slug: answer_words(c, arrangements)
        for c in question.changes
        if c.closes or c.fits or c.names is not None
    }
    values: Sequence[Value] = [c.value for c in question.changes] or question.criterion.values
    return tuple(
        AnswerOption(
            value.slug,
            value.label,
            NO_TEXT if value.iri.startswith(_PLAIN) else definition_of(value.iri),
            changes.get(value.slug, NO_TEXT),
        )
        for value in values
    )


def question_pairs(
    address: ProjectAddress, project: Iterable[Pair], screen: QuestionScreen
) -> list[Pair]:
    """Return the parameters of a project, which are `project`, without the answer to a question."""
    of, _, key = screen.parameter.rpartition(".")
    pairs = []
    for name, value in project:
        head, _, last = name.rpartition(".")
        if name == screen.parameter or name in OF_LINK:
            continue
        if last == "complete" and head == of:
            value = ",".join(word for word in value.split(",") if word != key)
        if value:
            pairs.append((name, value))
    if screen.kind == "layers":
        pairs += [("layers", use) for use in layer_form(address.tree).others]
    return [*pairs, (QUESTION, screen.parameter)]


_NAME = PlainQuestion(
    PART_NAMES[NAME],
    message("What do you call this project?"),
    message(
        "This name stands on the pages to print and names the file. It is in the link: leave "
        "out names of persons. Leave empty to give none."
    ),
)
_WANTED_BY = PlainQuestion(
    PART_NAMES[WANTED_BY],
    message("By which day do you want to sign?"),
    message(
        "The calendar then says between which days to decide. If you know when the service is to begin, "
        "take off the time of the works or of the delivery. Leave empty to give no day."
    ),
)
_AREAS = PlainQuestion(
    PART_NAMES[PERIMETERS],
    message("Is the project run differently from one area to another?"),
    message(
        "Name each area where your choices differ, for example “Centre” run in-house and "
        "“Rural communes” by delegation. Leave empty if everything is done alike."
    ),
)
