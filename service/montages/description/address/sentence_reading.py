"""What a sentence in everyday words says of a project, and the words of it that were not understood.

Read are holder, usages, layers and how each is got, numbers with their unit, and what the everyday answers of
the data name. A word in doubt is not taken: it is told as not understood.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from montages.description.address.project_address import (
    WANTED_BY,
    ProjectAddress,
    Tree,
    criterion_keys,
)
from montages.description.address.sentence_names import MODE, SAYS
from montages.description.address.sentence_numbers import sentence_numbers
from montages.description.address.sentence_scan import LAYER, SentenceScan
from montages.description.address.sentence_tokens import in_digits, sentence_tokens
from montages.knowledge.everyday_answers import everyday_answers
from montages.knowledge.rulebook import rulebook

# No longer sentence is looked at.
LONGEST = 300


@dataclass(frozen=True)
class SentenceReading:
    """The project that a sentence speaks of, and the words of it that nothing of ours says."""

    address: ProjectAddress
    not_understood: tuple[str, ...] = ()

    @property
    def names_part(self) -> bool:
        """Tell whether it names who carries the project, what it is for, or what it is made of."""
        return any(part in self.address.tree for part in ("holder", "usages", "layers"))

    @property
    def whole(self) -> ProjectAddress:
        """Return the project with what was not understood, as its answer tells it."""
        if not self.not_understood:
            return self.address
        tree = {**self.address.tree, "not-understood": ", ".join(self.not_understood)}
        return replace(self.address, tree=tree)


def sentence_reading(sentence: str) -> SentenceReading:
    """Return what a sentence says of a project."""
    sentence = in_digits(sentence[:LONGEST])
    scan = SentenceScan(sentence, sentence_tokens(sentence))
    scan.run()
    numbers, doubtful = sentence_numbers(scan)
    tree: Tree = {}
    if holders := scan.named("holder"):
        tree["holder"] = {"type": holders[0]}
        scan.tell_others(holders[0])
    if usages := scan.usages():
        tree["usages"] = usages
    scan.add_rented()
    modes = scan.modes()
    if layers := scan.named("layers"):
        tree["layers"] = [
            {"layer": layer, **({MODE: modes[layer]} if layer in modes else {})} for layer in layers
        ]
    stated = {**_stated(scan.named(SAYS)), **numbers}
    days = scan.days()
    if len(set(days.values())) == 1:
        tree[WANTED_BY] = next(iter(days.values())).isoformat()
    else:
        doubtful += tuple(days)
    if stated:
        keys = criterion_keys()
        tree["answers"] = {keys[c]: stated[c] for c in keys if c in stated}
    return SentenceReading(ProjectAddress(tree), (*doubtful, *scan.aside, *scan.unknown))


def _stated(slugs: Iterable[str]) -> dict[str, Any]:
    """Return what everyday answers state by criterion: of two that differ the first by rank, else neither."""
    by_criterion: dict[str, dict[str, int]] = {}
    answers = sorted((everyday_answers()[slug] for slug in slugs), key=lambda answer: answer.rank)
    stated_by_all = {criterion for answer in answers for criterion, _ in answer.states}
    for answer in answers:
        if answer.states_of(LAYER) or not stated_by_all.isdisjoint(answer.unless_stated):
            continue
        for criterion, value in answer.states:
            by_criterion.setdefault(criterion, {}).setdefault(value, answer.rank)
    stated: dict[str, Any] = {}
    for criterion, values in by_criterion.items():
        (first, rank), *others = values.items()
        if rulebook().criteria[criterion].multiple:
            stated[criterion] = list(values)
        elif all(rank < other for _, other in others):
            stated[criterion] = first
    return stated
