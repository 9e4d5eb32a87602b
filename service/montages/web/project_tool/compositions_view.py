"""The best whole set-ups of a project, each as a picture with what goes around it (R23)."""

from __future__ import annotations

from montages.advice.compose.best_compositions import compositions_of
from montages.publish.compositions_page import compositions_body
from montages.web.project_tool.project_view import ViewedProject

# So many are drawn; the rest is counted.
_SHOWN = 5


def compositions_view(project: ViewedProject) -> str:
    """Return the best whole set-ups of a project as HTML."""
    context = project.context
    return compositions_body(
        compositions_of(project.assessment, _SHOWN),
        context.lang,
        lambda slug: context.href(f"/id/contract/{slug}.html"),
    )
