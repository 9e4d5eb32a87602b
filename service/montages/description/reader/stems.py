"""The stem of a word: the one form that stands for all those of a verb, an adjective or a noun."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from montages.description.reader.reader_data import yaml_of

_SIGNS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "²": "2", "³": "3", "₂": "2"})
_SIGNS |= dict.fromkeys(map(ord, "’ʼ‘´"), "'") | dict.fromkeys(map(ord, "–—‒−‑"), "-")


def folded(text: str) -> str:
    """Return a text without accents, capitals and ligatures."""
    plain = unicodedata.normalize("NFD", text.translate(_SIGNS).lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def single(form: str) -> str:
    """Return a folded word in the singular, as the lists of amounts have it."""
    plural = (len(form) > 2 and form[-1] == "s") or (len(form) > 3 and form[-1] == "x")
    return form[:-1] if plural else form


def stem_of(form: str) -> str:
    """Return the one form that stands for all those of a word: an infinitive, else a masculine singular."""
    stems = verb_forms()
    if form in stems:
        return stems[form]
    for cut in (
        form[:-1] if form.endswith(("s", "e")) else "",
        form[:-2] if form.endswith("es") else "",
    ):
        if cut and cut.endswith(_PARTICIPLES) and cut in stems:
            return stems[cut]
    single = _singular(form)
    return stems.get(single, single)


def _singular(form: str) -> str:
    if len(form) > 4 and form.endswith("aux") and not form.endswith("eaux"):
        return form[:-3] + "al"
    if len(form) > 3 and form[-1] in "sx" and not form.endswith(("ss", "us", "eux", "is")):
        form = form[:-1]
    for feminine, masculine in _FEMININES:
        if len(form) > len(feminine) + 2 and form.endswith(feminine):
            return form[: -len(feminine)] + masculine
    return form


_FEMININES = (
    ("ale", "al"), ("elle", "el"), ("euse", "eux"), ("ive", "if"), ("ienne", "ien"), ("trice", "teur"),
)  # fmt: skip
_PRESENT = ("e", "es", "ons", "ez", "ent", "ais", "ait", "ions", "iez", "aient", "ant", "er")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_PARTICIPLE = ("", "e", "s", "es")
_IMPERFECT = ("ez", "ais", "ait", "aient")
# How a masculine participle ends.
_PARTICIPLES = ("e", "i", "u", "it", "ert", "is")


def conjugated(infinitive: str) -> Iterator[str]:
    """Yield the folded forms of a regular verb in -er, -ir or -re."""
    root, ending = infinitive[:-2], infinitive[-2:]
    yield infinitive
    if ending == "er":
        roots = {root}
        if root.endswith("g"):
            roots.add(root + "e")
        if root.endswith("y"):
            roots.add(root[:-1] + "i")
        if root.endswith(("el", "et")):
            roots.add(root + root[-1])
        for one in roots:
            yield from (one + end for end in _PRESENT)
            yield from (one + "er" + end for end in _FUTURE)
            yield from (one + "e" + end for end in _PARTICIPLE)
    elif ending == "ir":
        yield from (root + "iss" + end for end in _PRESENT if end != "er")
        yield from (root + end for end in ("is", "it", "i", "ie", "ies"))
        yield from (root + "ir" + end for end in _FUTURE)
    else:
        yield from (root + end for end in ("", "s", "t", *_PRESENT) if end != "er")
        yield from (root + "r" + end for end in _FUTURE)
        yield from (root + "u" + end for end in _PARTICIPLE)


@cache
def verb_forms() -> dict[str, str]:
    """Return the stem of each folded form of the verbs, adjectives and nouns of verbs of the data."""
    data, stems = yaml_of("verbs"), dict[str, str]()
    for adjective in data["adjectives"].split():
        for end in ("", "e", "s", "es"):
            stems[adjective + end] = adjective
    for infinitive in " ".join(data["regular"]).split():
        for form in conjugated(infinitive):
            stems.setdefault(form, infinitive)
    for infinitive, forms in data["irregular"].items():
        for form in (infinitive, *forms.split()):
            stems[form] = infinitive
            ends = _FUTURE if form.endswith("ra") else _IMPERFECT if form.endswith("ons") else ()
            for end in ends:
                stems.setdefault(form[: -1 if ends is _FUTURE else -3] + end, infinitive)
    for infinitive, nouns in data["nouns"].items():
        for noun in nouns.split():
            stems[noun] = stems[noun + "s"] = infinitive
    for form in data["not"].split():
        stems.pop(form, None)
    return stems | {form: stem for stem, of in data["same"].items() for form in of.split()}
