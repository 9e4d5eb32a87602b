"""The table of reference sets: what there is below `/reference`, in the order of its list."""

from __future__ import annotations

from montages.bilingual import message
from montages.errors import UnknownName
from montages.publish.linked_data.void import SuppliedDataset
from montages_reference.reference_set import ReferenceFile, ReferenceSet

_THRESHOLDS = "montages_reference.threshold_files"
_PROCEDURES = "montages_reference.procedure_codes"
_IDENTIFIERS = "montages_reference.identifier_links"
_CHANGES = "montages_reference.change_feeds"
_ARRANGEMENT = "montages_reference.ocds_extension"
_RULES, _DRAFT = "montages_reference.shacl_rules", "montages_reference.rules_draft"
_CASES = "montages_reference.rule_cases"
_TURTLE, _JSON_LD, _SCHEMA = (
    ("ttl", "text/turtle"),
    ("jsonld", "application/ld+json"),
    "schema.json",
)
_SKOS, _SKOS_JSON = (
    message("Concept scheme (SKOS), in Turtle"),
    message("Concept scheme (SKOS), in JSON-LD"),
)
_TABLE_SCHEMA = message("What the columns of the table hold (Table Schema)")

SETS = (
    ReferenceSet(
        "thresholds",
        message("Thresholds of French public procurement"),
        message(
            "Every amount that we hold, period by period: for whom, for what, what it switches, the "
            "article and how sure it is."
        ),
        (
            ReferenceFile(
                "csv", "text/csv", message("Table, a row per amount"),
                f"{_THRESHOLDS}:csv_file",
            ),
            ReferenceFile(_SCHEMA, "application/json", _TABLE_SCHEMA, f"{_THRESHOLDS}:schema_file"),
            ReferenceFile(*_TURTLE, _SKOS, f"{_THRESHOLDS}:turtle_file"),
            ReferenceFile(*_JSON_LD, _SKOS_JSON, f"{_THRESHOLDS}:json_ld_file"),
        ),
        f"{_THRESHOLDS}:completeness",
    ),
    ReferenceSet(
        "procedures",
        message("Award procedures and their codes"),
        message(
            "Our award procedures with their codes in DECP, eForms, OCDS and ePO, and the kind of "
            "each match."
        ),
        (
            ReferenceFile(
                "csv", "text/csv", message("Table, a row per code"),
                f"{_PROCEDURES}:csv_file",
            ),
            ReferenceFile(_SCHEMA, "application/json", _TABLE_SCHEMA, f"{_PROCEDURES}:schema_file"),
            ReferenceFile(
                "codes.csv",
                "text/csv",
                message("Table of the codes of DECP beside those of OCDS and eForms, both ways"),
                f"{_PROCEDURES}:pairs_file",
            ),
            ReferenceFile(*_TURTLE, _SKOS, f"{_PROCEDURES}:turtle_file"),
            ReferenceFile(*_JSON_LD, _SKOS_JSON, f"{_PROCEDURES}:json_ld_file"),
        ),
        f"{_PROCEDURES}:completeness",
    ),
    ReferenceSet(
        "identifiers",
        message("Identifiers elsewhere"),
        message(
            "What our kinds of holders, contracts and procedures are in the lists of INSEE and of the "
            "European Union."
        ),
        (ReferenceFile(*_TURTLE, message("Linkset (VoID), in Turtle"), f"{_IDENTIFIERS}:turtle_file"),),
        f"{_IDENTIFIERS}:completeness",
    ),
    ReferenceSet(
        "changes",
        message("What changed in the law, the rules and the terms"),
        message(
            "Each change from the day on which it holds, and what it moves, as feeds to follow."
        ),
        (
            ReferenceFile(
                "atom", "application/atom+xml", message("Feed (Atom)"),
                f"{_CHANGES}:atom",
                of_contract=True,
            ),
            ReferenceFile(
                "json", "application/feed+json", message("Feed (JSON Feed)"),
                f"{_CHANGES}:json_feed",
                of_contract=True,
            ),
        ),
    ),
    ReferenceSet(
        "contractual-arrangement",
        message("OCDS extension: the contractual arrangement"),
        message("The kind of contract of a tender, a lot or a contract, for releases of OCDS."),
        (
            ReferenceFile(
                "/extension.json", "application/json", message("Extension"),
                f"{_ARRANGEMENT}:extension",
            ),
            ReferenceFile(
                "/release-schema.json", "application/json", message("Patch of the release schema"),
                f"{_ARRANGEMENT}:release_schema",
            ),
            ReferenceFile(
                "/codelists/contractualArrangement.csv", "text/csv", message("Codelist"),
                f"{_ARRANGEMENT}:codelist",
            ),
            ReferenceFile(
                "/example.json", "application/json", message("Example of a release"),
                f"{_ARRANGEMENT}:example",
            ),
        ),
    ),
    ReferenceSet(
        "rules",
        message("The rulebook as rules for other engines"),
        message(
            "The statuses of contracts as SHACL rules, for an engine of yours; and a draft for SHACL 1.2."
        ),
        (
            ReferenceFile(*_TURTLE, message("SHACL Advanced Features"), f"{_RULES}:shacl_rules"),
            ReferenceFile(
                "draft.ttl", "text/turtle", message("SHACL 1.2 Inference Rules, a draft"),
                f"{_DRAFT}:rules_draft",
            ),
        ),
    ),
    ReferenceSet(
        "rules-cases",
        message("Cases to check the rules by"),
        message(
            "Every case of the panel and every real project, with the status expected of each contract."
        ),
        (
            ReferenceFile("json", "application/json", message("Cases"), f"{_CASES}:cases_json"),
            ReferenceFile(
                "zip", "application/zip", message("Cases, with the rules of each period"),
                f"{_CASES}:cases_zip",
            ),
        ),
    ),
)  # fmt: skip


def datasets() -> tuple[SuppliedDataset, ...]:
    """Return the sets as the catalogue has them."""
    return tuple(entry.supplied for entry in SETS)


def reference_set(name: str) -> ReferenceSet:
    """Return the set of a name; raises UnknownName with those that exist."""
    for entry in SETS:
        if entry.name == name:
            return entry
    names = [entry.name for entry in SETS]
    listed = ", ".join(names)
    raise UnknownName(
        message("No reference set “{name}”. There are: {listed}.", name=name, listed=listed),
        accepted=names,
    )


def reference_file(entry: ReferenceSet, ending: str) -> ReferenceFile:
    """Return the file of a set by its ending, the first without one; raises UnknownName."""
    for file in entry.files:
        if ending in ("", file.ending):
            return file
    endings = [file.ending for file in entry.files]
    listed = ", ".join(endings)
    raise UnknownName(
        message(
            "“{name}” has no form “{ending}”. There are: {listed}.",
            name=entry.name,
            ending=ending,
            listed=listed,
        ),
        accepted=endings,
    )
