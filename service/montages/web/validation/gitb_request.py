"""A request in the form of the European test bed's RDF validator: its keys, and what each asks for (V2b).

Keys that are not of the form are passed over, as there; one that asks for what is not done here is refused.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from montages.bilingual import message
from montages.description.limits import too_deep
from montages.door_errors import AddressRefused
from montages.errors import UnreadableInput, UnusableInput
from montages.web.requests.body_syntax import likely_syntax
from montages.web.requests.request_parameters import one_of
from montages.web.validation.request_body import ACCEPTED, LINES, unsupported_syntax
from montages.web.validation.validate_body import KINDS_OF_SHAPES

EMBEDDINGS = ("STRING", "BASE64", "URL")
CONTENT = "contentToValidate"
TEXTS = (
    CONTENT, "embeddingMethod", "contentSyntax", "validationType", "reportSyntax", "locale",
    "rdfReportSyntax",
)  # fmt: skip
FLAGS = ("addInputToReport", "addRdfReportToReport")
# Each would have the service fetch something, or run what the request brings with it.
NOT_DONE = (
    "externalRules", "loadImports", "contentQuery", "contentQueryEndpoint", "contentQueryUsername",
    "contentQueryPassword", "reportQuery", "addShapesToReport",
)  # fmt: skip
# The longest value of a key that is no content.
_LONGEST = 200
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s<>\"{}]*")
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")


@dataclass(frozen=True)
class GitbRequest:
    """What a request of that form asks for; texts that it does not give are empty."""

    content: bytes
    syntax: str
    shapes: str
    report_syntax: str
    lang: str
    add_input: bool
    add_rdf_report: bool
    rdf_report_syntax: str


def gitb_request(body: bytes) -> GitbRequest:
    """Return what a body asks for.

    Raises UnreadableInput for what is not of the form, UnusableInput and AddressRefused for what is not done
    here, UnsupportedSyntax for a content that no parser reads, TooLarge for a body nested too deeply.
    """
    keys = _keys(body)
    texts = {name: _typed(keys, name, str, "") for name in TEXTS}
    for name, text in texts.items():
        if name != CONTENT and len(text) > _LONGEST:
            raise UnreadableInput(
                message("{name}: at most {longest} characters.", name=name, longest=_LONGEST),
                key=name,
            )
    flags = {name: _typed(keys, name, bool, False) for name in FLAGS}
    for name in NOT_DONE:
        if keys.get(name) not in (None, False, "", []):
            raise UnusableInput(
                message(
                    "{name}: this service does not do it. It fetches nothing and checks with "
                    "its own shapes; leave this key out. Types of validation: {kinds}.",
                    name=name,
                    kinds=", ".join(KINDS_OF_SHAPES),
                ),
                key=name,
            )
    content = _content(texts[CONTENT], texts["embeddingMethod"])
    shapes = texts["validationType"] or KINDS_OF_SHAPES[0]
    return GitbRequest(
        content,
        _syntax(texts["contentSyntax"], content),
        one_of("validationType", shapes, KINDS_OF_SHAPES),
        texts["reportSyntax"].strip(),
        _language(texts["locale"]),
        flags["addInputToReport"],
        flags["addRdfReportToReport"],
        texts["rdfReportSyntax"].strip(),
    )


def _keys(body: bytes) -> Mapping[str, Any]:
    try:
        tree = json.loads(body)
    except RecursionError:
        raise too_deep() from None
    except ValueError as error:
        line, column = getattr(error, "lineno", None), getattr(error, "colno", None)
        raise UnreadableInput(message("The body is not JSON."), line=line, column=column) from None
    if not isinstance(tree, dict):
        raise UnreadableInput(
            message("The body has to be a JSON object, with the key “contentToValidate”.")
        )
    return tree


def _typed(keys: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = keys.get(name)
    if value is None:
        return default
    if type(value) is not kind:
        if kind is str:
            raise UnreadableInput(message("{name}: a text is expected.", name=name), key=name)
        raise UnreadableInput(message("{name}: true or false is expected.", name=name), key=name)
    return value


def _content(text: str, method: str) -> bytes:
    """Return the bytes of the content; without a method it is what it looks like."""
    if not text.strip():
        raise UnreadableInput(
            message("contentToValidate: nothing to check. Put the text of the description there.")
        )
    method = one_of("embeddingMethod", method.strip().upper() or _likely_method(text), EMBEDDINGS)
    if method == "URL":
        raise AddressRefused(
            message(
                "This service fetches no document: put the text itself in contentToValidate, "
                "as it is (embeddingMethod STRING) or in base 64 (BASE64)."
            )
        )
    if method == "STRING":
        return text.encode("utf-8", "surrogatepass")
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableInput(
            message(
                "contentToValidate is not in base 64: encode it, or say embeddingMethod STRING."
            )
        ) from None


def _likely_method(text: str) -> str:
    if _ADDRESS.fullmatch(text.strip()):
        return "URL"
    packed = "".join(text.split())
    return "BASE64" if len(packed) % 4 == 0 and _BASE64.fullmatch(packed) else "STRING"


def _syntax(name: str, content: bytes) -> str:
    name = name.partition(";")[0].strip().lower()
    if not name:
        return likely_syntax(content)
    if name not in ACCEPTED or ACCEPTED[name] == LINES:
        raise unsupported_syntax(name)
    return ACCEPTED[name]


def _language(locale: str) -> str:
    """Return the language of a locale such as `fr_FR`, empty for one that is not spoken here."""
    language = re.split(r"[-_]", locale.strip().lower(), maxsplit=1)[0]
    return language if language in ("fr", "en") else ""
