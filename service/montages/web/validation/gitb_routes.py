"""The addresses of the European test bed's RDF validator: `/shacl/{domain}/api/validate`, `…/info` (V2b)."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request

from montages.bilingual import message
from montages.errors import UnknownName, UnreadableInput
from montages.publish.detail import BRIEF
from montages.publish.gitb_report import gitb_report, gitb_xml
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Format,
    in_full,
)
from montages.publish.validation_report import Validation
from montages.web.description_pool import run_apart
from montages.web.linked_data import negotiation
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import lang, parameters
from montages.web.route import ANY, ANY_JSON, LANG, TEXT, Routes, answers, path_parameter
from montages.web.validation.gitb_request import EMBEDDINGS, FLAGS, TEXTS, GitbRequest, gitb_request
from montages.web.validation.request_body import RequestBody, unsupported_syntax
from montages.web.validation.samples import SAMPLE_TURTLE
from montages.web.validation.validate_body import KINDS_OF_SHAPES, Wanted, validate_body

DOMAIN = "montages"
_TYPES = {
    "project": message("Description of a project"),
    "rulebook": message("Rulebook"),
    "catalogue": message("DCAT-AP catalogue"),
}
# There `application/xml` is a test report: no format is asked for by another name than its own.
_RDF = tuple(replace(form, other_types=()) for form in (RDF_XML, TURTLE, JSON_LD, N_TRIPLES))
_GITB_JSON = Format("json", "application/json", "GITB", "JSON")
_GITB_XML = Format("gitb", "application/xml", "GITB", "XML", other_types=("text/xml",))
# First what is given to who asks for nothing, as there.
OFFERED = (*_RDF, _GITB_JSON, _GITB_XML)
_TAKEN = ("application/json", "application/ld+json")


_FORM = {
    "type": "object",
    "properties": {
        **dict.fromkeys(TEXTS, TEXT),
        "embeddingMethod": {"enum": list(EMBEDDINGS)},
        "validationType": {"enum": list(KINDS_OF_SHAPES)},
        "reportSyntax": {"enum": [media for form in OFFERED for media in form.media_types]},
        **{flag: {"type": "boolean"} for flag in FLAGS},
    },
    "required": ["contentToValidate"],
}
_SAMPLE = {
    "contentToValidate": SAMPLE_TURTLE,
    "contentSyntax": "text/turtle",
    "embeddingMethod": "STRING",
    "validationType": "project",
    "reportSyntax": "application/json",
    "locale": "en",
}
_DOMAIN = path_parameter("domain", message("the domain"), DOMAIN)
_REPORTS = {form.media_type: ANY if "json" in form.media_type else TEXT for form in OFFERED}
ROUTES = Routes("descriptions")


@ROUTES.get(
    "/shacl/<domain>/api/info",
    message("What the domain validates, for clients of the European test bed"),
    _DOMAIN,
    LANG,
    answers=answers(ANY_JSON, 400, 404),
)
def info(domain: str) -> Response:
    """Answer what may be validated in the domain."""
    parameters("lang")
    _check_domain(domain)
    return _answer(dump(_domain()), _GITB_JSON, lang())


@ROUTES.get(
    "/shacl/api/info",
    message("The domains of validation, for clients of the European test bed"),
    LANG,
    answers=answers(ANY_JSON, 400, 404),
)
def every_info() -> Response:
    """Answer what may be validated, in each domain."""
    parameters("lang")
    return _answer(dump([_domain()]), _GITB_JSON, lang())


@ROUTES.post(
    "/shacl/<domain>/api/validate",
    message("The same as /validate, in the form of the European test bed's RDF validator"),
    _DOMAIN,
    LANG,
    answers=answers(_REPORTS, 400, 403, 404, 406, 413, 415, 422, 500, 503),
    bodies=dict.fromkeys(_TAKEN, (_FORM, _SAMPLE)),
)
def validate_gitb(domain: str) -> Response:
    """Answer the report of what a request of that form sends."""
    parameters("lang")
    _check_domain(domain)
    if request.mimetype not in _TAKEN:
        raise unsupported_syntax(request.mimetype)
    return run_apart(gitb_validated, request.get_data(cache=False))


def gitb_validated(body: bytes) -> Response:
    """Answer the report of one body, read and judged apart from the threads of the service."""
    asked = gitb_request(body)
    form = _form("reportSyntax", asked.report_syntax)
    language = asked.lang or lang()
    content = RequestBody(asked.content, asked.syntax)
    validation = validate_body(content, Wanted(asked.shapes, "violation", BRIEF))
    response = _answer(_write(validation, form, asked, language), form, language)
    response.headers["Montages-Fails"] = "true" if validation.fails else "false"
    return response


def _write(validation: Validation, form: Format, asked: GitbRequest, language: str) -> str:
    if form in _RDF:
        return in_full([validation.graph()], form.extension)
    attachments = []
    if asked.add_input:
        attachments.append(("input", asked.content.decode("utf-8", "replace")))
    if asked.add_rdf_report:
        rdf = _form("rdfReportSyntax", asked.rdf_report_syntax or RDF_XML.media_type, _RDF)
        attachments.append(("report", in_full([validation.graph()], rdf.extension)))
    tree = gitb_report(validation, language, attachments)
    return gitb_xml(tree) if form is _GITB_XML else dump(tree)


def _form(key: str, name: str, offered: tuple[Format, ...] = OFFERED) -> Format:
    """Return the format that a key names, else that of Accept; raises UnreadableInput, NotAcceptable."""
    if not name:
        return negotiation.format_asked_for(None, offered)
    bare = name.partition(";")[0].strip().lower()
    named = next((form for form in offered if bare in form.media_types), None)
    if named is None:
        accepted = [media for form in offered for media in form.media_types]
        listed = ", ".join(accepted)
        raise UnreadableInput(
            message(
                "{key}: {bare} is not given. Accepted: {listed}.",
                key=key,
                bare=bare[:80],
                listed=listed,
            ),
            accepted=accepted,
        )
    return named


def _answer(text: str, form: Format, language: str) -> Response:
    response = Response(text, content_type=form.content_type)
    response.headers["Cache-Control"] = "no-store"
    return in_language(response, language)


def _check_domain(domain: str) -> None:
    if domain != DOMAIN:
        raise UnknownName(
            message(
                "No domain of validation of that name: {domain}. The domain is “{known}”: "
                "/shacl/{known}/api/validate.",
                domain=domain[:80],
                known=DOMAIN,
            ),
            accepted=[DOMAIN],
        )


def _domain() -> dict[str, object]:
    types = [{"type": kind, "description": _TYPES[kind][lang()]} for kind in KINDS_OF_SHAPES]
    return {"domain": DOMAIN, "validationTypes": types}
