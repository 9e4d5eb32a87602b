"""Every project that a door is asked about: real ones, the cases of the panel, profiles drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from interviewing import real_projects
from montages import load
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.knowledge.panel import panel
from sampling import profile

Tree = dict[str, Any]
# Numbers of profiles that no other part draws, and of those that only warm a service up.
_DRAWN, _OTHERS = range(3000, 3060), range(4000, 4020)


def every_project() -> list[tuple[str, Tree]]:
    """Return each project with its name."""
    real = {tree["id"]: tree for tree, _ in real_projects(load("fast"))}
    cases = ((case.slug, {**case.tree, "project": case.slug, "id": case.slug}) for case in panel())
    return [*real.items(), *cases, *_drawn(_DRAWN)]


def other_projects() -> list[tuple[str, Tree]]:
    """Return a few projects that are none of these."""
    return list(_drawn(_OTHERS))


def _drawn(numbers: range) -> Iterator[tuple[str, Tree]]:
    return ((f"profile {number}", profile(number)) for number in numbers)


def page_address(tree: Tree) -> str:
    """Return the parameters by which the officer's page has a project, without its name."""
    said = {key: value for key, value in tree.items() if key not in ("project", "project-en", "id")}
    return address_query(ProjectAddress(tree=said))
