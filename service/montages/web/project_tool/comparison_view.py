"""Contracts of a project side by side: the best, or those chosen; what differs, or all of it (R24)."""

from __future__ import annotations

from markupsafe import Markup

from montages.advice.comparison import comparison
from montages.description.address.project_address import LIST
from montages.description.address.write_address import address_pairs
from montages.publish.comparison_page import comparison_body
from montages.web.project_tool.project_view import ViewedProject
from montages.web.project_tool.view_parameters import ABOUT, ALIKE

_YES = "1"


def comparison_view(project: ViewedProject) -> str:
    """Return contracts side by side as HTML, and the form to choose others; unknown names are passed over."""
    context, assessment = project.context, project.assessment
    possible = {r.arrangement.slug for row in assessment.rows for r in row.results}
    asked = project.parameters.get(ABOUT, "").split(LIST)
    everything = project.parameters.get(ALIKE) == _YES
    about = [name for name in asked if name in possible]
    compared = comparison(assessment, about, differences_only=not everything)
    body = comparison_body(
        compared, context.lang, lambda slug: context.href(f"/id/contract/{slug}.html")
    )
    return context.render(
        "comparison_view.html",
        body=Markup(body),  # noqa: S704  # made by a template that escapes
        rows=assessment.rows,
        compared={result.arrangement.slug for result in compared.contracts},
        everything=everything,
        other=project.href(
            view="compare",
            **{ABOUT: LIST.join(about), ALIKE: "" if everything else _YES},
        ),
        pairs=[p for p in address_pairs(project.address) if p[0] not in ("day", "rules")],
    )
