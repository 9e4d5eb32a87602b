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
        if cut and cut.endswith(tuple(yaml_of("verbs")["participles"])) and cut in stems:
            return stems[cut]
    single = _singular(form)
    return stems.get(single, single)


def _singular(form: str) -> str:
    if len(form) > 4 and form.endswith("aux") and not form.endswith("eaux"):
        return form[:-3] + "al"
    if len(form) > 3 and form[-1] in "sx" and not form.endswith(("ss", "us", "eux", "is")):
        form = form[:-1]
    feminines: dict[str, str] = yaml_of("verbs")["feminines"]
    for feminine, masculine in feminines.items():
        if len(form) > len(feminine) + 2 and form.endswith(feminine):
            return form[: -len(feminine)] + masculine
    return form


def conjugated(infinitive: str) -> Iterator[str]:
    """Yield the folded forms of a regular verb in -er, -ir or -re."""
    root, ending = infinitive[:-2], infinitive[-2:]
    other = {"g": root + "e", "y": root[:-1] + "i", "l": root + "l", "t": root + "t"}
    varies = ending == "er" and root.endswith(("g", "y", "el", "et"))
    for one in (root, other[root[-1]]) if varies else (root,):
        yield from (one + end.strip("-") for end in yaml_of("verbs")["endings"][ending].split())


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
            last = "ra" if form.endswith("ra") else "ons"
            for end in data["endings"][last].split() if form.endswith(last) else ():
                stems.setdefault(form.removesuffix(last) + end, infinitive)
    for infinitive, nouns in data["nouns"].items():
        for noun in nouns.split():
            stems[noun] = stems[noun + "s"] = infinitive
    for form in data["not"].split():
        stems.pop(form, None)
    return stems | {form: stem for stem, of in data["same"].items() for form in of.split()}
