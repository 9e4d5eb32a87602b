"""The table of reference sets: what there is below `/reference`, in the order of its list."""

from __future__ import annotations

from montages.bilingual import message
from montages.errors import UnknownName
from montages_reference.reference_set import ReferenceFile, ReferenceSet

_PROCEDURES = "montages_reference.procedure_codes"

SETS = (
    ReferenceSet(
        "procedures",
        message("Award procedures and their codes"),
        message(
            "Our award procedures with their codes in DECP, eForms, OCDS and ePO, and the kind of "
            "each match."
        ),
        (
            ReferenceFile(
                "csv", "text/csv", message("Table, a row per code"), f"{_PROCEDURES}:csv_file"
            ),
        ),
    ),
)


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
