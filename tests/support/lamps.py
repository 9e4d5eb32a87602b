"""Data of somebody else, as many as one likes: street lamps, ten triples each, as N-Triples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

OTHER = "http://example.org/"
PER_LAMP = 10
_RDFS, _XSD = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ABOUT = "http://purl.org/dc/terms/description"
_STREETS = 977


def write_lamps(path: Path, triples: int) -> None:
    """Write so many triples into a file."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(_lamps(triples // PER_LAMP))


def _lamps(number: int) -> Iterator[str]:
    for n in range(number):
        lamp, street = f"<{OTHER}lamp/{n}>", n % _STREETS
        for predicate, value in (
            (_TYPE, f"<{OTHER}Lamp>"),
            (f"{_RDFS}label", f'"Lampadaire {n} de la rue {street}"@fr'),
            (f"{_RDFS}label", f'"Street lamp {n} of street {street}"@en'),
            (f"{OTHER}power", f'"{n % 150}"^^<{_XSD}integer>'),
            (f"{OTHER}street", f"<{OTHER}street/{street}>"),
            (f"{OTHER}next", f"<{OTHER}lamp/{(n * 7 + 1) % number}>"),
            (f"{OTHER}installed", f'"20{n % 24:02}-03-01"^^<{_XSD}date>'),
            (f"{OTHER}code", f'"L{n:08}"'),
            (_ABOUT, f'"Un point lumineux du quartier {n % 3511}, relevé à la main"'),
            (f"{OTHER}at", f"_:p{n}"),
        ):
            yield f"{lamp} <{predicate}> {value} .\n"
