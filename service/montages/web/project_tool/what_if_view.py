"""What would change the answer of a project, each change with the address that applies it (R21)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from montages.advice.questions.answer_writing import with_choices
from montages.advice.what_if.lightest_reopenings import LightestReopening, lightest_reopenings
from montages.advice.what_if.what_ifs import WhatIf
from montages.assessment.assessment import Assessment
from montages.description.address.project_address import LONGEST, ProjectAddress
from montages.description.description import Description
from montages.description.to_keys import to_keys
from montages.publish.text.what_if_rows import FOLDED, SHOWN
from montages.publish.what_if_page import what_if_body
from montages.web.app_state import current_state
from montages.web.pages.page_context import PageContext, page_context
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.project_view import ViewedProject
from montages.web.project_tool.sound_tree import with_name


def what_if_view(project: ViewedProject) -> str:
    """Return what would change the answer as HTML."""
    context, address = project.context, project.address
    what_ifs = context.state.knowledge.what_ifs(
        with_name(address.tree),
        as_of=address.as_of,
        lang=context.lang,
        top=SHOWN + FOLDED,
        anyway=True,
    )

    def applied(one: WhatIf) -> str:
        return project_href(context, with_change(address, one), address, view="result")

    return what_if_body(what_ifs, context.lang, applied)


def lightest_change(
    context: PageContext, address: ProjectAddress, assessment: Assessment
) -> tuple[LightestReopening, str] | None:
    """Return the lightest change that reopens a contract, with the address that applies it."""
    for each in lightest_reopenings(assessment, 1):
        return each, project_href(context, with_change(address, each), address, view="result")
    return None


def with_change(address: ProjectAddress, one: WhatIf | LightestReopening) -> ProjectAddress:
    """Return the project with some choices changed."""
    return replace(address, tree=with_choices(address.tree, one.changes))


def change_links(description: Description, as_of: date | None) -> Callable[[WhatIf], str]:
    """Return what gives the whole address of a change of a description, none where it is too long to send."""
    context = page_context(current_state())
    tree = to_keys(description.graph, description.project)
    address = ProjectAddress(tree, as_of=as_of)

    def link(one: WhatIf) -> str:
        path = project_href(context, with_change(address, one), address, view="result")
        whole = urljoin(f"{context.state.base_url()}/", path)
        return whole if len(whole) <= LONGEST else ""

    return link
