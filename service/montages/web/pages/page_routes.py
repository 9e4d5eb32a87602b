"""The addresses of the pages that list nothing: forms, contesting, drawings, the editor, the site's files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from mimetypes import guess_type

from flask import Response, request, send_from_directory
from werkzeug.exceptions import NotFound

from montages.bilingual import Text, message
from montages.errors import UnknownName
from montages.knowledge.did_you_mean import unknown_name
from montages.names import MODULE
from montages.web.app_state import current_state
from montages.web.pages import editor_page, home, list_forms
from montages.web.pages.contest_page import CONTRACT, OUTCOME, REQUIREMENT, contest_page
from montages.web.pages.page_context import STATIC, PageContext, html_response, page_context
from montages.web.pages.things import ontology
from montages.web.requests.headers import SELF_STYLED_POLICY
from montages.web.route import (
    ANY_JSON,
    FREE_LANG,
    PAGE,
    TEXT,
    Media,
    Route,
    RouteParameter,
    path_parameter,
    refused,
)


def form_page(render: Callable[[PageContext], str]) -> Response:
    """Answer a page that needs nothing but the context."""
    return html_response(render(page_context(current_state())))


def contest() -> Response:
    """Answer the page to contest by; what it names of a project is for nobody else, and is kept nowhere."""
    response = form_page(contest_page)
    if request.args:
        response.headers.update(
            {
                "Cache-Control": "private, no-cache",
                "Referrer-Policy": "same-origin",
                "X-Robots-Tag": "noindex",
            }
        )
    return response


def drawing(name: str) -> Response:
    """Answer the diagram of a module; raises UnknownName for one without."""
    context = page_context(current_state())
    iri = str(MODULE[name])
    svg = ontology.module_drawing(iri, context, styled=True) if iri in context.graphs else None
    if svg is None:
        modules = [m.removeprefix(str(MODULE)) for m in context.graphs if m.startswith(str(MODULE))]
        raise unknown_name(message("diagram"), name, [m for m in modules if "/" not in m])
    response = Response(svg, mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = SELF_STYLED_POLICY
    response.vary.add("Accept-Language")
    return response


def editor_settings() -> Response:
    """Answer what the script of the SPARQL editor needs."""
    return list_forms.json_answer(editor_page.editor_settings(current_state()))


def static_file(path: str) -> Response:
    """Answer a file of style, script or picture; raises UnknownName."""
    try:
        response = send_from_directory(STATIC, path, max_age=3600)
    except NotFound as error:
        raise UnknownName(
            message(
                "No file {path}. Browser libraries are installed by “make vendor”.", path=path[:80]
            ),
        ) from error
    media_type = guess_type(path)[0] or "application/octet-stream"
    text = "; charset=utf-8" if media_type.startswith("text/") else ""
    response.headers["Content-Type"] = media_type + text
    return response


_REFUSED = refused(400, 404)


_CHECKING = (
    message("Form to check a description"),
    lambda context: context.render("validate.html", sample=home.example_text(context.lang)),
)
_FORMS: dict[str, tuple[Text, Callable[[PageContext], str]]] = {
    "/validate": _CHECKING,
    "/check": _CHECKING,
    "/try": (
        message("Form to assess a project"),
        lambda context: context.render("try.html", **home.trial(context)),
    ),
}
_FILES: Media = dict.fromkeys(
    ("text/css", "text/javascript", "image/svg+xml", "text/plain", "application/json"), TEXT
)

ROUTES = (
    *(
        Route(
            "get",
            path,
            "pages",
            summary,
            partial(form_page, render),
            (FREE_LANG,),
            {200: PAGE, **_REFUSED},
        )
        for path, (summary, render) in _FORMS.items()
    ),
    Route(
        "get",
        "/contest",
        "pages",
        message(
            "Contest a result: a text filled in with the rule, the version, the answer, the "
            "day and the link",
        ),
        contest,
        (
            RouteParameter(
                REQUIREMENT,
                message("the rule contested"),
                example="mpgp-performance-commitments",
            ),
            RouteParameter(CONTRACT, message("the set-up contested"), example="mpgp"),
            RouteParameter(OUTCOME, message("what the tool answers"), example="closed"),
            FREE_LANG,
        ),
        {200: PAGE, **_REFUSED},
    ),
    Route(
        "get",
        "/diagram/<name>.svg",
        "pages",
        message("The drawing of a module"),
        drawing,
        (path_parameter("name", message("module"), "actors"), FREE_LANG),
        {200: {"image/svg+xml": TEXT}, **refused(404)},
    ),
    Route(
        "get",
        "/editor.json",
        "pages",
        message("The settings of the SPARQL editor"),
        editor_settings,
        (FREE_LANG,),
        {200: ANY_JSON, **refused()},
    ),
    Route(
        "get",
        "/static/<path:path>",
        "pages",
        message("A file of the site"),
        static_file,
        (path_parameter("path", message("file"), "montages.css"),),
        {200: _FILES, 304: {}, 308: PAGE, **refused(404)},
    ),
)
