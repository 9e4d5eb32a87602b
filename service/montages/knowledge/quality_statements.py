"""What each requirement must state: sources, readings, basis, versions apart, all in OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rdflib import Literal

from montages.knowledge import library
from montages.knowledge.compile import compile_rules
from montages.knowledge.model import Requirement, Rulebook, Span, Text
from montages.knowledge.periods import change_dates, rules_at
from montages.knowledge.profile_rl import outside_rl
from montages.knowledge.quality_remark import Remark
from montages.names import MTG, slug

_HARD_BASES = ("Statute", "SettledCaseLaw", "Definition")


def statements(book: Rulebook) -> Iterator[Remark]:
    """Yield what is wrong with the statements of the rulebook, one remark each."""
    for requirement in book.requirements:
        yield from _stated(requirement)
    yield from _overlaps(book)
    yield from _profile(book)


def _stated(requirement: Requirement) -> Iterator[Remark]:
    name = requirement.slug
    if not requirement.sources:
        yield _error("no-source", name, "aucune source (mtg:source).", "no source (mtg:source).")
    readings = library.data().objects(requirement.version, MTG.reading)
    languages = {o.language for o in readings if isinstance(o, Literal)}
    for lang in ("fr", "en"):
        if lang not in languages:
            yield _error("no-reading", name, f"pas de lecture @{lang}.", f"no reading @{lang}.")
    if requirement.hard and requirement.basis not in _HARD_BASES:
        yield _error(
            "hard-without-law",
            name,
            f"exigence dure sans texte ni jurisprudence ni définition ({requirement.basis}).",
            f"hard without statute, settled case law or definition ({requirement.basis}).",
        )
    if not requirement.hard and not 1 <= requirement.weight <= 3:
        yield _error("weight", name, "poids à donner de 1 à 3.", "its weight must be 1 to 3.")


def _overlaps(book: Rulebook) -> Iterator[Remark]:
    spans: dict[str, list[Span]] = {}
    for requirement in book.requirements:
        spans.setdefault(requirement.slug, []).append(requirement.span)
    for threshold, values in book.thresholds.items():
        spans[slug(str(threshold))] = [dated.span for dated in values]
    for name, found in spans.items():
        for before, after in pairwise(sorted(found, key=lambda span: span.first)):
            if after.first <= before.last:
                yield _error(
                    "overlap",
                    name,
                    f"deux versions en vigueur le {after.first} : donnez une fin à la première.",
                    f"two versions in force on {after.first}: give the first an end.",
                )


def _profile(book: Rulebook) -> Iterator[Remark]:
    graphs = {"ontology": library.ontology()}
    graphs |= {f"compiled/{day}": compile_rules(rules_at(day)) for day in change_dates(book)}
    for name, graph in graphs.items():
        for found in outside_rl(graph):
            fr, en = f"hors du profil OWL 2 RL : {found}.", f"outside OWL 2 RL: {found}."
            yield _error("owl-2-rl", name, fr, en)


def _error(check: str, about: str, fr: str, en: str) -> Remark:
    return Remark(check, "error", about, Text(f"{about} : {fr}", f"{about}: {en}"))
