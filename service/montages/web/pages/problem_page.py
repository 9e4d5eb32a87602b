"""An error as a page, and the page of a kind of problem, to which the `type` of an error leads."""

from __future__ import annotations

from typing import Any

from montages.names import BASE
from montages.publish.linked_data.problem_types import PROBLEM, problem_types
from montages.web.app_state import AppState
from montages.web.pages.page_context import Link, PageContext, page_context


def problem_page(state: AppState, problem: dict[str, Any]) -> str:
    """Return the page of a problem: what happened, what to do, the findings if there are any."""
    context = page_context(state)
    kind = str(problem.get("type", ""))
    described = kind.startswith(BASE) and kind in context.lookups.things
    return context.render(
        "problem.html",
        problem=problem,
        findings=problem.get("findings") or [],
        suggestions=[
            Link(one["label"], context.href(one["path"]), one["path"])
            for one in problem.get("suggestions") or ()
        ],
        # Not `page_of`, which reads the day asked for: that it is no day may be the problem.
        about=context.href(f"/{kind.removeprefix(BASE)}.html") if described else None,
    )


def problem_type_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a kind of problem shows."""
    kinds = problem_types()
    kind = kinds[iri.removeprefix(PROBLEM)]
    others = [
        Link(other.title[context.lang], context.page_of(PROBLEM + slug))
        for slug, other in kinds.items()
        if other is not kind and slug != "error"
    ]
    return {"status": kind.status, "others": others}
