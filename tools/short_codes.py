"""Give a code of the short address to each criterion and value that has none: `data/short-codes.ttl`.

Codes are appended and never change: a short address is read for ever.
"""

from __future__ import annotations

from itertools import count, product
from pathlib import Path

from rdflib import URIRef

from montages.description.address.short_address import code_book, folder_of
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, slug

FILE = Path(__file__).parents[1] / "data" / "short-codes.ttl"
# Codes of one letter begin no code of two.
_ONE = {
    "holder": "H",
    "usages": "U",
    "layers": "L",
    "estimated-value": "A",
    "contract-object": "O",
    "duration-months": "T",
    "operated-by": "R",
    "competence-held": "C",
    "population": "P",
}
_TAKEN = frozenset(_ONE.values()) | frozenset("DEQWZ")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def lists_of_codes() -> dict[str, tuple[str, ...]]:
    """Return the values of each list that a short address may name, by folder, in author order."""
    lists = {
        folder_of(name) or "": tuple(value.slug for value in criterion.values)
        for name, criterion in rulebook().criteria.items()
        if folder_of(name)
    }
    data = library.data()
    usages = [str(u) for u in data.subjects(None, MTG.Usage) if isinstance(u, URIRef)]
    kinds = [str(k) for k in data.subjects(MTG.actorClass, None) if isinstance(k, URIRef)]
    lists["usage"] = tuple(sorted(slug(usage) for usage in usages))
    lists["actor-kind"] = tuple(sorted(slug(kind) for kind in kinds))
    return lists


def new_lines() -> list[str]:
    """Return the lines that the book lacks."""
    lines, book = [], code_book()
    taken = set(book.parameters.values())
    pairs = ("".join(two) for two in product(sorted(set(_LETTERS) - _TAKEN), _LETTERS))
    for name in rulebook().criteria:
        if name not in book.parameters:
            code = _ONE.get(name) or next(two for two in pairs if two not in taken)
            taken.add(code)
            lines.append(f'criterion:{name} mtg:shortCode "{code}" .')
    for folder, values in lists_of_codes().items():
        used = set(book.values.get(folder, {}).values())
        for value in values:
            if value not in book.values.get(folder, {}):
                code = next(str(n) for n in count(1) if str(n) not in used)
                used.add(code)
                lines.append(f'<{ID[f"{folder}/{value}"]}> mtg:shortCode "{code}" .')
    return lines


def main() -> None:
    """Append what is missing."""
    lines = new_lines()
    with FILE.open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    print(f"{len(lines)} codes are new.")


if __name__ == "__main__":
    main()
