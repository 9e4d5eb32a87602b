"""What a misspelt word, or a label written for a slug, probably meant; the error that says so."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Collection, Iterable

from rdflib import RDFS, SKOS, Literal, URIRef

from montages.bilingual import NO_TEXT, Text, message
from montages.errors import UnknownName
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.names import ID, MTG, slug

# No word of ours is as long, and comparing takes time.
_LONGEST = 80
_FEW = 50  # names that a message may list


def nearest(word: str, words: Iterable[str], close: float = 0.7) -> str | None:
    """Return which of some words is most like a misspelt one, None when none is close."""
    if len(str(word)) > _LONGEST:
        return None
    return next(iter(difflib.get_close_matches(str(word), list(words), n=1, cutoff=close)), None)


def suggestion(word: str | None) -> Text:
    """Return the question whether a word was meant, after a space; empty texts for None."""
    if word is None:
        return Text("", "")
    return message(" Did you mean “{word}”?", word=word)


def nearest_hint(word: str, words: Iterable[str]) -> Text:
    """Return the question whether the nearest of some words was meant; empty texts when none is close."""
    return suggestion(nearest(word, words))


def plain(word: str) -> str:
    """Return a word as it is compared: no case, accents or outer blanks."""
    bare = unicodedata.normalize("NFKD", word.replace("’", "'"))
    return "".join(c for c in bare if not unicodedata.combining(c)).casefold().strip()


@disk_cache
def slugs_by_label() -> dict[str, tuple[str, ...]]:
    """Return the slugs of values, layers, contracts and classes of holder by their plain label."""
    slugs: dict[str, set[str]] = {}
    for graph in (library.data(), library.ontology()):
        for prop in (SKOS.prefLabel, RDFS.label):
            for thing, label in graph.subject_objects(prop):
                ours = isinstance(thing, URIRef) and str(thing).startswith((str(ID), str(MTG)))
                if ours and isinstance(label, Literal):
                    slugs.setdefault(plain(str(label)), set()).add(slug(str(thing)))
    return {label: tuple(sorted(of_label)) for label, of_label in sorted(slugs.items())}


def did_you_mean(word: str, accepted: Iterable[str]) -> str | None:
    """Return which of some slugs a word meant: one it is the label of, else the nearest in spelling."""
    if len(word) > _LONGEST:
        return None
    candidates = list(accepted)
    allowed, labels = set(candidates), slugs_by_label()
    for name in labels.get(plain(word), ()):
        if name in allowed:
            return name
    if (close := nearest(word, candidates)) is not None:
        return close
    of_label = {label: name for label, names in labels.items() for name in names if name in allowed}
    close = nearest(plain(word), of_label)
    return of_label[close] if close else None


def unknown_name(text: Text, word: str, names: Collection[str]) -> UnknownName:
    """Return the error of a name that is not among the known ones, with the nearest spelling."""
    hint = nearest_hint(word, names)
    listed = NO_TEXT
    if 0 < len(names) <= _FEW:
        listed = message(" Known: {names}.", names=", ".join(names))
    return UnknownName(
        message(
            "{word}: unknown {text}.{hint}{listed}", word=word, text=text, hint=hint, listed=listed
        ),
        accepted=list(names),
    )
