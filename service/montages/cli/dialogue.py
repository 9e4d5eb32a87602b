"""A conversation that asks one question at a time, saves each answer, and can go back (R19)."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
import yaml
from rich.console import RenderableType

from montages.advice.questions.answer_writing import Tree, with_answer, with_confirmed
from montages.advice.questions.interview import Interview, Question, ToConfirm
from montages.advice.questions.parts_to_describe import DescribedPart
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.cli.output import show
from montages.description.readings import Reading
from montages.errors import MontagesError, Refused
from montages.knowledge.label_index import plain_form
from montages.publish.text.interview_text import (
    find_out_text,
    help_text,
    part_help_text,
    part_text,
    presumed_text,
    question_text,
    standings_line,
    to_refine_text,
)
from montages.publish.text.typeset import Line
from montages.publish.text.typography import colon, quoted
from montages.validation.findings import Finding

_PROMPT = Text("Réponse", "Answer")
_KEYS = Text(
    "Un numéro, un nom ou une valeur ; 0 : je ne sais pas ; ? : aide ; < : revenir ; q : arrêter là.",
    "A number, a name or a value; 0: I do not know; ?: help; <: back; q: stop here.",
)
_PART_KEYS = Text(
    "Un numéro ou un nom, plusieurs séparés par des virgules ; ? : aide ; Entrée : passer ; q : arrêter là.",
    "A number or a name, several with commas; ?: help; Enter: skip; q: stop here.",
)
_CONFIRM = Text(
    "Entrée : tout confirmer ; un numéro : corriger ; < : revenir ; q : arrêter là.",
    "Enter: confirm all; a number: correct it; <: back; q: stop here.",
)
_SAVED = Text(
    "Vos réponses sont dans {0}. Pour reprendre : montages ask {0}",
    "Your answers are in {0}. To go on: montages ask {0}",
)
_FIRST = Text("Premier résultat :", "First result:")
_NOW = Text("Résultat :", "Result:")
_NOT_LISTED = Text(
    "Cette réponse n'est pas dans la liste : donnez un numéro ou un nom de la liste.",
    "This answer is not in the list: give a number or a name of the list.",
)
_MEANT = Text(" Vouliez-vous {} ?", " Did you mean {}?")
_NOTHING_BEFORE = Text("Rien avant cette question.", "Nothing before this question.")
_BACK = ("<", "retour", "back")
_STOP = ("q", "quitter", "quit")
_UNKNOWN = ("0", "je ne sais pas", "i do not know", "i don t know", "unknown")


class Stopped(Exception):
    """The person leaves; what was answered is saved."""


@dataclass
class Dialogue:
    """A conversation about the description in a file, whose tree of our keys is `tree`."""

    knowledge: Knowledge
    path: Path
    tree: Tree
    lang: str
    options: dict[str, Any]
    _before: list[Tree] = field(default_factory=list)
    _headline: str = ""

    def run(self) -> None:
        """Ask until no answer can change a verdict, or the person leaves; end with the answer."""
        try:
            if not self.tree.get("answers") and not self.tree.get("unknown"):
                for part in self._interview().describe:
                    self._describe(part)
            self._ask_all()
        except (Stopped, click.Abort, EOFError, KeyboardInterrupt):
            self._say(Line())
        self._end()

    def _interview(self) -> Interview:
        return self.knowledge.questions(self.tree, lang=self.lang, **self.options)

    def _assessment(self) -> Assessment:
        return self.knowledge.assess(self.tree, lang=self.lang, as_of=self.options["as_of"])

    def _ask_all(self) -> None:
        while not (interview := self._interview()).done:
            self._tell(interview)
            if interview.questions:
                self._ask(interview.questions[0], interview)
            elif interview.to_confirm is not None:
                self._confirm(interview.to_confirm)

    def _tell(self, interview: Interview) -> None:
        """Show the result so far where it has changed, then where the contracts stand."""
        self._say(Line())
        headline = self._assessment().answer.headline[self.lang]
        if headline != self._headline:
            title = _NOW if self._headline else _FIRST
            self._say(Line(title[self.lang], style="bold").append(f" {headline}", style="default"))
            self._headline = headline
        self._say(standings_line(interview, self.lang))

    def _describe(self, part: DescribedPart) -> None:
        listed = part.listed(self.lang)
        values, names = [v.value for v in listed], {v.value: v.label for v in listed}
        self._say(Line(), part_text(part, self.lang), Line(_PART_KEYS[self.lang], style="dim"))
        while text := self._read():
            if text == "?":
                self._say(part_help_text(part, self.lang))
                continue
            words = text.split(",") if part.multiple else [text]
            chosen = [_numbered(word, values) for word in words]
            if self._keep(_with_part(self.tree, part, chosen), names):
                return

    def _ask(self, question: Question, interview: Interview) -> None:
        self._say(question_text(question, self.lang), Line(_KEYS[self.lang], style="dim"))
        while True:
            text = self._read()
            if text == "?":
                self._say(help_text(question, interview, self.lang))
            elif plain_form(text) in _UNKNOWN or text == "0":
                if self._keep(with_answer(self.tree, question, [])):
                    return
            elif text in _BACK:
                if self._back():
                    return
            elif text and self._keep(
                with_answer(self.tree, question, self._values(question, text)),
                {question.written(c.value.slug): c.value.label for c in question.changes},
            ):
                return

    def _values(self, question: Question, text: str) -> list[str]:
        """Return what a person answered, a number of the list as the value it stands for."""
        if question.criterion.numeric_property:
            return [text]
        values = [question.written(change.value.slug) for change in question.changes]
        words = text.split(",") if question.criterion.multiple else [text]
        return [_numbered(word, values) for word in words]

    def _confirm(self, group: ToConfirm) -> None:
        self._say(presumed_text(group, self.lang), Line(_CONFIRM[self.lang], style="dim"))
        while True:
            text = self._read()
            if not text:
                if self._keep(with_confirmed(self.tree, group)):
                    return
            elif text in _BACK:
                if self._back():
                    return
            elif text.isdigit() and 0 < int(text) <= len(group.answers):
                question = group.question(int(text) - 1)
                self._ask(question, self._interview())
                return

    def _read(self) -> str:
        """Return what a person types; raises Stopped where they leave."""
        asked, end = _PROMPT[self.lang], f"{colon(self.lang)} "
        text = str(click.prompt(asked, default="", show_default=False, prompt_suffix=end)).strip()
        if text.lower() in _STOP:
            raise Stopped
        return text

    def _keep(self, tree: Tree, names: Mapping[str, Text] | None = None) -> bool:
        """Save a description and go on with it; False, with what is wrong, where it cannot be read.

        `names` are those of the values of the list that was shown, which a message names them by.
        """
        try:
            description = self.knowledge.read(tree)
            canonical = _as_read(tree, description.readings)
            self.knowledge.questions(canonical, lang=self.lang, **self.options)
        except MontagesError as error:
            findings = error.findings if isinstance(error, Refused) else ()
            blocking = [f for f in findings if isinstance(f, Finding) and f.severity == "violation"]
            messages = [self._message(finding, names or {}) for finding in blocking]
            messages = messages or [error.message(self.lang)]
            self._say(*(Line(f"✗ {message}", style="red") for message in messages))
            return False
        self._before.append(self.tree)
        self.tree = canonical
        self._save()
        return True

    def _message(self, finding: Finding, names: Mapping[str, Text]) -> str:
        """Return what a finding says, values of the list that was shown by their names."""
        if not names.keys() & finding.accepted:
            return finding.message[self.lang]
        meant = names.get(finding.suggestion or "")
        hint = _MEANT[self.lang].format(quoted(meant[self.lang], self.lang)) if meant else ""
        return _NOT_LISTED[self.lang] + hint

    def _back(self) -> bool:
        if not self._before:
            self._say(Line(_NOTHING_BEFORE[self.lang]))
            return False
        self.tree = self._before.pop()
        self._save()
        return True

    def _save(self) -> None:
        """Write the description beside its file, then in its place: what is cut short loses nothing."""
        text = yaml.safe_dump(self.tree, allow_unicode=True, sort_keys=False)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=self.path.parent, delete=False
        ) as out:
            out.write(text)
        Path(out.name).replace(self.path)

    def _end(self) -> None:
        interview, assessment = self._interview(), self._assessment()
        answer = assessment.answer
        sentence = answer.headline if answer.undecided else answer.sentence
        self._say(Line(), Line(sentence[self.lang], style="bold"))
        if interview.find_out:
            self._say(find_out_text(interview, self.lang))
        if interview.done and interview.to_refine:
            self._say(to_refine_text(interview, self.lang))
        if answer.undecided:
            self._say(*(Line(s.sentence(self.lang)) for s in answer.steps if not s.precedes))
        self._say(Line(assessment.disclaimer[self.lang], style="dim"))
        if self.path.exists():
            self._say(Line(_SAVED[self.lang].format(self.path)))

    def _say(self, *things: RenderableType) -> None:
        for thing in things:
            show(thing)


def _numbered(word: str, values: Sequence[str]) -> str:
    """Return the value that a number of a list stands for, another word as it is."""
    word = word.strip()
    return values[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(values) else word


def _with_part(tree: Tree, part: DescribedPart, chosen: Sequence[str]) -> Tree:
    """Return a description with one of its parts: the kind of holder, the usages or the layers."""
    write: dict[str, Callable[[], Tree]] = {
        "/holder/type": lambda: {"holder": {"type": chosen[0]}},
        "/usages": lambda: {"usages": list(chosen)},
        "/layers": lambda: {"layers": [{"layer": each} for each in chosen]},
    }
    return tree | write[part.key]()


def _as_read(tree: Tree, readings: Sequence[Reading]) -> Tree:
    """Return a description in which a value that was read by its name stands in its own form."""
    for reading in readings:
        node: Any = tree
        *way, last = reading.place.strip("/").split("/")
        for step in way:
            node = node[int(step) if isinstance(node, list) else step]
        key = int(last) if isinstance(node, list) else last
        value = node[key]
        if isinstance(value, list):
            node[key] = [reading.read if str(v) == reading.written else v for v in value]
        else:
            node[key] = reading.read
    return tree
