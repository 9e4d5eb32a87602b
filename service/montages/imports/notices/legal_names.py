"""What the words of a notice name: the contract in its title, its service by CPV."""

from __future__ import annotations

from collections.abc import Sequence

from montages.imports.import_fields import Meaning, import_fields
from montages.knowledge.labels import plain_form

_FORMAT = "ted"


def named_contract(title: str, concession: bool, works: bool) -> tuple[Meaning, ...]:
    """Return the contract that a title names, nothing where it names none; the first named wins.

    A contract other than for works is named at the head of the title only: help with a global contract is
    none.
    """
    said = import_fields(_FORMAT)["CONCESSION_TITLE" if concession else "CONTRACT_TITLE"]
    written = f" {plain_form(title)} "
    places = [(written.find(f" {words} "), -len(words), words) for words in said]
    anywhere = concession or works
    named = [p for p in places if p[0] >= 0 and (anywhere or p[0] == 0)]
    return said[min(named)[2]] if named else ()


def named_service(codes: Sequence[str]) -> tuple[Meaning, ...]:
    """Return what the main code of CPV says of the service, nothing where it says nothing."""
    said = import_fields(_FORMAT)["CPV"]
    families = [digits for digits in said if codes and codes[0].startswith(digits)]
    return said[max(families, key=len)] if families else ()
