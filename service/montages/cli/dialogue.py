"""A conversation that asks one question at a time, saves each answer, and can go back (R19)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import RenderableType

from montages.advice.questions.answer_writing import (
    KeyTree,
    with_answer,
    with_changed_answer,
    with_part,
)
from montages.advice.questions.interview import Interview, Journey, Question
from montages.advice.questions.parts_to_describe import DescribedPart, described_parts
from montages.assessment.assessment import Assessment
from montages.bilingual import Text, message
from montages.cli.description_draft import DescriptionDraft
from montages.cli.output import show
from montages.description.address.address_answers import SummaryLine, answer_summary
from montages.description.address.project_address import ProjectAddress, key_of_parameter
from montages.description.reader.sentence_project import without_doubt
from montages.errors import MontagesError, Refused
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.thing_labels import plain_form
from montages.publish.text import assessment_rows
from montages.publish.text.interview_text import (
    help_text,
    part_help_text,
    part_text,
    question_text,
    said_text,
    standings_line,
)
from montages.publish.text.tables import answer_block
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon, quoted
from montages.validation.findings import Finding

PROMPT = message("Answer")
KEYS = message(
    "A number, a name or a value; 0: I do not know; ?: help; <: back; r: review; q: stop here."
)
PART_KEYS = message(
    "A number or a name, several with commas; 0 or Enter: I do not know; ?: help; <: back; q: "
    "stop here."
)
REVIEWED = message("A number: change that answer; Enter: go on; q: stop here.")
SAVED = message("Your answers are in {0}. To go on: montages ask {0}")
MORE = message("The whole result: montages assess {0}; to print: montages note {0} -o note.html")
FIRST = message("First result:")
NOW = message("Result:")
NOT_LISTED = message("This answer is not in the list: give a number or a name of the list.")
MEANT = message(" Did you mean {}?")
NOTHING_BEFORE = message(
    "Nothing before this question in this sitting; r: review your answers, and change one."
)
NOTHING_SAID = message("You have not answered anything yet.")
IN_FILE = message("Areas are changed in the file, under “perimeters”.")
BACK = ("<", "retour", "back")
REVIEW = ("r", "revoir", "review")
STOP = ("q", "quitter", "quit")
UNKNOWN = ("0", "je ne sais pas", "i do not know", "i don t know", "unknown")


def is_unknown(text: str) -> bool:
    """Tell whether what was typed says that one does not know."""
    return text == "0" or plain_form(text) in UNKNOWN


def numbered(word: str, values: Sequence[str]) -> str:
    """Return the value that a number of a list stands for, another word as it is."""
    word = word.strip()
    return values[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(values) else word


def standing(journey: Journey, headline: str, before: str, lang: str) -> Iterator[RenderableType]:
    """Yield the headline of the result so far if it is not that of before, then where the contracts stand."""
    yield Line()
    if headline != before:
        title = NOW if before else FIRST
        yield Line(title[lang], style="bold").append(f" {headline}", style="default")
    yield standings_line(journey.interview, journey.left, lang)


def fault_lines(error: MontagesError, names: Mapping[str, Text], lang: str) -> list[Line]:
    """Return what is wrong with an answer, the values of the list that was shown by their names."""
    findings = error.findings if isinstance(error, Refused) else ()
    blocking = [f for f in findings if isinstance(f, Finding) and f.severity == "violation"]
    faults = [_fault(finding, names, lang) for finding in blocking] or [error.message(lang)]
    return [Line(f"✗ {fault}", style="red") for fault in faults]


def _fault(finding: Finding, names: Mapping[str, Text], lang: str) -> str:
    if not names.keys() & finding.accepted:
        return finding.message[lang]
    meant = names.get(finding.suggestion or "")
    hint = MEANT[lang].format(quoted(meant[lang], lang)) if meant else ""
    return NOT_LISTED[lang] + hint


def ending(assessment: Assessment, path: Path, lang: str) -> Iterator[RenderableType]:
    """Yield the answer and the lines under it, by which law, and where the description is saved."""
    yield Line()
    yield answer_block(assessment, lang)
    yield Line()
    yield Line(assessment_rows.law(assessment.premises, lang), style="dim")
    yield Line(assessment.premises.disclaimer[lang], style="dim")
    if path.exists():
        yield from (Line(text[lang].format(path)) for text in (SAVED, MORE))


class Stopped(Exception):
    """The person leaves; what was answered is saved."""


@dataclass
class Dialogue:
    """A conversation about the description in a file.

    Who and what for is asked first of what nothing else is said.
    """

    draft: DescriptionDraft
    lang: str
    _headline: str = ""

    def run(self) -> None:
        """Ask until the end of the journey, or the person leaves; end with the answer."""
        try:
            while (journey := self.draft.journey()).next is not None:
                if self._step(journey):
                    self.draft.left = journey.left
        except (Stopped, click.Abort, EOFError, KeyboardInterrupt):
            self._say(Line())
        self._say(*ending(self.draft.assessment(), self.draft.path, self.lang))

    def _step(self, journey: Journey) -> bool:
        """Put the next question; tell whether it was answered, or passed over."""
        step = journey.next
        if isinstance(step, DescribedPart):
            return self._describe(step)
        self._tell(journey)
        return step is not None and self._ask(step, journey.interview)

    def _tell(self, journey: Journey) -> None:
        """Show the result so far where it has changed, then where the contracts stand."""
        headline = self.draft.assessment().answer.opening[self.lang]
        self._say(*standing(journey, headline, self._headline, self.lang))
        self._headline = headline

    def _put(
        self,
        *parts: RenderableType,
        keys: Text,
        explain: Callable[[], RenderableType],
        take: Callable[[str], bool],
    ) -> bool:
        """Put a question until `take` has its answer; False where one goes back or to another."""
        self._say(*parts, Line(keys[self.lang], style="dim"))
        while True:
            text = self._read()
            if text == "?":
                self._say(explain())
            elif text.lower() in BACK:
                if self.draft.take_back():
                    return False
                self._say(Line(NOTHING_BEFORE[self.lang]))
            elif text.lower() in REVIEW:
                self._review()
                return False
            elif take(text):
                return True

    def _describe(self, part: DescribedPart) -> bool:
        listed = part.listed(self.lang)
        values, names = [v.value for v in listed], {v.value: v.label for v in listed}

        def take(text: str) -> bool:
            if is_unknown(text) and part.key == "/holder/type":
                self.draft.passed |= {part.name}
                return self._keep(with_answer(self.draft.tree, Question.of("holder"), []))
            if not text or is_unknown(text):
                return self.draft.skip(part.name)
            words = text.split(",") if part.multiple else [text]
            chosen = [numbered(word, values) for word in words]
            kept = self.draft.tree if part.key == "/layers" else None
            return self._keep(with_part(self.draft.tree, part, chosen), names, layers_of=kept)

        return self._put(
            Line(),
            part_text(part, self.lang),
            keys=PART_KEYS,
            explain=lambda: part_help_text(part, self.lang),
            take=take,
        )

    def _ask(self, question: Question, interview: Interview) -> bool:
        return self._put_question(
            question, interview, lambda values: with_answer(self.draft.tree, question, values)
        )

    def _put_question(
        self,
        question: Question,
        interview: Interview,
        written: Callable[[Sequence[str]], KeyTree],
        where: str = "",
    ) -> bool:
        """Put a question whose answer makes a description of `written`; no value says that it is unknown."""
        names = {question.written(c.value.slug): c.value.label for c in question.changes}
        asked = question.criterion.slug
        in_doubt = asked in interview.opened

        def take(text: str) -> bool:
            if text == "=" and in_doubt:
                return self._keep(without_doubt(self.draft.tree, asked))
            if is_unknown(text):
                return self._keep(written([]))
            return bool(text) and self._keep(written(self._values(question, text)), names)

        return self._put(
            question_text(question, self.lang, where, in_doubt=in_doubt),
            keys=KEYS,
            explain=lambda: help_text(question, interview, self.lang),
            take=take,
        )

    def _values(self, question: Question, text: str) -> list[str]:
        """Return what a person answered, a number of the list as the value it stands for."""
        if question.criterion.numeric_property:
            return [text]
        values = [question.written(change.value.slug) for change in question.changes]
        words = text.split(",") if question.criterion.multiple else [text]
        return [numbered(word, values) for word in words]

    def _review(self) -> None:
        """Show what was said, and put again the question that a person wants to answer otherwise."""
        lines = answer_summary(ProjectAddress(self.draft.tree))
        if not lines:
            self._say(Line(NOTHING_SAID[self.lang]))
            return
        self._say(said_text(lines, self.lang), Line(REVIEWED[self.lang], style="dim"))
        while text := self._read():
            if text.isdigit() and 0 < int(text) <= len(lines):
                self._change(lines[int(text) - 1])
                return

    def _change(self, line: SummaryLine) -> None:
        name, key = line.parameter, key_of_parameter(line.parameter)
        if part := next((p for p in described_parts() if p.name == name), None):
            self.draft.passed -= {part.name}
            self._describe(part)
        elif key not in answer_keys():
            self._say(Line(IN_FILE[self.lang]))
        else:
            question = Question.of(answer_keys()[key])
            self._put_question(
                question,
                self.draft.interview(),
                lambda values: with_changed_answer(self.draft.tree, name, question, values),
                line.where[self.lang],
            )

    def _read(self) -> str:
        """Return what a person types; raises Stopped where they leave."""
        asked, end = PROMPT[self.lang], f"{colon(self.lang)} "
        text = str(click.prompt(asked, default="", show_default=False, prompt_suffix=end)).strip()
        if text.lower() in STOP:
            raise Stopped
        return text

    def _keep(
        self,
        tree: KeyTree,
        names: Mapping[str, Text] | None = None,
        *,
        layers_of: KeyTree | None = None,
    ) -> bool:
        """Save a description and go on with it; False, with what is wrong, where it cannot be read.

        `names` are those of the values of the list that was shown, which a message names them by; what the
        layers of another description said, `layers_of`, is kept.
        """
        try:
            canonical = self.draft.canonical(tree, layers_of)
        except MontagesError as error:
            self._say(*fault_lines(error, names or {}, self.lang))
            return False
        self.draft.keep(canonical)
        return True

    def _say(self, *things: RenderableType) -> None:
        for thing in things:
            show(thing)
