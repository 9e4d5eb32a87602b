"""The service does what /openapi.json says of it, and nothing else (O2)."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
import referencing.jsonschema
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis import checks

from montages.web import ROUTES, create_app, openapi_document
from montages.web.openapi_document import path_of
from montages.web.sparql.question_routes import question_operations
from whole_service import HAS_REGISTRY, whole_configuration

# What Flask answers by itself where a route takes GET.
AUTOMATIC = {"HEAD", "OPTIONS"}
# So many requests are drawn of each operation by `make prove`, and by `make soak`.
FEW, EXAMPLES = 5, int(os.environ.get("MONTAGES_OPENAPI_EXAMPLES", "200"))

schemathesis.serializer("application/n-triples", "application/rdf+xml", "text/turtle", "text/csv",
    "application/x-ndjson", "application/ndjson", "application/jsonl", "application/sparql-query",
    "application/n-quads", "application/trig", "application/x-trig", "application/x-turtle",
    "application/xml", "text/n3", "text/rdf+n3", "text/plain", "text/x-nquads", "text/xml")(
    lambda ctx, value: str(value).encode("utf-8", "replace")
)  # fmt: skip


_FOLDER = tempfile.TemporaryDirectory(prefix="montages-openapi-")


@cache
def app() -> Flask:
    plain = {"RATE_LIMIT": 0, "REQUEST_LOG": "off"}
    return create_app({**plain, **whole_configuration(Path(_FOLDER.name))})


@cache
def authorization() -> dict[str, str]:
    """Return what requests carry where there is a registry: the token of a publisher."""
    if not HAS_REGISTRY:
        return {}
    from montages_registry.registry import Registry

    registry = Registry.open(app().config["REGISTRY"])
    return {"Authorization": f"Bearer {registry.publishers.add('montages', 'Montages', False)}"}


@cache
def document(lang: str = "en") -> dict[str, Any]:
    found = app().test_client().get(f"/openapi.json?lang={lang}").json
    assert isinstance(found, dict)
    return found


# Without the service, so that gathering the tests is quick; the tests call it.
DOCUMENTED = (*ROUTES, *question_operations())
# A PDF takes a second, and needs Pango: tests/guests/handouts asks for a few.
schema = schemathesis.openapi.from_dict(
    openapi_document.document(DOCUMENTED, "en", "http://localhost")
).exclude(path_regex=r"\.pdf$")


def drawn(examples: int) -> settings:
    return settings(
        max_examples=examples,
        derandomize=True,
        database=None,
        phases=[Phase.generate],  # the examples have tests of their own
        suppress_health_check=list(HealthCheck),
    )


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@schema.parametrize()
@drawn(FEW)
@pytest.mark.slow
def test_a_few_requests_are_answered_as_documented(case: schemathesis.Case) -> None:
    validate(case)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@schema.exclude(path_regex=r"\.docx$").parametrize()
@drawn(EXAMPLES)
def test_no_operation_answers_what_is_not_documented(case: schemathesis.Case) -> None:
    validate(case)


def validate(case: schemathesis.Case) -> None:
    case.call_and_validate(
        app=app(),
        headers={
            "Accept-Encoding": "identity",  # it asks for gzip by itself, and cannot read it
            **authorization(),
        },
        checks=[
            checks.not_a_server_error,
            checks.status_code_conformance,
            checks.content_type_conformance,
            checks.response_schema_conformance,
        ],
    )


def test_every_route_is_a_declared_operation_and_the_other_way_round() -> None:
    routes = {
        (method.lower(), rule.rule)
        for rule in app().url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
    }
    # Refused, with the same headers as a query that is answered.
    routes -= {(method, "/sparql") for method in ("put", "patch", "delete")}
    assert routes == {(operation.method, operation.path) for operation in ROUTES}
    assert len(routes) == len(ROUTES)


def test_every_operation_is_documented_and_each_question_answers_at_its_own_path() -> None:
    documented = {(method, path) for path, said in document()["paths"].items() for method in said}
    assert documented == {(o.method, path_of(o.path)) for o in DOCUMENTED}
    client = app().test_client()
    assert all(client.get(o.path).status_code == 200 for o in question_operations())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_document_is_valid_openapi_3_1_to_a_stranger(lang: str) -> None:
    errors = OpenAPIV31SpecValidator(document(lang)).iter_errors()
    assert [(list(error.absolute_path), error.message) for error in errors] == []


def test_every_example_is_of_the_schema_that_it_stands_beside() -> None:
    beside = list(_examples(document()))
    assert len(beside) > 200
    whole = {"$id": "urn:openapi", **document()}
    registry = referencing.Registry().with_resource(
        "urn:openapi", referencing.jsonschema.DRAFT202012.create_resource(whole)
    )
    for place, schema, example in beside:
        read = json.loads(json.dumps(schema).replace('"#/', '"urn:openapi#/'))
        check = jsonschema.Draft202012Validator(read, registry=registry)
        assert [error.message for error in check.iter_errors(example)] == [], place


def _examples(node: Any, place: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield (where, schema, example) of a document: of a parameter, a body, an answer, a schema itself."""
    if isinstance(node, dict):
        if "example" in node and place.count("/properties") % 2 == 0:
            yield place, node.get("schema", node), node["example"]
        for key, child in node.items():
            if key not in ("example", "default", "enum"):
                yield from _examples(child, f"{place}/{key}")
    elif isinstance(node, list):
        for number, child in enumerate(node):
            yield from _examples(child, f"{place}/{number}")


def test_the_document_speaks_both_languages() -> None:
    fr, en = document("fr"), document("en")
    assert fr["info"]["title"] != en["info"]["title"]
    alike = [
        path for path, said in fr["paths"].items()
        if "get" in said and said["get"]["summary"] == en["paths"][path]["get"]["summary"]
    ]  # fmt: skip
    assert len(alike) <= 2, alike


@pytest.mark.parametrize(
    "path",
    [
        "/assess",
        "/questions",
        "/what-if",
        "/compare",
        "/compose",
        "/similar",
        "/check",
        "/validate",
        "/sparql",
    ],
)
def test_every_example_of_a_body_is_taken(path: str) -> None:
    operation = next(o for o in ROUTES if (o.method, o.path) == ("post", path))
    client = app().test_client()
    for media, (_, example) in operation.bodies.items():
        if example is None:  # a workbook, which no text is
            continue
        sent: dict[str, Any] = {
            "json" if "json" in media and not isinstance(example, str) else "data": example
        }
        answer = client.post(path, **sent, content_type=media, headers={"Accept": "*/*"})
        text = answer.text  # a stream that nobody reads to its end would end with a later request
        assert answer.status_code == 200, (media, text[:300])


@pytest.mark.slow
def test_every_example_of_a_parameter_is_taken() -> None:
    client, refused = app().test_client(), []
    for operation in DOCUMENTED:
        if operation.method != "get":
            continue
        path = path_of(operation.path)
        for parameter in operation.parameters:
            if parameter.place == "path":
                path = path.replace(f"{{{parameter.name}}}", str(parameter.example))
        for parameter in operation.parameters:
            if parameter.place == "query" and parameter.example is not None:
                answer = client.get(path, query_string={parameter.name: parameter.example})
                if answer.status_code not in (200, 303, 406):
                    refused.append((path, parameter.name, answer.status_code))
    assert not refused
