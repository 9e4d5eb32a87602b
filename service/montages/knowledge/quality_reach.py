"""What the rules can conclude: dead requirements, contracts out of reach, contracts alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import URIRef

from montages.knowledge.model import Requirement, Rulebook, Text
from montages.knowledge.periods import Rules, change_dates, rules_at
from montages.knowledge.profiles import contracts_in_force, hard, holds, profiles, read, satisfying
from montages.knowledge.quality_remark import Remark
from montages.names import slug


def reach(book: Rulebook, rules: Rules) -> Iterator[Remark]:
    """Yield what the rules can never conclude, in any of their periods."""
    yield from _unknown_limits(book)
    yield from _dead(book)
    yield from _out_of_reach(book)
    yield from _alike(rules)


def _unknown(requirement: Requirement, rules: Rules) -> set[URIRef]:
    """Return the thresholds a requirement reads that have no known amount in a period."""
    bounds = [bound for clause in requirement.clauses() for bound in clause.bounds]
    return {b.limit for b in bounds if isinstance(b.limit, URIRef) and rules.limit(b) is None}


def _unknown_limits(book: Rulebook) -> Iterator[Remark]:
    found: dict[URIRef, tuple[date, list[str]]] = {}
    for day in change_dates(book):
        rules = rules_at(day)
        for requirement in rules.requirements:
            for threshold in _unknown(requirement, rules):
                found.setdefault(threshold, (day, []))[1].append(requirement.slug)
    for threshold, (day, names) in sorted(found.items()):
        listed = ", ".join(dict.fromkeys(names))
        text = Text(
            f"{slug(threshold)} : montant inconnu à partir du {day} ; restent ouvertes : {listed}.",
            f"{slug(threshold)}: amount unknown from {day}; what stays open: {listed}.",
        )
        yield Remark("unknown-limit", "warning", slug(threshold), text)


def _dead(book: Rulebook) -> Iterator[Remark]:
    """Yield the requirements that no answer satisfies, or that none violates."""
    never: dict[tuple[str, bool], date] = {}
    for day in change_dates(book):
        rules = rules_at(day)
        for requirement in rules.requirements:
            for wanted in (True, False):
                if not _unknown(requirement, rules) and not _can(requirement, wanted, rules):
                    never.setdefault((requirement.slug, wanted), day)
    for (name, wanted), day in sorted(never.items()):
        fr, en = ("satisfaite", "satisfied") if wanted else ("non satisfaite", "violated")
        text = Text(
            f"{name} : aucune réponse ne peut la rendre {fr} (le {day}).",
            f"{name}: no answer can make it {en} (on {day}).",
        )
        yield Remark("dead-requirement", "error", name, text)


def _can(requirement: Requirement, wanted: bool, rules: Rules) -> bool:
    criteria = read([requirement], rules)
    return any(
        holds(requirement, profile, rules) is wanted for profile in profiles(criteria, rules)
    )


def _out_of_reach(book: Rulebook) -> Iterator[Remark]:
    """Yield the arrangements that no profile makes eligible, unknown limits apart."""
    for day in change_dates(book):
        rules = rules_at(day)
        for arrangement in rules.proposed():
            name = arrangement.slug
            if name not in rules.arrangements or satisfying(name, rules) is not None:
                continue
            if any(_unknown(requirement, rules) for requirement in hard(name, rules)):
                continue
            text = Text(
                f"{name} : aucun profil ne le rend possible (le {day}).",
                f"{name}: no profile makes it eligible (on {day}).",
            )
            yield Remark("out-of-reach", "error", name, text)


def _signature(requirement: Requirement) -> tuple[object, ...]:
    r = requirement
    return (r.own, frozenset(r.when), frozenset(r.unless), r.hard, r.weight)


def _alike(rules: Rules) -> Iterator[Remark]:
    """Yield contracts with the same requirements, and those with the same hard ones."""
    all_fr, all_en = "Mêmes exigences", "Same requirements"
    hard_fr, hard_en = "Mêmes exigences juridiques", "Same legal requirements"
    for check, severity, only_hard, fr, en in (
        ("alike", "error", False, all_fr, all_en),
        ("same-hard", "note", True, hard_fr, hard_en),
    ):
        groups: dict[frozenset[tuple[object, ...]], list[str]] = {}
        for name in contracts_in_force(rules):
            found = (r for r in rules.effective(name) if r.hard or not only_hard)
            groups.setdefault(frozenset(map(_signature, found)), []).append(name)
        for names in groups.values():
            if len(names) > 1:
                listed = ", ".join(names)
                yield Remark(
                    check, severity, names[0], Text(f"{fr} : {listed}.", f"{en}: {listed}.")
                )
