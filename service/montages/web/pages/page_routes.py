"""The addresses of the forms that try a project or check a description, of the API to read, of files."""

from __future__ import annotations

from mimetypes import guess_type

from flask import Response, send_from_directory
from werkzeug.exceptions import NotFound

from montages.bilingual import message
from montages.errors import UnknownName
from montages.web.pages import home
from montages.web.pages.page_context import STATIC, page_context
from montages.web.route import FREE_LANG, PAGE, TEXT, Media, Routes, answers, path_parameter

ROUTES = Routes("pages")
_SWAGGER = STATIC / "vendor" / "swagger-ui-bundle.js"
_CHECKING = message("Form to check a description")
_FILES: Media = dict.fromkeys(
    ("text/css", "text/javascript", "image/svg+xml", "text/plain", "application/json"), TEXT
)


@ROUTES.get("/check", _CHECKING, FREE_LANG, answers=answers(PAGE, 400, 404))
@ROUTES.get("/validate", _CHECKING, FREE_LANG, answers=answers(PAGE, 400, 404))
def checking_form() -> Response:
    """Answer the form that checks a description."""
    context = page_context()
    return context.answer("validate.html", sample=home.example_text(context.lang))


@ROUTES.get(
    "/data",
    message("All that platforms and researchers take"),
    FREE_LANG,
    answers=answers(PAGE, 400),
)
def data_page() -> Response:
    """Answer the page from which all data are reached."""
    return page_context().answer("data.html")


@ROUTES.get("/try", message("Form to assess a project"), FREE_LANG, answers=answers(PAGE, 400, 404))
def trial_form() -> Response:
    """Answer the form that assesses a project."""
    context = page_context()
    sample = home.example_text(context.lang)
    return context.answer("try.html", examples=home.examples(context), sample=sample)


@ROUTES.get(
    "/api",
    message("The programming interface, to be read"),
    FREE_LANG,
    answers=answers(PAGE),
    tag="service",
)
def api() -> Response:
    """Answer the page of the interface: five calls, and where all operations are described."""
    context = page_context()
    return context.answer("api.html", base=context.state.base_url(), operations=_SWAGGER.is_file())


@ROUTES.get(
    "/api/operations",
    message("Every operation, to be read and tried"),
    FREE_LANG,
    answers=answers(PAGE),
    tag="service",
)
def operations() -> Response:
    """Answer every operation as Swagger UI draws it; without it, the page says what to install."""
    return page_context().answer("operations.html", script=_SWAGGER.is_file())


@ROUTES.get(
    "/static/<path:path>",
    message("A file of the site"),
    path_parameter("path", message("file"), "montages.css"),
    answers={**answers(_FILES, 404), 304: {}, 308: PAGE},
)
def static_file(path: str) -> Response:
    """Answer a file of style, script or picture; raises UnknownName."""
    try:
        response = send_from_directory(STATIC, path, max_age=3600)
    except NotFound as error:
        raise UnknownName(
            message(
                "No file {path}. Browser libraries are installed by “make vendor”.", path=path[:80]
            )
        ) from error
    media_type = guess_type(path)[0] or "application/octet-stream"
    text = "; charset=utf-8" if media_type.startswith("text/") else ""
    response.headers["Content-Type"] = media_type + text
    return response
