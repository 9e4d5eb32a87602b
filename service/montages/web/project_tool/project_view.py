"""A view of a project: a page about the same project, under the same address with its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from montages.advice.questions.interview import Interview
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.description.address.project_address import ProjectAddress
from montages.web.pages.page_context import PageContext


@dataclass(frozen=True)
class ViewedProject:
    """A project as a view shows it, for a reader; `parameters` are those of the view.

    `original` is the one that it was made from; `href` gives the address of the page with this project, its
    controls by name.
    """

    address: ProjectAddress
    original: ProjectAddress | None
    assessment: Assessment
    interview: Interview
    context: PageContext
    href: Callable[..., str]
    parameters: Mapping[str, str]


@dataclass(frozen=True)
class ProjectView:
    """What a view is called, and the HTML that it shows."""

    title: Text
    body: Callable[[ViewedProject], str]
