"""A what-if written into a description of our keys: a new tree, the old one as it was."""

from __future__ import annotations

from collections.abc import Iterable

from montages.advice.answer_places import answer_key, written_value
from montages.advice.questions.answer_writing import Tree, with_answer, without_answer
from montages.advice.questions.interview import Question
from montages.advice.what_if.what_ifs import ChoiceChange
from montages.assessment.arrangement_result import plain_number

# Where a layer has a key of its own for a criterion.
_LAYER_KEYS = {"management-mode": "mode"}


def with_changes(tree: Tree, changes: Iterable[ChoiceChange]) -> Tree:
    """Return a description in which some choices are answered so, for the whole project."""
    for change in changes:
        tree = _with_change(tree, change)
    return tree


def _with_change(tree: Tree, change: ChoiceChange) -> Tree:
    question = Question(
        criterion=change.criterion,
        kind="choice",
        key=answer_key(change.criterion.slug),
        waits=(),
        changes=(),
        score=0,
    )
    value = written_value(change.criterion.slug, change.to[0])
    values = [value if change.number is None else plain_number(change.number)]
    tree = without_answer(tree, question)
    return _without_layer_key(with_answer(tree, question, values), change.criterion.slug)


def _without_layer_key(tree: Tree, name: str) -> Tree:
    """Return a description in which no layer answers by a key of its own what the project answers."""
    key, layers = _LAYER_KEYS.get(name), tree.get("layers")
    if key is None or not isinstance(layers, list):
        return tree
    return tree | {"layers": [{k: v for k, v in each.items() if k != key} for each in layers]}
