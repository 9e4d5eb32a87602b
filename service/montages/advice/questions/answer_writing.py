"""Answers written into a description of our keys, where they stand: a new tree, the old one as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from typing import Any

from montages.advice.questions.interview import Question
from montages.advice.questions.parts_to_describe import DescribedPart
from montages.advice.request import written_value
from montages.advice.what_if.what_ifs import ChoiceChange
from montages.assessment.check import plain_number
from montages.description.address.project_address import layer_names, node_of
from montages.description.parsing.key_values import listing
from montages.description.reader.sentence_project import without_doubt

# A description of our keys.
KeyTree = dict[str, Any]

MODE = "management-mode"


def with_answer(tree: KeyTree, question: Question, values: Sequence[Any]) -> KeyTree:
    """Return a description in which a question is answered; by no value, it is said to be unknown.

    A list is said to be complete.
    """
    out = deepcopy(without_doubt(tree, question.criterion.slug) if values else tree)
    _write(out, out, question, values)
    return out


def with_changed_answer(
    tree: KeyTree, parameter: str, question: Question, values: Sequence[Any]
) -> KeyTree:
    """Return a description in which one answer is another, or said to be unknown, where it stands.

    `parameter` is that of an address: the key alone, or under a layer use or a perimeter.
    """
    out = deepcopy(without_doubt(tree, question.criterion.slug) if values else tree)
    node = node_of(parameter, out)
    assert node is not None
    _forget(out if question.key.startswith("/holder/") else node, node, question)
    _write(out, node, question, values)
    return out


def _write(tree: KeyTree, node: KeyTree, question: Question, values: Sequence[Any]) -> None:
    """Write the answer to a question in a part of a description; by no value, that it is unknown."""
    name = question.criterion.slug
    if not values:
        _list(node, "unknown", name)
        return
    section, key = question.key.strip("/").split("/")
    where = tree if section == "holder" else node
    value = list(values) if question.criterion.multiple else values[0]
    where[section] = {**(where.get(section) or {}), key: value}
    if question.criterion.multiple:
        _list(node, "complete", name)


def without_answer(tree: KeyTree, question: Question) -> KeyTree:
    """Return a description in which a question is not answered, and is not said to be unknown either."""
    out = deepcopy(tree)
    for node in (out, *_parts(out)):
        _forget(node, node, question)
    return out


def _forget(where: KeyTree, node: KeyTree, question: Question) -> None:
    """Take an answer out of a part of a description, and that it is unknown or its list complete."""
    name = question.criterion.slug
    section, key = question.key.strip("/").split("/")
    if isinstance(where.get(section), dict):
        where[section].pop(key, None)
    for listed in ("unknown", "complete"):
        named = listing(node.get(listed))
        if name in named:
            node[listed] = [other for other in named if other != name]


def _list(node: KeyTree, key: str, name: str) -> None:
    named = listing(node.get(key))
    node[key] = named if name in named else [*named, name]


def _parts(tree: KeyTree) -> Iterator[KeyTree]:
    yield from listing(tree.get("layers"))
    yield from (area for area in (tree.get("perimeters") or {}).values() if area)


def with_choices(tree: KeyTree, changes: Iterable[ChoiceChange]) -> KeyTree:
    """Return a description in which some choices are answered so, for the whole project."""
    for change in changes:
        question, name = Question.about(change.criterion), change.criterion.slug
        value = written_value(name, change.to[0])
        values = [value if change.number is None else plain_number(change.number)]
        tree = with_answer(without_answer(tree, question), question, values)
        # No layer answers by a key of its own what the project answers.
        if name == MODE and isinstance(layers := tree.get("layers"), list):
            tree["layers"] = [{k: v for k, v in use.items() if k != "mode"} for use in layers]
    return tree


def with_part(tree: KeyTree, part: DescribedPart, chosen: Sequence[str]) -> KeyTree:
    """Return a description with one of its parts: the kind of holder, the usages or the layers."""
    if part.key == "/usages":
        return tree | {"usages": list(chosen)}
    if part.key == "/layers":
        return tree | {"layers": [{"layer": layer} for layer in chosen]}
    out = tree | {"holder": {**(tree.get("holder") or {}), "type": chosen[0]}}
    if "holder" in listing(tree.get("unknown")):
        out["unknown"] = [name for name in listing(tree["unknown"]) if name != "holder"]
    return out


def with_layers_of(tree: KeyTree, before: KeyTree) -> KeyTree:
    """Return a description whose layers say again what they said in the one before, those that stay."""
    uses_before = [use for _, use in layer_names(before.get("layers"))]
    layers: list[Any] = []
    for _, use in layer_names(tree["layers"]):
        layers += [old for old in uses_before if old.get("layer") == use.get("layer")] or [use]
    return tree | {"layers": layers}
