"""A project without the answers that no description may hold, each told; the rest is assessed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from montages.advice.questions.interview import Interview
from montages.api import Knowledge
from montages.assessment.assessment import Assessment
from montages.bilingual import message
from montages.description.address.project_address import Tree
from montages.errors import Refused
from montages.validation.findings import Finding

T = TypeVar("T")
_NAMES = message("My project")
# So often what a description may not hold is left out, and the rest looked at again.
_TRIES = 3


@dataclass(frozen=True)
class SoundProject:
    """A project as it can be assessed, what that gives, and what was left out of it."""

    tree: Tree
    assessment: Assessment
    interview: Interview
    omissions: tuple[Finding, ...] = ()


def sound_project(knowledge: Knowledge, tree: Tree, lang: str, as_of: date | None) -> SoundProject:
    """Return a project assessed, and what to ask next of it; what it may not hold is left out."""
    tree, (assessment, interview), omissions = _soundly(
        knowledge, tree, partial(knowledge.assess_and_ask, lang=lang, as_of=as_of)
    )
    return SoundProject(tree, assessment, interview, omissions)


def sound_assessment(
    knowledge: Knowledge, tree: Tree, lang: str, as_of: date | None
) -> tuple[Tree, Assessment, tuple[Finding, ...]]:
    """Return a project without what it may not hold, its assessment, and what was left out of it."""
    return _soundly(knowledge, tree, partial(knowledge.assess, lang=lang, as_of=as_of))


def _soundly(
    knowledge: Knowledge, tree: Tree, assess: Callable[..., T]
) -> tuple[Tree, T, tuple[Finding, ...]]:
    tree, omissions = deepcopy(tree), list[Finding]()
    for _ in range(_TRIES):
        try:
            return tree, assess(knowledge.read(with_name(tree))), tuple(omissions)
        except Refused as refused:
            findings = [f for f in refused.findings if isinstance(f, Finding)]
            blocking = [f for f in findings if f.severity == "violation"]
            omissions += [f for f in blocking if f not in omissions]
            _leave_out(tree, blocking)
    return tree, assess(knowledge.read(with_name(tree)), anyway=True), tuple(omissions)


def with_name(tree: Tree) -> Tree:
    """Return a tree with a name for its project, which may have none yet."""
    if tree.get("project"):
        return tree
    return {"project": _NAMES.fr, "project-en": _NAMES.en, **tree}


def without_name(tree: Tree) -> Tree:
    """Return a tree without the name that was given to a project which had none."""
    if tree.get("project") not in (_NAMES.fr, _NAMES.en):
        return tree
    return {key: value for key, value in tree.items() if key not in ("project", "project-en")}


def _leave_out(tree: Tree, findings: Iterable[Finding]) -> None:
    """Take out of a tree each value that a finding is about, the last of a list first."""
    places = {tuple(filter(None, (finding.where or "").split("/"))) for finding in findings}
    for *way, last in sorted(filter(None, places), key=_place_order, reverse=True):
        node: Any = tree
        for step in way:
            node = _within(node, step)
        if isinstance(node, dict):
            node.pop(last, None)
        elif isinstance(node, list) and last.isdigit() and int(last) < len(node):
            node.pop(int(last))


def _place_order(place: tuple[str, ...]) -> list[tuple[int, str]]:
    return [(int(step) if step.isdigit() else -1, step) for step in place]


def _within(node: Any, step: str) -> Any:
    if isinstance(node, list):
        return node[int(step)] if step.isdigit() and int(step) < len(node) else None
    return node.get(step) if isinstance(node, dict) else None
