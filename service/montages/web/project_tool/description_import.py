"""A description that a form sends, a file or pasted, taken up as a project: it becomes its address."""

from __future__ import annotations

from datetime import date

from flask import Response

from montages.api import Knowledge
from montages.bilingual import message
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_query
from montages.description.description import Description
from montages.description.parsing.parse import every_project
from montages.description.parsing.source_text import TABLE_SYNTAXES, decode, readable
from montages.description.to_keys import to_keys
from montages.errors import MontagesError, TooLarge, UnreadableInput
from montages.web.pages.page_context import PageContext, page_context
from montages.web.project_tool.project_links import project_href
from montages.web.project_tool.sound_tree import without_name
from montages.web.project_tool.tool_page import ProjectChoices, ToolPage, page_response
from montages.web.project_tool.tool_request import tool_request, with_day

# An address longer than this is not taken by every server and browser.
_LONGEST = 7000
# So many projects of one file are offered, the others counted.
_CHOICES = 50


def description_page(body: bytes, syntax: str) -> Response:
    """Answer where a description that was sent is as a project; the page that says why not, if it is none.

    Of several projects in one text, the page has each to choose.
    """
    context = page_context()
    knowledge = context.state.knowledge
    try:
        address = _address(knowledge, body, syntax)
    except MontagesError as error:
        projects = _projects(knowledge, body, syntax) if "projects" in error.extra else []
        choices = ProjectChoices(
            tuple((name, _href(context, address)) for name, address in projects[:_CHOICES]),
            len(projects[_CHOICES:]),
        )
        return page_response(ToolPage(tool_request(()), context, error, choices), 422)
    return Response(status=303, headers={"Location": _href(context, address)})


def _href(context: PageContext, address: ProjectAddress) -> str:
    today = with_day(address, date.today(), context.state.knowledge.version)
    return project_href(context, today)


def _projects(knowledge: Knowledge, body: bytes, syntax: str) -> list[tuple[str, ProjectAddress]]:
    """Return the name and the address of each project of a text that holds several, if it fits in one."""
    source, form = readable(body, syntax)
    descriptions = (
        knowledge.read_all(source, form)
        if form in TABLE_SYNTAXES
        else every_project(decode(source), form)
    )
    addresses = (_address_of(description) for description in descriptions)
    return [
        (str(address.tree.get("project") or description.slug), address)
        for description, address in zip(descriptions, addresses, strict=True)
        if len(address_query(address)) <= _LONGEST
    ]


def _address_of(description: Description) -> ProjectAddress:
    return ProjectAddress(without_name(to_keys(description.graph, description.project)))


def _address(knowledge: Knowledge, body: bytes, syntax: str) -> ProjectAddress:
    if not body:
        raise UnreadableInput(message("Choose a file, or paste a description."))
    address = _address_of(knowledge.read(*readable(body, syntax)))
    if len(address_query(address)) > _LONGEST:
        raise TooLarge(
            message(
                "This project is too long for an address. Assess its file by “Try”, or on the "
                "command line: montages assess FILE."
            )
        )
    return address
