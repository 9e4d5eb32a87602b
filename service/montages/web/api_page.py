"""`/api`: five calls to the service, each a command to copy, and all operations to try (O2)."""

from __future__ import annotations

from dataclasses import dataclass
from shlex import quote

from flask import Response

from montages.bilingual import Text, message
from montages.web.app_state import current_state
from montages.web.pages.page_context import STATIC, page_context
from montages.web.route import FREE_LANG, PAGE, Routes, answers

ROUTES = Routes("service")
_SWAGGER = STATIC / "vendor" / "swagger-ui-bundle.js"

_DESCRIPTION = (
    '{"project": "Capteurs", "holder": {"type": "commune"}, '
    '"answers": {"contract-object": "supplies", "estimated-value": 20000}}'
)
_DESCRIBED = f"-H 'Content-Type: application/json' --data {quote(_DESCRIPTION)}"
_QUERY = (
    "PREFIX mtg: <https://w3id.org/montages/def/> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "SELECT ?slug WHERE { ?contract a mtg:ContractType ; skos:notation ?slug } ORDER BY ?slug LIMIT 4"
)


@dataclass(frozen=True)
class ApiCall:
    """A call: what it is for, its address without that of the service, and what follows in its command."""

    title: Text
    path: str
    options: str

    def command(self, lang: str, base: str) -> str:
        """Return the line for curl, in a language."""
        return f"curl {quote(f'{base}{self.path.format(lang=lang)}')} {self.options}"


CALLS = (
    ApiCall(
        message("Which contracts fit a project"), "/assess?detail=brief&lang={lang}", _DESCRIBED
    ),
    ApiCall(
        message("What to ask next of a project"), "/questions?detail=brief&lang={lang}", _DESCRIBED
    ),
    ApiCall(
        message("A query of one's own (SPARQL)"),
        "/sparql",
        f"-H 'Accept: text/csv' --data-urlencode {quote(f'query={_QUERY}')}",
    ),
    ApiCall(
        message("What is wrong in a description, and how to mend it"),
        "/validate?lang={lang}",
        _DESCRIBED,
    ),
    ApiCall(
        message("What is said of a word"),
        "/search?q=concession&lang={lang}",
        "-H 'Accept: application/json'",
    ),
)


@ROUTES.get(
    "/api", message("The programming interface, to be read"), FREE_LANG, answers=answers(PAGE)
)
def api() -> Response:
    """Answer the page of the interface: five calls, and where all operations are described."""
    context, base = page_context(), current_state().base_url()
    calls = [(call.title, call.command(context.lang, base)) for call in CALLS]
    return context.answer("api.html", calls=calls, operations=_SWAGGER.is_file())


@ROUTES.get(
    "/api/operations", message("Every operation, to be read and tried"), FREE_LANG,
    answers=answers(PAGE),
)  # fmt: skip
def operations() -> Response:
    """Answer every operation as Swagger UI draws it; without it, the page says what to install."""
    return page_context().answer("operations.html", script=_SWAGGER.is_file())
