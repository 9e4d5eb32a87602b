"""Which published contracts are about a connected territory, by the words of their object and their CPV code.

The words are data, `data/imports/filters.ttl`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rdflib import RDF, Graph
from rdflib.term import Node

from montages.knowledge.files import library
from montages.knowledge.thing_labels import plain_form
from montages.names import ID, MTG, iris, slug

# No word of the data is a run of more words.
_LONGEST_RUN = 8
# Part of a description that holds a thing of each folder.
_KEYS = {"usage": "usages", "layer": "layers"}


@dataclass(frozen=True)
class Theme:
    """What a contract is about: the key of a description, `usages` or `layers`, and its value."""

    key: str
    value: str


@dataclass(frozen=True)
class _Rule:
    """What a contract must have: one of each kind of word that there is, and none of the last."""

    theme: Theme
    prefixes: tuple[str, ...]
    words: frozenset[str]
    beside: frozenset[str]
    without: frozenset[str]

    def holds(self, forms: frozenset[str] | set[str], cpv: str) -> bool:
        return (
            (not self.prefixes or cpv.startswith(self.prefixes))
            and (not self.words or not self.words.isdisjoint(forms))
            and (not self.beside or not self.beside.isdisjoint(forms))
            and self.without.isdisjoint(forms)
        )


@dataclass(frozen=True)
class Choice:
    """Why a contract is chosen: its themes, in their order, and the words or codes that told them."""

    themes: tuple[Theme, ...] = ()
    told_by: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.themes)


def themes_of(words: str, cpv: str = "") -> Choice:
    """Return what a contract is about, nothing where no rule holds; `cpv` is its code, eight digits."""
    forms = spoken_words(words)
    themes: dict[Theme, None] = {}
    reasons: dict[str, None] = {}
    for rule in _rules():
        if rule.holds(forms, cpv):
            themes[rule.theme] = None
            reasons |= dict.fromkeys(sorted(_words_by_form()[word] for word in rule.words & forms))
            if not rule.words:
                reasons[f"CPV {cpv}"] = None
    return Choice(tuple(themes), tuple(reasons))


def spoken_words(text: str) -> set[str]:
    """Return the words of the data, and runs of words, that stand in a text, as they are compared."""
    words = compared_form(text).split()
    known = _words_by_form()
    return {
        run
        for at in range(len(words))
        for end in range(at + 1, min(at + _LONGEST_RUN, len(words)) + 1)
        if (run := " ".join(words[at:end])) in known
    }


def compared_form(text: str) -> str:
    """Return words without capitals, accents, the marks of the plural (-s, -x, -aux) and of the feminine."""
    return " ".join(_stem(word) for word in plain_form(text).split())


@lru_cache(1 << 16)
def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
        return f"{word[:-3]}al"
    if len(word) > 3:
        word = word.rstrip("sx")
    return word.rstrip("e") if len(word) > 4 else word


@cache
def _rules() -> tuple[_Rule, ...]:
    graph = library.imports()
    return tuple(
        rule
        for import_filter in sorted(iris(graph.subjects(RDF.type, MTG.ImportFilter)))
        for rule in _rules_of(graph, import_filter)
    )


def _rules_of(graph: Graph, import_filter: Node) -> Iterator[_Rule]:
    iri = str(graph.value(import_filter, MTG.selectsThing))
    theme = Theme(_KEYS[iri.removeprefix(str(ID)).split("/")[0]], slug(iri))
    rules = [
        _Rule(
            theme,
            tuple(sorted(str(code) for code in graph.objects(node, MTG.cpvPrefix))),
            *(
                frozenset(compared_form(str(word)) for word in graph.objects(node, prop))
                for prop in (MTG.filterWord, MTG.besideWord, MTG.withoutWord)
            ),
        )
        for node in graph.objects(import_filter, MTG.filterRule)
    ]
    yield from sorted(rules, key=lambda rule: (rule.prefixes, sorted(rule.words)))


@cache
def _words_by_form() -> Mapping[str, str]:
    """Return every word of the data by the form in which it is compared."""
    graph = library.imports()
    words = sorted(
        str(word)
        for prop in (MTG.filterWord, MTG.besideWord, MTG.withoutWord)
        for word in graph.objects(None, prop)
    )
    return {compared_form(word): word for word in words}
