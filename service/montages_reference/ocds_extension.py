"""The OCDS extension `contractualArrangement`: its metadata, its patch of the release schema, its codelist.

It says what OCDS has no field for: by which kind of contract a project is carried out, beside how that is
awarded (https://github.com/open-contracting/standard/issues/1144).
"""

from __future__ import annotations

from typing import Any

from montages.api import Knowledge
from montages.bilingual import Text, message
from montages.knowledge.logic import Verdict
from montages.knowledge.rulebook import rulebook
from montages.mirror import link_target
from montages.names import BASE
from montages.publish.json_text import dump_bytes
from montages.publish.spreadsheets import csv_text
from montages_reference.ocds_project import ADVISED, RETAINED
from montages_reference.ocds_release import LOTS, package

CODELIST = "contractualArrangement.csv"
_NAME = message("Contractual arrangement")
_SUMMARY = message(
    "Adds, to a tender, a lot and a contract, the kind of contract by which a project is carried out, "
    "with its legal basis: works contract, global performance contract, concession, in-house contract…"
)
_FIELDS = {
    "scheme": message("The list from which the code is taken."),
    "id": message(
        "The code of the kind of contract, from the open codelist contractualArrangement."
    ),
    "description": message("The name of the kind of contract."),
    "uri": message("The address of the kind of contract, with its definition and its rules."),
    "status": message(
        "Whether the kind of contract was retained by the buyer, or is only advised."
    ),
    "verdict": message(
        "Whether what is described of the project lets it take that kind of contract, and how surely."
    ),
    "legalBasis": message("The texts that define the kind of contract."),
}
_DETAILS = message("Details of the procedure, in another language")
_EXAMPLE = "exemple-metropole"
# The law of the day under which the example is assessed.
_EXAMPLE_DAY = "2026-06-01"


def extension(knowledge: Knowledge, lang: str) -> bytes:
    """Return `extension.json`."""
    return dump_bytes(
        {
            "name": _both(_NAME),
            "description": _both(_SUMMARY),
            "documentationUrl": {"en": link_target(f"{BASE}reference/contractual-arrangement")},
            "compatibility": ["1.1"],
            "codelists": [CODELIST],
            "testDependencies": [LOTS],
            "schemas": ["release-schema.json"],
        }
    )


def release_schema(knowledge: Knowledge, lang: str) -> bytes:
    """Return `release-schema.json`, a JSON Merge Patch of the schema of a release."""
    field = {
        "title": _NAME[lang],
        "description": _SUMMARY[lang],
        "$ref": "#/definitions/ContractualArrangement",
    }
    holders: dict[str, dict[str, Any]] = {
        name: {"properties": {"contractualArrangement": field}}
        for name in ("Tender", "Lot", "Contract")
    }
    own = {
        "title": _NAME[lang],
        "description": _SUMMARY[lang],
        "type": "object",
        "properties": {name: _field(name, lang) for name in _FIELDS},
    }
    details = {"title": _DETAILS[lang], "type": ["string", "null"]}
    holders["Tender"]["patternProperties"] = {"^procurementMethodDetails_(en|fr)$": details}
    return dump_bytes({"definitions": {**holders, "ContractualArrangement": own}})


def _field(name: str, lang: str) -> dict[str, Any]:
    more: dict[str, dict[str, Any]] = {
        "id": {"codelist": CODELIST, "openCodelist": True},
        "uri": {"format": "uri"},
        "status": {"enum": [RETAINED, ADVISED, None]},
        "verdict": {"enum": [*(verdict.value for verdict in Verdict), None]},
        "legalBasis": {
            "type": "array", "items": {"$ref": "#/definitions/Classification"}, "uniqueItems": True,
        },
    }  # fmt: skip
    text = {"title": name, "description": _FIELDS[name][lang], "type": ["string", "null"]}
    return text | more.get(name, {})


def codelist(knowledge: Knowledge, lang: str) -> bytes:
    """Return the codelist: each kind of contract, with its name, its definition, its address."""
    contracts = [a for a in rulebook().arrangements.values() if a.kind == "contract"]
    rows = [(a.slug, a.label[lang], a.definition[lang], str(a.iri)) for a in contracts]
    return csv_text([("Code", "Title", "Description", "URI"), *rows]).encode()


def example(knowledge: Knowledge, lang: str) -> bytes:
    """Return a release package with the field: that of the example project."""
    return package([knowledge.assess(_EXAMPLE, as_of=_EXAMPLE_DAY, lang=lang)])


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "fr": text.fr}
