"""A description while it is answered: saved at each answer, and taken back one answer at a time (R19)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from montages.advice.questions.answer_writing import KeyTree, with_layers_of
from montages.advice.questions.interview import Interview, Journey
from montages.advice.questions.parts_to_describe import described_parts
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.bilingual import message
from montages.description.readings import ValueReading
from montages.errors import UnusableInput


def _as_read(tree: dict[str, Any], readings: Sequence[ValueReading]) -> dict[str, Any]:
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


def _save_description(tree: dict[str, Any], path: Path) -> None:
    """Write a description beside its file, then in its place; raises UnusableInput where it cannot.

    The file keeps its rights.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            beside.write_text(
                yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8"
            )
            if path.exists():
                shutil.copymode(path, beside)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = os.strerror(error.errno or 0)
        raise UnusableInput(
            message(
                "{path} could not be saved ({why}). Give another file: montages ask OTHER.yaml",
                path=path,
                why=why,
            )
        ) from error


@dataclass
class DescriptionDraft:
    """The description in a file, whose tree of our keys is `tree`, and what is concluded of it so far.

    `passed` are the parts to describe that were passed over, `left` how many questions were left, at most,
    when the last one was answered; `_before` is how these stood before each answer.
    """

    knowledge: Knowledge
    path: Path
    tree: KeyTree
    lang: str
    options: dict[str, Any]
    passed: frozenset[str] = frozenset()
    left: int | None = None
    _before: list[tuple[KeyTree, frozenset[str], int | None]] = field(default_factory=list)

    def journey(self) -> Journey:
        """Return how far the project is on its way through the questions."""
        return Journey(self.interview(), self.tree, self.passed, self.left)

    def interview(self) -> Interview:
        """Return what to ask next."""
        return self.knowledge.questions(self.tree, lang=self.lang, **self.options)

    def assessment(self) -> Assessment:
        """Return the assessment of what is said."""
        return self.knowledge.assess(self.tree, lang=self.lang, as_of=self.options["as_of"])

    def canonical(self, tree: KeyTree, layers_of: KeyTree | None = None) -> KeyTree:
        """Return a description with its values in their own form; raises MontagesError where it is at fault.

        What the layers of another description said, `layers_of`, is kept.
        """
        description = self.knowledge.read(tree)
        canonical = _as_read(tree, description.readings)
        if layers_of is not None:
            canonical = with_layers_of(canonical, layers_of)
        self.knowledge.questions(canonical, lang=self.lang, **self.options)
        return canonical

    def pass_parts_once_answered(self) -> None:
        """Ask no more who and what for of a description that was answered: no file says what was passed."""
        if self.tree.get("answers") or self.tree.get("unknown"):
            self.passed = frozenset(part.name for part in described_parts())

    def save(self) -> None:
        """Save the description."""
        _save_description(self.tree, self.path)

    def keep(self, tree: KeyTree) -> None:
        """Save a description, and go on with it."""
        self._before.append((self.tree, self.passed, self.left))
        self.tree = tree
        self.save()

    def skip(self, part: str) -> bool:
        """Pass over a part to describe."""
        self._before.append((self.tree, self.passed, self.left))
        self.passed |= {part}
        return True

    def take_back(self) -> bool:
        """Take back the last answer; False where there is none."""
        if not self._before:
            return False
        self.tree, self.passed, self.left = self._before.pop()
        self.save()
        return True
