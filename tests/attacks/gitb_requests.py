"""Requests in the form of the European test bed: large, deep, packed, mistyped, or asking for more than a check."""

from __future__ import annotations

import base64
import json
from typing import Any

from attacks.attack import Attack

DOOR = "/shacl/montages/api/validate"
JSON = "application/json"
TURTLE = "<a> <b> <c> ."
REFUSED = (400, 413, 422)
ANY = (200, *REFUSED)


def sends(
    body: str | bytes, *statuses: int, path: str = DOOR, media: str = JSON, **more: Any
) -> Attack:
    """Return the attack of one body."""
    return Attack(path, lambda _: body, media, statuses=statuses or (400,), **more)


def form(*statuses: int, **keys: Any) -> Attack:
    """Return the attack of one request of the form."""
    return sends(json.dumps({"contentToValidate": TURTLE, **keys}), *statuses)


def packed(content: str | bytes, *statuses: int, syntax: str | None = None) -> Attack:
    """Return the attack of one content in base 64."""
    data = content.encode() if isinstance(content, str) else content
    text = base64.b64encode(data).decode()
    return form(*statuses, contentToValidate=text, embeddingMethod="BASE64", contentSyntax=syntax)


def _nested(times: int) -> str:
    text = TURTLE * 100
    for _ in range(times):
        text = base64.b64encode(text.encode()).decode()
    return text


_YAML_BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
)

ATTACKS = {
    # large and deep bodies
    "a body of 6 MB": sends(json.dumps({"contentToValidate": "a" * 6_000_000}), 413, 0),
    "a body of 5 MB that is no JSON": sends("{" + " " * 4_900_000, 400, 413),
    "100,000 brackets": sends("[" * 100_000, *REFUSED),
    "a key 100,000 deep": sends('{"a":' * 100_000 + "1" + "}" * 100_000, *REFUSED),
    "a deep key beside the content": sends('{"contentToValidate": "x", "a": ' + "[" * 90_000 + "]" * 90_000 + "}", *REFUSED),
    "200,000 keys that are none": form(*ANY, **{f"k{n}": n for n in range(200_000)}),
    "one key 100,000 times": sends("{" + '"locale": "fr", ' * 100_000 + '"contentToValidate": "<a> <b> <c> ."}', *ANY),
    "a number of 1 MB": sends('{"contentToValidate": ' + "9" * 1_000_000 + "}"),
    "a number beyond all": sends('{"contentToValidate": 1e999, "a": -Infinity, "b": NaN}'),
    "a body in UTF-16": sends(json.dumps({"contentToValidate": TURTLE}).encode("utf-16"), *ANY),
    "bytes that are no text": sends(b'{"contentToValidate": "\xff\xfe"}'),
    # what base 64 holds
    "base 64: 3.5 MB of zeros": packed(b"\x00" * 3_500_000, *REFUSED),
    "base 64: 3.5 MB of brackets": packed("[" * 3_500_000, *REFUSED, syntax="application/json"),
    "base 64: 3.5 MB of brackets, of no syntax": packed("[" * 3_500_000, *REFUSED),
    "base 64: aliases of aliases": packed(_YAML_BOMB, *ANY, syntax="application/yaml"),
    "base 64: gzip": packed(b"\x1f\x8b" + b"\x00" * 100_000, *REFUSED),
    "base 64 of base 64 of base 64": packed(_nested(12), *ANY),
    "base 64: entities": packed('<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>', *REFUSED, syntax="application/rdf+xml"),
    "base 64: a file": packed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', *REFUSED, syntax="application/rdf+xml"),
    "base 64: a context elsewhere": packed('{"@context": "http://127.0.0.1:9/"}', *REFUSED, syntax="application/ld+json"),
    "base 64: triples without end": packed("<a> <b> <c>, " + ", ".join(f"<d{n}>" for n in range(200_000)) + " .", *REFUSED, syntax="text/turtle"),
    "base 64: 4 MB that are none": form(400, contentToValidate="=" * 4_000_000, embeddingMethod="BASE64"),
    "base 64: 4 MB of blanks before its end": form(*ANY, contentToValidate="a" + " " * 4_000_000 + "!"),
    "an address of 4 MB": form(400, 403, contentToValidate="a://" + "a" * 4_000_000),
    "a scheme of 4 MB": form(*ANY, contentToValidate="a" * 4_000_000 + "://"),
    # types
    **{
        f"{key}: {json.dumps(value)[:20]}": form(400, **{key: value})
        for key in ("contentToValidate", "contentSyntax", "embeddingMethod", "validationType", "reportSyntax", "locale")
        for value in (1, [TURTLE], {"a": "b"}, True)
    },
    "a flag that is a list": form(400, addInputToReport=[True]),
    "a surrogate alone": sends('{"contentToValidate": "\\ud800"}', *REFUSED),
    "a NUL in the content": sends('{"contentToValidate": "<a> <b> \\"\\u0000\\" ."}', *ANY),
    "a syntax of 1 MB": form(400, contentSyntax="a/" * 500_000),
    "a locale of 1 MB": form(400, locale="_" * 1_000_000),
    "a type of validation of 1 MB": form(400, validationType="p" * 1_000_000),
    # more than a check
    "an address within": form(403, contentToValidate="http://127.0.0.1:9/", embeddingMethod="URL"),
    "an address of metadata": form(403, contentToValidate="http://169.254.169.254/latest"),
    "an address of a file": form(403, contentToValidate="file:///etc/passwd", embeddingMethod="URL"),
    "a shape from elsewhere": form(422, externalRules=[{"ruleSet": "http://127.0.0.1:9/", "embeddingMethod": "URL"}]),
    "100,000 shapes": form(422, externalRules=[{"ruleSet": "x"}] * 100_000),
    "an endpoint within": form(422, contentQueryEndpoint="http://127.0.0.1:9/", contentQuery="ASK {}"),
    "a query on the report that never ends": form(422, reportQuery="CONSTRUCT {?a ?b ?c} WHERE {" + "?a ?b ?c . " * 1000 + "}"),
    "imports of what it names": form(422, loadImports=True),
    "4 MB sent back": form(*ANY, contentToValidate="#" * 4_000_000, contentSyntax="text/turtle", addInputToReport=True, reportSyntax="application/json"),
    # addresses
    "a domain up and up": sends("{}", 404, path="/shacl/..%2f..%2fetc/api/validate"),
    "a domain of 7 kB": sends("{}", 404, path=f"/shacl/{'a' * 7000}/api/validate"),
    "another type": sends(json.dumps({"contentToValidate": TURTLE}), 415, media="application/x-evil"),
    "many at once": Attack(
        DOOR, lambda n: json.dumps({"contentToValidate": f"<a{n}> <b> <c> ."}), JSON,
        statuses=(200, 503), at_once=60, seconds=10,
    ),
}  # fmt: skip
