"""A conversation that asks one question at a time, saves each answer, and can go back (R19)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import RenderableType

from montages.advice.questions.answer_writing import (
    KeyTree,
    layers_without_mode,
    mode_question,
    with_answer,
    with_changed_answer,
    with_confirmed,
    with_layers_of,
    with_mode,
    with_part,
)
from montages.advice.questions.interview import Interview, Question, ToConfirm
from montages.advice.questions.parts_to_describe import DescribedPart, described_parts
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.cli.dialogue_words import (
    BACK,
    CONFIRM,
    FIRST,
    IN_FILE,
    KEYS,
    MEANT,
    MODE_KEYS,
    MODES,
    MORE,
    NOT_LISTED,
    NOTHING_BEFORE,
    NOTHING_SAID,
    NOW,
    PART_KEYS,
    PROMPT,
    REVIEW,
    REVIEWED,
    SAVED,
    STOP,
    is_unknown,
    numbered,
)
from montages.cli.output import show
from montages.cli.saved_description import as_read, save_description
from montages.description.address.address_answers import SummaryLine, answer_summary, where_text
from montages.description.address.project_address import (
    ProjectAddress,
    key_of_parameter,
    layer_names,
)
from montages.errors import MontagesError, Refused
from montages.knowledge.description_keys import answer_keys
from montages.publish.text.assessment_text import brief_text
from montages.publish.text.interview_text import (
    find_out_text,
    help_text,
    mode_help_text,
    part_help_text,
    part_text,
    presumed_text,
    question_text,
    said_text,
    standings_line,
    to_refine_text,
)
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon, quoted
from montages.validation.findings import Finding


class Stopped(Exception):
    """The person leaves; what was answered is saved."""


@dataclass
class Dialogue:
    """A conversation about the description in a file, whose tree of our keys is `tree`.

    Who, what for and with which layers is asked first of what nothing else is said; `passed` are those of
    them that were passed over. `_before` is how both stood before each answer.
    """

    knowledge: Knowledge
    path: Path
    tree: KeyTree
    lang: str
    options: dict[str, Any]
    passed: frozenset[str] = frozenset()
    _before: list[tuple[KeyTree, frozenset[str]]] = field(default_factory=list)
    _headline: str = ""

    def run(self) -> None:
        """Ask until no answer can change a verdict, or the person leaves; end with the answer."""
        if self.tree.get("answers") or self.tree.get("unknown"):
            self.passed = frozenset((MODES, *(part.key for part in described_parts())))
        try:
            while (step := self._step()) is not None:
                step()
        except (Stopped, click.Abort, EOFError, KeyboardInterrupt):
            self._say(Line())
        self._end()

    def _step(self) -> Callable[[], None] | None:
        """Return what puts the next question; None where no answer can change a verdict."""
        interview = self._interview()
        for part in interview.describe:
            if part.key not in self.passed:
                return partial(self._describe, part)
        if MODES not in self.passed and (heads := layers_without_mode(self.tree)):
            return partial(self._ask_mode, heads)
        if interview.done:
            return None
        self._tell(interview)
        if interview.questions:
            return partial(self._ask, interview.questions[0], interview)
        assert interview.to_confirm is not None
        return partial(self._confirm, interview.to_confirm)

    def _interview(self) -> Interview:
        return self.knowledge.questions(self.tree, lang=self.lang, **self.options)

    def _assessment(self) -> Assessment:
        return self.knowledge.assess(self.tree, lang=self.lang, as_of=self.options["as_of"])

    def _tell(self, interview: Interview) -> None:
        """Show the result so far where it has changed, then where the contracts stand."""
        self._say(Line())
        headline = self._assessment().answer.headline[self.lang]
        if headline != self._headline:
            title = NOW if self._headline else FIRST
            self._say(Line(title[self.lang], style="bold").append(f" {headline}", style="default"))
            self._headline = headline
        self._say(standings_line(interview, self.lang))

    def _put(
        self,
        *parts: RenderableType,
        keys: Text,
        explain: Callable[[], RenderableType],
        take: Callable[[str], bool],
    ) -> None:
        """Put a question until `take` has its answer, or one goes back or to another."""
        self._say(*parts, Line(keys[self.lang], style="dim"))
        while True:
            text = self._read()
            if text == "?":
                self._say(explain())
            elif text.lower() in BACK:
                if self._back():
                    return
            elif text.lower() in REVIEW:
                self._review()
                return
            elif take(text):
                return

    def _describe(self, part: DescribedPart) -> None:
        listed = part.listed(self.lang)
        values, names = [v.value for v in listed], {v.value: v.label for v in listed}

        def take(text: str) -> bool:
            if is_unknown(text) and part.key == "/holder/type":
                self.passed |= {part.key}
                return self._keep(with_answer(self.tree, Question.of("holder"), []))
            if not text or is_unknown(text):
                return self._pass(part.key)
            words = text.split(",") if part.multiple else [text]
            chosen = [numbered(word, values) for word in words]
            kept = self.tree if part.key == "/layers" else None
            return self._keep(with_part(self.tree, part, chosen), names, layers_of=kept)

        self._put(
            Line(),
            part_text(part, self.lang),
            keys=PART_KEYS,
            explain=lambda: part_help_text(part, self.lang),
            take=take,
        )

    def _ask_mode(self, heads: Sequence[str]) -> None:
        """Ask how the first of some layers is run, or all of them alike."""
        question = mode_question()
        values = [change.value.slug for change in question.changes]
        names = {change.value.slug: change.value.label for change in question.changes}

        def take(text: str) -> bool:
            if not text or is_unknown(text):
                return self._pass(MODES)
            all_alike = text.endswith("*")
            mode = numbered(text.removesuffix("*"), values)
            return self._keep(with_mode(self.tree, heads if all_alike else heads[:1], mode), names)

        where = where_text((f"{heads[0]}.mode",), self.tree)[self.lang]
        layer = str(dict(layer_names(self.tree["layers"]))[heads[0]]["layer"])
        self._put(
            Line(),
            question_text(question, self.lang, where),
            keys=MODE_KEYS,
            explain=lambda: mode_help_text(question, layer, self.lang),
            take=take,
        )

    def _ask(self, question: Question, interview: Interview) -> None:
        self._put_question(
            question, interview, lambda values: with_answer(self.tree, question, values)
        )

    def _put_question(
        self,
        question: Question,
        interview: Interview,
        written: Callable[[Sequence[str]], KeyTree],
        where: str = "",
    ) -> None:
        """Put a question whose answer makes a description of `written`; no value says that it is unknown."""
        names = {question.written(c.value.slug): c.value.label for c in question.changes}

        def take(text: str) -> bool:
            if is_unknown(text):
                return self._keep(written([]))
            return bool(text) and self._keep(written(self._values(question, text)), names)

        self._put(
            question_text(question, self.lang, where),
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

    def _confirm(self, group: ToConfirm) -> None:
        def take(text: str) -> bool:
            if not text:
                return self._keep(with_confirmed(self.tree, group))
            if not (text.isdigit() and 0 < int(text) <= len(group.answers)):
                return False
            self._ask(group.question(int(text) - 1), self._interview())
            return True

        presumptions = presumed_text(group, self.lang)
        self._put(presumptions, keys=CONFIRM, explain=lambda: presumptions, take=take)

    def _review(self) -> None:
        """Show what was said, and put again the question that a person wants to answer otherwise."""
        lines = answer_summary(ProjectAddress(self.tree))
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
        if part := next((p for p in described_parts() if p.key.split("/")[1] == name), None):
            self.passed -= {part.key, MODES}
            self._describe(part)
        elif key not in answer_keys():
            self._say(Line(IN_FILE[self.lang]))
        else:
            question = Question.of(answer_keys()[key])
            self._put_question(
                question,
                self._interview(),
                lambda values: with_changed_answer(self.tree, name, question, values),
                line.where[self.lang],
            )

    def _read(self) -> str:
        """Return what a person types; raises Stopped where they leave."""
        asked, end = PROMPT[self.lang], f"{colon(self.lang)} "
        text = str(click.prompt(asked, default="", show_default=False, prompt_suffix=end)).strip()
        if text.lower() in STOP:
            raise Stopped
        return text

    def _pass(self, part: str) -> bool:
        """Pass over a part to describe."""
        self._before.append((self.tree, self.passed))
        self.passed |= {part}
        return True

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
            description = self.knowledge.read(tree)
            canonical = as_read(tree, description.readings)
            if layers_of is not None:
                canonical = with_layers_of(canonical, layers_of)
            self.knowledge.questions(canonical, lang=self.lang, **self.options)
        except MontagesError as error:
            findings = error.findings if isinstance(error, Refused) else ()
            blocking = [f for f in findings if isinstance(f, Finding) and f.severity == "violation"]
            messages = [self._message(finding, names or {}) for finding in blocking]
            messages = messages or [error.message(self.lang)]
            self._say(*(Line(f"✗ {message}", style="red") for message in messages))
            return False
        self._before.append((self.tree, self.passed))
        self.tree = canonical
        save_description(self.tree, self.path)
        return True

    def _message(self, finding: Finding, names: Mapping[str, Text]) -> str:
        """Return what a finding says, values of the list that was shown by their names."""
        if not names.keys() & finding.accepted:
            return finding.message[self.lang]
        meant = names.get(finding.suggestion or "")
        hint = MEANT[self.lang].format(quoted(meant[self.lang], self.lang)) if meant else ""
        return NOT_LISTED[self.lang] + hint

    def _back(self) -> bool:
        if not self._before:
            self._say(Line(NOTHING_BEFORE[self.lang]))
            return False
        self.tree, self.passed = self._before.pop()
        save_description(self.tree, self.path)
        return True

    def _end(self) -> None:
        interview, assessment = self._interview(), self._assessment()
        answer = assessment.answer
        if interview.done:
            self._say(Line(), brief_text(assessment, self.lang))
        else:
            sentence = answer.headline if answer.undecided else answer.sentence
            self._say(Line(), Line(sentence[self.lang], style="bold"))
        if interview.find_out:
            self._say(find_out_text(interview, self.lang))
        if interview.done and interview.to_refine:
            self._say(to_refine_text(interview, self.lang))
        if answer.undecided and not interview.done:
            self._say(*(Line(s.sentence(self.lang)) for s in answer.steps if not s.precedes))
        if not interview.done:
            self._say(Line(assessment.disclaimer[self.lang], style="dim"))
        if self.path.exists():
            self._say(*(Line(text[self.lang].format(self.path)) for text in (SAVED, MORE)))

    def _say(self, *things: RenderableType) -> None:
        for thing in things:
            show(thing)
