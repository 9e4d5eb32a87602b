"""Answers written into a description of our keys, where they stand: a new tree, the old one as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any, cast

from montages.advice.answer_places import answer_key
from montages.advice.questions.interview import Question, ToConfirm
from montages.description.address.project_address import NODE, PERIMETER, layer_names

Tree = dict[str, Any]


def with_answer(tree: Tree, question: Question, values: Sequence[Any]) -> Tree:
    """Return a description in which a question is answered; by no value, it is said to be unknown.

    A list is said to be complete.
    """
    out = deepcopy(tree)
    _write(out, out, question, values)
    return out


def with_changed_answer(
    tree: Tree, parameter: str, question: Question, values: Sequence[Any]
) -> Tree:
    """Return a description in which one answer is another, or said to be unknown, where it stands.

    `parameter` is that of an address: the key alone, or under a layer use or a perimeter.
    """
    out = deepcopy(tree)
    node = _part_of(parameter, out)
    _forget(out if question.key.startswith("/holder/") else node, node, question)
    _write(out, node, question, values)
    return out


def _write(tree: Tree, node: Tree, question: Question, values: Sequence[Any]) -> None:
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


def with_confirmed(tree: Tree, group: ToConfirm) -> Tree:
    """Return a description that states what was presumed."""
    out = deepcopy(tree)
    for answer in group.answers:
        section, key = answer_key(answer.criterion.slug).strip("/").split("/")
        out[section] = {key: answer.value.slug, **(out.get(section) or {})}
    return out


def without_answer(tree: Tree, question: Question) -> Tree:
    """Return a description in which a question is not answered, and is not said to be unknown either."""
    out = deepcopy(tree)
    for node in (out, *_parts(out)):
        _forget(node, node, question)
    return out


def _forget(where: Tree, node: Tree, question: Question) -> None:
    """Take an answer out of a part of a description, and that it is unknown or its list complete."""
    name = question.criterion.slug
    section, key = question.key.strip("/").split("/")
    if isinstance(where.get(section), dict):
        where[section].pop(key, None)
    for listed in ("unknown", "complete"):
        named = node.get(listed) or []
        named = named if isinstance(named, list) else [named]
        if name in named:
            node[listed] = [each for each in named if each != name]


def _list(node: Tree, key: str, name: str) -> None:
    named = node.get(key) or []
    named = named if isinstance(named, list) else [named]
    node[key] = named if name in named else [*named, name]


def _parts(tree: Tree) -> Iterator[Tree]:
    layers = tree.get("layers") or []
    yield from (layers if isinstance(layers, list) else [layers])
    yield from (area for area in (tree.get("perimeters") or {}).values() if area)


def _part_of(parameter: str, tree: Tree) -> Tree:
    """Return the part of a description that a parameter is about, that may be written in."""
    head, _, rest = parameter.partition(NODE)
    if not rest:
        return tree
    if head.startswith(PERIMETER):
        area: Tree = tree["perimeters"][head[1:]]
        return area
    return next(cast("Tree", use) for name, use in layer_names(tree["layers"]) if name == head)
