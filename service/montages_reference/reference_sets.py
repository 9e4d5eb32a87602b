"""The table of reference sets: what there is below `/reference`, in the order of its list."""

from __future__ import annotations

from montages.bilingual import message
from montages.knowledge.did_you_mean import unknown_name
from montages.publish.linked_data.void import SuppliedDataset
from montages_reference.reference_set import ReferenceFile, ReferenceSet, concept_files, table_files

_THRESHOLDS = "montages_reference.threshold_files"
_PROCEDURES = "montages_reference.procedure_codes"
_IDENTIFIERS = "montages_reference.identifier_links"
_CHANGES = "montages_reference.change_feeds"
_ARRANGEMENT = "montages_reference.ocds_extension"
_TURTLE, _JSON = ("ttl", "text/turtle"), "application/json"

SETS = (
    ReferenceSet(
        "thresholds",
        message("Thresholds of French public procurement"),
        message(
            "Every amount that we hold, period by period: for whom, for what, what it switches, the "
            "article and how sure it is."
        ),
        (
            *table_files(f"{_THRESHOLDS}:table", message("Table, a row per amount")),
            *concept_files(f"{_THRESHOLDS}:concepts"),
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
            *table_files(f"{_PROCEDURES}:table", message("Table, a row per code")),
            ReferenceFile(
                "codes.csv", "text/csv",
                message("Table of the codes of DECP beside those of OCDS and eForms, both ways"),
                f"{_PROCEDURES}:pairs",
            ),
            *concept_files(f"{_PROCEDURES}:concepts"),
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
        (ReferenceFile(*_TURTLE, message("Linkset (VoID), in Turtle"), f"{_IDENTIFIERS}:linksets"),),
        f"{_IDENTIFIERS}:completeness",
    ),
    ReferenceSet(
        "changes",
        message("What changed in the law, the rules and the terms"),
        message(
            "Each change from the day on which it holds, and what it moves, as a feed to follow."
        ),
        (
            ReferenceFile(
                "atom", "application/atom+xml", message("Feed (Atom)"), f"{_CHANGES}:atom", True, True
            ),
        ),
    ),
    ReferenceSet(
        "contractual-arrangement",
        message("OCDS extension: the contractual arrangement"),
        message("The kind of contract of a tender, a lot or a contract, for releases of OCDS."),
        tuple(
            ReferenceFile(f"/{ending}", media_type, label, f"{_ARRANGEMENT}:{writer}")
            for ending, media_type, label, writer in (
                ("extension.json", _JSON, message("Extension"), "extension"),
                ("release-schema.json", _JSON, message("Patch of the release schema"), "release_schema"),
                ("codelists/contractualArrangement.csv", "text/csv", message("Codelist"), "codelist"),
                ("example.json", _JSON, message("Example of a release"), "example"),
            )
        ),
    ),
)  # fmt: skip


def datasets() -> tuple[SuppliedDataset, ...]:
    """Return the sets as the catalogue has them."""
    return tuple(entry.supplied for entry in SETS)


def reference_set(name: str) -> ReferenceSet:
    """Return the set of a name; raises UnknownName with those that exist."""
    sets = {entry.name: entry for entry in SETS}
    if name not in sets:
        raise unknown_name(message("reference set"), name, sets)
    return sets[name]


def reference_file(entry: ReferenceSet, ending: str) -> ReferenceFile:
    """Return the file of a set by its ending, the first without one; raises UnknownName."""
    files = {file.ending: file for file in entry.files}
    if ending and ending not in files:
        raise unknown_name(message("format of {name}", name=entry.name), ending, files)
    return files[ending] if ending else entry.files[0]
