"""The addresses of the tool: its page, a description sent to it, and the files that it gives."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import partial

from flask import Response, request

from montages.bilingual import message
from montages.description.address.short_address import short_pairs
from montages.publish.detail import DETAILS
from montages.publish.linked_data.formats import HTML
from montages.web.app_state import current_state
from montages.web.assessment_forms import ASSESSMENT_SCHEMA, LEGEND, form_asked_for
from montages.web.description_pool import run_apart
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.pages.page_context import page_context
from montages.web.project_tool.description_import import description_page
from montages.web.project_tool.project_data import (
    FILE_FORMS,
    PRIVATE_HEADERS,
    PROJECT_FORMATS,
    project_answer,
    project_file,
)
from montages.web.project_tool.project_links import SHORT_PATH, TOOL_PATH
from montages.web.project_tool.tool_page import tool_page
from montages.web.project_tool.tool_request import RESULT, VIEW
from montages.web.requests.body_syntax import FORMS, sent_text
from montages.web.requests.headers import vary_by_accept
from montages.web.requests.request_parameters import flag, lang, one_of
from montages.web.route import (
    ANY,
    DETAIL,
    FREE_LANG,
    PAGE,
    TEXT,
    Route,
    RouteParameter,
    answer_format,
    refused,
)


def project_page() -> Response:
    """Answer the page of the project of an address, or its assessment where a program asks for data.

    Nothing is answered where the client has it.
    """
    wanted = format_asked_for(form_asked_for(), PROJECT_FORMATS)
    detail = request.args.get("detail")
    detail, legend = detail and one_of("detail", detail, DETAILS), flag("legend")
    tag = address_tag(wanted.extension)
    if request.if_none_match.contains_weak(tag):
        response = vary_by_accept(Response(status=304, headers=PRIVATE_HEADERS))
    elif wanted is HTML:
        response = run_apart(tool_page, b"")
    else:
        response = run_apart(
            project_answer, b"", form=wanted.extension, detail=detail, legend=legend
        )
    if response.status_code in (200, 304):
        response.set_etag(tag, weak=True)
    return response


def short_page(code: str) -> Response:
    """Answer where the result of a short address is; raises UnreadableInput for one that is none of ours."""
    pairs = [*short_pairs(code), (VIEW, RESULT)]
    return Response(status=303, headers={"Location": page_context().pairs_href(TOOL_PATH, pairs)})


def send_description() -> Response:
    """Answer where the project of a description sent by a form is, or the page with what is wrong with it."""
    text, syntax = sent_text()
    return run_apart(description_page, text, syntax=syntax)


def address_tag(form: str = "") -> str:
    """Return the tag of a page of a project: all that it is made of, of which nothing is remembered.

    `form` is its format, where the same address has several.
    """
    state = current_state()
    part = request.headers.get("HX-Request", "") + request.headers.get(
        "HX-History-Restore-Request", ""
    )
    made_of = (state.fingerprint, str(date.today()), state.base_url(), lang(), part, form)
    digest = hashlib.sha256("\0".join(made_of).encode() + b"\0" + request.query_string)
    return digest.hexdigest()[:32]


PROJECT_PARAMETERS = (
    RouteParameter(
        "holder", message("who carries the project, by kind or by name"), example="commune"
    ),
    RouteParameter(
        "usages", message("what it is for, separated by commas"), example="street-lighting,roads"
    ),
    RouteParameter(
        "layers",
        message("the layers, each with its mode and its perimeter: objects:own@nord"),
        example="objects:own",
    ),
    RouteParameter(
        "estimated-value",
        message("the answer to a question, by the key of its criterion; ? for “I do not know”"),
        example="20000",
    ),
    RouteParameter("as_of", message("day of the law to apply"), example="2026-06-01"),
    FREE_LANG,
)
_SHORT = RouteParameter(
    "code", message("the short address"), example="1.H6.U20.O1.A900K", place="path"
)
# The forms that a program reads as data, not as a text.
_DATA = ("yaml", "json")
# What a form may answer besides: that its library is not installed.
_MORE = {"xlsx": (501,)}
_FORM = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "file": {"type": "string", "format": "binary"},
    },
}
_ANSWERS = {
    **PAGE,
    "application/json": ASSESSMENT_SCHEMA,
    "text/turtle": TEXT,
    "application/ld+json": ANY,
}
_SAMPLE = "project: Capteurs de la mairie\nholder: {type: Commune}\n"

ROUTES = (
    Route(
        "get",
        TOOL_PATH,
        "pages",
        message(
            "The officer's tool: one question at a time, and what fits the project of the address"
        ),
        project_page,
        (*PROJECT_PARAMETERS, answer_format(PROJECT_FORMATS), DETAIL, LEGEND),
        {200: _ANSWERS, 302: {}, 304: {}, **refused(400, 406, 413, 422, 503)},
    ),
    *(
        Route(
            "get",
            f"{path}/<code>",
            "pages",
            message("The project of a short address"),
            short_page,
            (_SHORT, FREE_LANG),
            {303: {}, **refused(400)},
        )
        for path in (SHORT_PATH, SHORT_PATH.upper())
    ),
    Route(
        "post",
        TOOL_PATH,
        "pages",
        message("Takes up a project described elsewhere"),
        send_description,
        (FREE_LANG,),
        {303: {}, 422: PAGE, **refused(400, 413, 503)},
        {media: (_FORM, {"description": _SAMPLE}) for media in FORMS},
    ),
    *(
        Route(
            "get",
            f"{TOOL_PATH}.{form}",
            "pages",
            message("The project of the address, in {label}", label=label),
            partial(run_apart, project_file, b"", form=form),
            PROJECT_PARAMETERS,
            {
                200: {media: ANY if form in _DATA else TEXT},
                **refused(413, 422, *_MORE.get(form, ()), 503),
            },
        )
        for form, (label, media) in FILE_FORMS.items()
    ),
)
