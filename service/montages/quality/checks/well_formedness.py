"""What each requirement must have: sources, readings, a basis, versions apart, axioms in OWL 2 RL."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rdflib import Literal

from montages.knowledge.compiled.owl_compiler import compile_rules
from montages.knowledge.files import library
from montages.knowledge.model import Requirement, Rulebook, Span
from montages.knowledge.periods import change_dates, rules_at
from montages.names import MTG, slug
from montages.quality.checks.owl_rl_syntax import outside_rl
from montages.quality.checks.remark import Remark, remark

_HARD_BASES = ("Statute", "SettledCaseLaw", "Definition")


def ill_formed(book: Rulebook) -> Iterator[Remark]:
    """Yield a remark for each thing that a requirement or a threshold must have and has not."""
    for requirement in book.requirements:
        yield from _incomplete(requirement)
    yield from _overlaps(book)
    yield from _profile(book)


def _incomplete(requirement: Requirement) -> Iterator[Remark]:
    name = requirement.slug
    if not requirement.sources:
        yield _error("no-source", name, "aucune source (mtg:source).", "no source (mtg:source).")
    readings = library.data().objects(requirement.version, MTG.reading)
    languages = {o.language for o in readings if isinstance(o, Literal)}
    for lang in ("fr", "en"):
        if lang not in languages:
            yield _error("no-reading", name, f"pas de lecture @{lang}.", f"no reading @{lang}.")
    if not requirement.soft and requirement.basis not in _HARD_BASES:
        yield _error(
            "hard-without-law",
            name,
            f"exigence dure sans texte ni jurisprudence ni définition ({requirement.basis}).",
            f"hard without statute, settled case law or definition ({requirement.basis}).",
        )
    if requirement.soft and not 1 <= requirement.weight <= 3:
        yield _error("weight", name, "poids à donner de 1 à 3.", "its weight must be 1 to 3.")


def _overlaps(book: Rulebook) -> Iterator[Remark]:
    spans: dict[str, list[Span]] = {}
    for requirement in book.requirements:
        spans.setdefault(requirement.slug, []).append(requirement.span)
    for threshold, values in book.thresholds.items():
        spans[slug(str(threshold))] = [dated.span for dated in values]
    for name, versions in spans.items():
        for before, after in pairwise(sorted(versions, key=lambda span: span.first)):
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
        for fault in outside_rl(graph):
            fr, en = f"hors du profil OWL 2 RL : {fault}.", f"outside OWL 2 RL: {fault}."
            yield _error("owl-2-rl", name, fr, en)


def _error(check: str, about: str, fr: str, en: str) -> Remark:
    return remark(check, "error", about, fr, en)
