"""An error as a page, for readers who asked for one."""

from __future__ import annotations

from typing import Any

from montages.names import BASE
from montages.web.pages.frame import frame
from montages.web.site import Site


def problem_page(site: Site, problem: dict[str, Any]) -> str:
    """Return the page of a problem: what happened, what to do, what was found if anything was."""
    made = frame(site)
    kind = str(problem.get("type", ""))
    known = kind.startswith(BASE) and kind in made.shelf.known
    return made.render(
        "problem.html",
        problem=problem,
        findings=problem.get("findings") or [],
        about=made.page_of(kind) if known else None,
    )
