"""The published projects nearest to a project, each with its page, its link and itself beside it (R24b)."""

from __future__ import annotations

from datetime import date

from montages.advice.counts_shown import SIMILAR
from montages.advice.similar.precedents import Precedent
from montages.advice.similar.similar_projects import SimilarProjects, similar_projects
from montages.assessment.assessment import Assessment
from montages.publish.similar_page import PrecedentLinks, similar_body
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.project_view import ViewedProject
from montages.web.project_tool.tool_request import FORK


def similar_view(project: ViewedProject) -> str:
    """Return the nearest projects as HTML."""
    context, address = project.context, project.address

    def beside(it: Precedent) -> str:
        return project_href(context, it.address, address, view=FORK)

    links = PrecedentLinks(
        page=lambda it: context.page_of(it.iri),
        tool=lambda it: project_href(context, it.address, view="result"),
        beside=beside,
    )
    return similar_body(nearest_projects(project.assessment), context.lang, links)


def nearest_projects(assessment: Assessment, top: int = SIMILAR) -> SimilarProjects:
    """Return the published projects nearest to one that was assessed."""
    assert assessment.description is not None
    return similar_projects(assessment.description, date.today(), assessment.lang, top)
