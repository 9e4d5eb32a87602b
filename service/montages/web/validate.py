"""POST /validate: all that is wrong with what is sent, where, and what to write instead (V1, V2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, request

from montages.decision.findings import LEVELS
from montages.decision.keys import nearest
from montages.errors import UnreadableInput
from montages.publish.context import whole_context
from montages.publish.dump import dump
from montages.publish.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Context,
    Format,
    write,
)
from montages.publish.validation import Validation
from montages.web import negotiation
from montages.web.examining import KINDS_OF_SHAPES, check_lines, lines, validated
from montages.web.pages.frame import frame
from montages.web.parameters import lang, parameters
from montages.web.received import FORMS, LINES, Received, received
from montages.web.site import Site

_JSON = Format("json", "application/json", "JSON", "JSON")
_CSV = Format("csv", "text/csv", "CSV", "CSV")
_HTML = Format("html", "text/html", "HTML", "HTML")
_TEXT = Format("txt", "text/plain", "Text", "TXT", aliases=("text",))
_LINES = Format("ndjson", "application/x-ndjson", "NDJSON", "JSON", aliases=("jsonl",))
_GRAPHS = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)
OFFERED = (_JSON, *_GRAPHS, _CSV, _HTML, _TEXT)
NAMES = ("shapes", "failOn", "lang", "format", "project")


def register(app: Flask, site: Site) -> None:
    """Add POST /validate to an application."""

    @app.post("/validate")
    def validate() -> Response:
        given = parameters(*NAMES)
        shapes = _one_of("shapes", given.get("shapes", "project"), KINDS_OF_SHAPES)
        fail_on = _one_of("failOn", given.get("failOn", "violation"), LEVELS)
        form = _form(given.get("format"))
        sent = received()
        if sent.syntax == LINES:
            return _batch(site, sent, shapes, fail_on)
        found = validated(site, sent.text, sent.syntax, shapes, fail_on, given.get("project"))
        response = Response(_WRITERS[form](site, found, sent), content_type=form.content_type)
        response.headers["Content-Language"] = lang()
        response.headers["Montages-Fails"] = "true" if found.fails else "false"
        response.headers["Cache-Control"] = "no-store"
        response.vary.update(("Accept", "Accept-Language"))
        return response


def _one_of(name: str, value: str, known: tuple[str, ...]) -> str:
    if value in known:
        return value
    close, listed, shown = nearest(value, known), ", ".join(known), value[:80]
    hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
    hint_en = f" Did you mean “{close}”?" if close else ""
    raise UnreadableInput(
        f"{name} : {shown} n'est pas admis.{hint_fr} Valeurs admises : {listed}.",
        f"{name}: {shown} is not accepted.{hint_en} Values accepted: {listed}.",
        accepted=list(known),
    )


def _form(named: str | None) -> Format:
    if named:
        found = negotiation.by_parameter(named, None, OFFERED)
        if found is None:
            raise negotiation.not_acceptable(
                [(form, f"?format={form.extension}") for form in OFFERED]
            )
        return found
    accept = request.headers.get("Accept")
    # A browser that sends a form wants a page; whoever takes one description a line gets one report a line.
    offered = (_HTML, *OFFERED) if request.mimetype in FORMS else (*OFFERED, _LINES)
    best = negotiation.best(accept, offered)
    if best is None:
        raise negotiation.not_acceptable([(form, f"?format={form.extension}") for form in OFFERED])
    return best if best is not _LINES else _JSON


def _batch(site: Site, sent: Received, shapes: str, fail_on: str) -> Response:
    check_lines(sent.text)
    language = lang()

    told = [
        json.dumps(report, ensure_ascii=False, separators=(",", ":")) + "\n"
        for report in lines(site, sent.text, shapes, fail_on, language)
    ]
    response = Response("".join(told), content_type=_LINES.media_type)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _graph(form: Format) -> Callable[[Site, Validation, Received], str]:
    def writer(site: Site, found: Validation, sent: Received) -> str:
        triples = list(found.graph())
        return write(triples, form, Context(*whole_context(triples)))

    return writer


def _page(site: Site, found: Validation, sent: Received) -> str:
    made = frame(site)
    return made.render(
        "validation.html", validation=found, found=found.to_json(made.lang), name=sent.name
    )


_WRITERS: dict[Format, Callable[[Site, Validation, Received], Any]] = {
    _JSON: lambda site, found, sent: dump(found.to_json(lang())),
    _CSV: lambda site, found, sent: found.csv(lang()),
    _TEXT: lambda site, found, sent: found.text(sent.name, lang()),
    _HTML: _page,
    **{form: _graph(form) for form in _GRAPHS},
}
