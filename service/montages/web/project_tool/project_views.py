"""Views of a project: pages about the same project, under the same address with the name of the view.

What would change the answer (R21), whole set-ups (R23), contracts side by side (R24), the nearest
published projects (R24b).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urljoin

from markupsafe import Markup

from montages.advice.comparison import comparison
from montages.advice.compose.best_compositions import compositions_of
from montages.advice.counts_shown import SIMILAR
from montages.advice.questions.answer_writing import with_choices
from montages.advice.similar.similar_projects import similar_projects
from montages.advice.what_if.what_ifs import WhatIf
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.description.address.project_address import LIST, LONGEST, ProjectAddress
from montages.description.address.write_address import address_pairs
from montages.description.description import Description
from montages.description.to_keys import to_keys
from montages.publish.advice_pages import (
    comparison_page,
    compositions_page,
    similar_page,
    what_if_page,
)
from montages.publish.text.what_if_text import FOLDED, SHOWN
from montages.web.pages.page_context import PageContext, page_context
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_request import ABOUT, ALIKE

# So many compositions are drawn; the rest is counted.
_COMPOSITIONS_SHOWN = 5
# What `same` is where what does not tell contracts apart is wanted too.
_YES = "1"


@dataclass(frozen=True)
class ViewedProject:
    """A project as a view shows it, for a reader; `parameters` are those of the view.

    `href` gives the address of the page with this project, its controls by name.
    """

    address: ProjectAddress
    assessment: Assessment
    context: PageContext
    href: Callable[..., str]
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class ProjectView:
    """What a view is called, and the HTML that it shows."""

    title: Text
    body: Callable[[ViewedProject], str]


def what_if_view(project: ViewedProject) -> str:
    """Return what would change the answer as HTML."""
    context, address = project.context, project.address
    what_ifs = context.state.knowledge.what_if(
        with_name(address.tree),
        as_of=address.as_of,
        lang=context.lang,
        top=SHOWN + FOLDED,
        anyway=True,
    )

    def applied(one: WhatIf) -> str:
        return project_href(context, with_change(address, one), address, view="result")

    return what_if_page(what_ifs, context.lang, applied, whole=False)


def with_change(address: ProjectAddress, one: WhatIf) -> ProjectAddress:
    """Return the project with some choices changed."""
    return replace(address, tree=with_choices(address.tree, one.changes))


def change_links(description: Description, as_of: date | None) -> Callable[[WhatIf], str]:
    """Return what gives the whole address of a change of a description, none where it is too long to send."""
    context = page_context()
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress(tree, as_of=as_of)

    def link(one: WhatIf) -> str:
        path = project_href(context, with_change(address, one), address, view="result")
        whole = urljoin(f"{context.state.base_url()}/", path)
        return whole if len(whole) <= LONGEST else ""

    return link


def compositions_view(project: ViewedProject) -> str:
    """Return the best whole set-ups of a project as HTML."""
    context = project.context
    return compositions_page(
        compositions_of(project.assessment, _COMPOSITIONS_SHOWN),
        context.lang,
        lambda slug: context.href(f"/id/contract/{slug}.html"),
        whole=False,
    )


def comparison_view(project: ViewedProject) -> str:
    """Return contracts side by side as HTML, and the form to choose others; unknown names are passed over."""
    context, assessment = project.context, project.assessment
    possible = {r.arrangement.slug for row in assessment.rows for r in row.results}
    asked = project.parameters.get(ABOUT, "").split(LIST)
    everything = project.parameters.get(ALIKE) == _YES
    about = [name for name in asked if name in possible]
    compared = comparison(assessment, about, differences_only=not everything)
    body = comparison_page(
        compared, context.lang, lambda slug: context.href(f"/id/contract/{slug}.html"), whole=False
    )
    return context.render(
        "comparison_view.html",
        body=Markup(body),  # noqa: S704  # made by a template that escapes
        rows=assessment.rows,
        compared={result.arrangement.slug for result in compared.contracts},
        everything=everything,
        other=project.href(
            view="compare", **{ABOUT: LIST.join(about), ALIKE: "" if everything else _YES}
        ),
        pairs=[p for p in address_pairs(project.address) if p[0] not in ("day", "rules")],
    )


def similar_view(project: ViewedProject) -> str:
    """Return the nearest projects as HTML."""
    context = project.context
    assessed, lang = project.assessment.premises.description, context.lang
    nearest = similar_projects(assessed, date.today(), project.assessment.lang, SIMILAR)
    return similar_page(
        nearest,
        lang,
        lambda precedent: context.page_of(precedent.iri),
        lambda precedent: project_href(context, precedent.address, view="result"),
        whole=False,
    )
