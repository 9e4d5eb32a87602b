"""The five assessments whose first screen is looked at, from a small purchase to nothing said."""

from __future__ import annotations

from datetime import date
from functools import cache

from montages import Assessment, load
from montages.knowledge.files import library
from panel_cases import panel_case

DAY = date(2026, 11, 25)
SHIPPED = ("dijon", "exemple-metropole", "empty")
CASES = ("village-meters", "village-lighting-transferred")


@cache
def assessed(name: str) -> Assessment:
    """Return the assessment of a shipped project or of a case of the panel."""
    knowledge = load()
    if name in SHIPPED:
        return knowledge.assess(library.projects()[name], as_of=DAY, anyway=True)
    case = panel_case(name)
    tree = {"project": case.title.fr, "project-en": case.title.en, "id": case.slug, **case.tree}
    return knowledge.assess(tree, as_of=case.as_of)
