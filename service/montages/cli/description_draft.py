"""A description while it is answered: saved at each answer, and taken back one answer at a time (R19)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from montages.advice.questions.answer_writing import KeyTree, with_layers_of
from montages.advice.questions.interview import Interview
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.cli.saved_description import as_read, save_description


@dataclass
class DescriptionDraft:
    """The description in a file, whose tree of our keys is `tree`, and what is concluded of it so far.

    `passed` are the parts to describe that were passed over; `_before` is how both stood before each answer.
    """

    knowledge: Knowledge
    path: Path
    tree: KeyTree
    lang: str
    options: dict[str, Any]
    passed: frozenset[str] = frozenset()
    _before: list[tuple[KeyTree, frozenset[str]]] = field(default_factory=list)

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
        canonical = as_read(tree, description.readings)
        if layers_of is not None:
            canonical = with_layers_of(canonical, layers_of)
        self.knowledge.questions(canonical, lang=self.lang, **self.options)
        return canonical

    def keep(self, tree: KeyTree) -> None:
        """Save a description, and go on with it."""
        self._before.append((self.tree, self.passed))
        self.tree = tree
        save_description(self.tree, self.path)

    def skip(self, part: str) -> bool:
        """Pass over a part to describe."""
        self._before.append((self.tree, self.passed))
        self.passed |= {part}
        return True

    def take_back(self) -> bool:
        """Take back the last answer; False where there is none."""
        if not self._before:
            return False
        self.tree, self.passed = self._before.pop()
        save_description(self.tree, self.path)
        return True
