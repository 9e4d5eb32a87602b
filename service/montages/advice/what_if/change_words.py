"""A what-if in words: `à condition de payer selon les résultats, une fois vérifié que …`."""

from __future__ import annotations

from collections.abc import Sequence

from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.words.wording import (
    enumerated,
    facts_text,
    lower,
    on_terms,
    once_verified,
)
from montages.bilingual import Text
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# So many gates are named where facts close.
_NAMED = 2
_NO_CHOICE = Text("Aucun choix n'y change rien", "No choice changes that")
_FACTS_ONLY = Text(
    "Aucun choix à faire ni à changer : il reste à vérifier {}.",
    "No choice to make or to change: it is left to verify {}.",
)
_PRESUMED = Text(
    "Ce n'est fermé que par ce que nous supposons ({}) : si c'est inexact, corrigez-le.",
    "Only what we suppose closes it ({}): where that is wrong, correct it.",
)
_ORDINARY = Text("aux conditions d'usage", "on the usual terms")


def change_sentence(changes: Sequence[Term], to_verify: Sequence[Term], rules: Rules) -> Text:
    """Return what one would have to choose, what is ordinary left out, and what is left to verify."""
    terms, facts = on_terms(changes, rules), once_verified(to_verify, rules)
    said = terms if terms.fr else _ORDINARY
    return Text(f"{said.fr}, {facts.fr}", f"{said.en}, {facts.en}") if facts.fr else said


def gates_text(gates: Sequence[Requirement]) -> Text:
    """Return what some gates ask for, by their labels, the first ones."""
    labels = [gate.label for gate in gates[:_NAMED]]
    return Text(*(enumerated([lower(label[x]) for label in labels], x) for x in ("fr", "en")))


def nothing_to_change(
    closed_by: Sequence[Requirement],
    facts: Sequence[Term],
    presumed: Sequence[str],
    rules: Rules,
) -> Text:
    """Return why no choice helps: what we suppose closes it, or a fact does, or only facts are wanted."""
    if presumed:
        names = [rules.criteria[name].label for name in presumed]
        return Text(
            *(_PRESUMED[x].format(enumerated([n[x] for n in names], x)) for x in ("fr", "en"))
        )
    if closed_by:
        told = gates_text(closed_by)
        return Text(f"{_NO_CHOICE.fr} : {told.fr}.", f"{_NO_CHOICE.en}: {told.en}.")
    wanted = facts_text(facts, rules)
    return Text(*(_FACTS_ONLY[x].format(wanted[x]) for x in ("fr", "en")))
