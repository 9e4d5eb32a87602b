"""The answer to a query in a browser: a page, where a program gets the bytes of a format."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, g

from montages.errors import MontagesError
from montages.store.sparql.answer_forms import FIRST_ROWS, AnswerRows
from montages.store.sparql.query_pool import SerialisedAnswer
from montages.web.app_state import AppState
from montages.web.pages.page_context import html_response
from montages.web.pages.query_result_page import WrittenQuery, fault_page, result_page
from montages.web.sparql.sparql_formats import wants_html
from montages.web.sparql.sparql_request import SparqlRequest

FORMATS = (FIRST_ROWS,)
_BUSY = 503


def wants_page(sent: SparqlRequest, accept: str) -> bool:
    """Tell whether a reader sent a query, and named no format for a file."""
    return sent.format in ("", "html") and wants_html(accept)


def page_answer(
    state: AppState, sent: SparqlRequest, run: Callable[[], SerialisedAnswer]
) -> Response:
    """Return the page of a query, which `run` answers within a limit of rows; what is wrong is told on it."""
    graphs = (("default-graph-uri", sent.default), ("named-graph-uri", sent.named))
    named = tuple((name, graph) for name, some in graphs for graph in some or ())
    query = WrittenQuery(sent.query, named)
    try:
        answer = run()
    except MontagesError as error:
        g.problem = error.slug  # for the metrics
        response = html_response(fault_page(state, query, error))
        response.status_code = error.status
        if error.status == _BUSY:
            response.headers["Retry-After"] = str(error.extra.get("retry_after", 1))
    else:
        page = result_page(state, query, answer.form, AnswerRows.read(answer.body))
        response = html_response(page)
    response.headers["Cache-Control"] = "no-cache"
    return response
