"""What a misspelt word, or a label written for a slug, probably meant."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

from rdflib import RDFS, SKOS, Literal, URIRef

from montages.knowledge import library
from montages.knowledge.kept import kept
from montages.names import ID, MTG, slug

# No word of ours is as long, and comparing takes time.
_LONGEST = 80


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like a misspelt one, None when none is close."""
    if len(str(word)) > _LONGEST:
        return None
    found = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return found[0] if found else None


def plain(word: str) -> str:
    """Return a word as it is compared: no case, accents or outer blanks."""
    bare = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold().strip()


@kept
def labelled() -> dict[str, tuple[str, ...]]:
    """Return the slugs of values, layers, contracts and classes of holder by their plain label."""
    found: dict[str, set[str]] = {}
    for graph in (library.data(), library.ontology()):
        for prop in (SKOS.prefLabel, RDFS.label):
            for thing, label in graph.subject_objects(prop):
                ours = isinstance(thing, URIRef) and str(thing).startswith((str(ID), str(MTG)))
                if ours and isinstance(label, Literal):
                    found.setdefault(plain(str(label)), set()).add(slug(str(thing)))
    return {label: tuple(sorted(slugs)) for label, slugs in sorted(found.items())}


def meant(word: str, accepted: Iterable[str]) -> str | None:
    """Return which of some slugs a word meant: one it is the label of, else the nearest in spelling."""
    if len(word) > _LONGEST:
        return None
    wanted = list(accepted)
    allowed, labels = set(wanted), labelled()
    for name in labels.get(plain(word), ()):
        if name in allowed:
            return name
    if (close := nearest(word, wanted)) is not None:
        return close
    of_label = {label: name for label, names in labels.items() for name in names if name in allowed}
    close = nearest(plain(word), of_label)
    return of_label[close] if close else None
