"""The page of a kind of problem: what `type` of a problem+json body leads to."""

from __future__ import annotations

from typing import Any

from montages.publish.problem_types import PROBLEM, problem_types
from montages.web.pages.frame import Frame, Link


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a kind of problem shows."""
    kinds = problem_types()
    kind = kinds[iri.removeprefix(PROBLEM)]
    others = [
        Link(other.title[frame.lang], frame.page_of(PROBLEM + slug))
        for slug, other in kinds.items()
        if other is not kind and slug != "error"
    ]
    return {"status": kind.status, "others": others}
