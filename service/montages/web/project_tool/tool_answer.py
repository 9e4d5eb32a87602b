"""The answer to a request for the tool: its page, the part of it that changes, or where its own form is."""

from __future__ import annotations

from datetime import date

from flask import Response

from montages.web.app_state import current_state
from montages.web.pages.page_context import PageContext, html_response, page_context
from montages.web.project_tool.private_headers import PRIVATE_HEADERS
from montages.web.project_tool.project_links import href_of, project_href
from montages.web.project_tool.tool_page import ToolPage
from montages.web.project_tool.tool_request import (
    BEFORE,
    DETAIL,
    FORMAT,
    LANG,
    ToolRequest,
    is_part,
    sent_pairs,
    tool_request,
    with_day,
)

# What says nothing of a project, nor of what its page shows.
_ASIDE = (LANG, FORMAT, DETAIL)


def tool_page(body: bytes) -> Response:
    """Answer the page for the request at work, or where its own form is: a form's answer has one address."""
    demand = tool_request(sent_pairs())
    context = page_context(current_state())
    elsewhere = _elsewhere(demand, context)
    if elsewhere is not None:
        return _with_headers(Response(status=302, headers={"Location": elsewhere}))
    return page_response(ToolPage(demand, context))


def page_response(page: ToolPage, status: int = 200) -> Response:
    """Answer the page whole, or the part of it that has changed where a script asks for that."""
    template = "tool_part.html" if is_part() else "tool.html"
    response = html_response(page.render(template))
    response.status_code = status
    response.headers["Content-Language"] = page.context.lang
    return _with_headers(response)


def _elsewhere(demand: ToolRequest, context: PageContext) -> str | None:
    """Return the address of the answer of a form, or that of the same project in its own form, if another."""
    if demand.question and demand.error is None and not demand.faults:
        address = with_day(demand.address, date.today(), context.state.knowledge.version)
        return project_href(context, address, **{BEFORE: demand.question})
    if demand.question or demand.faults:
        return None
    own = demand.own_pairs()
    if [pair for pair in sent_pairs() if pair[0] not in _ASIDE] == own:
        return None
    return href_of(context, own)


def _with_headers(response: Response) -> Response:
    response.headers.update(PRIVATE_HEADERS)
    response.vary.update(("Accept-Language", "HX-Request"))
    return response
