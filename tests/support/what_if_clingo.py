"""What opens an arrangement, by an answer set program: `verdict.lp` with facts to find out weighing most."""

from __future__ import annotations

from collections.abc import Iterator

from clingo import Symbol

from montages.knowledge.logic import Answers
from verdict_clingo import control_of, solve
from verdict_oracle import Oracle, Pair
from what_if_oracle import is_term

# Above what the program minimises: choices changed, then terms taken.
FACTS_FIRST = "#minimize { 1@9,C,V : say(C,V), fact(C) }. #show become/2."


def opening_sets(oracle: Oracle, answers: Answers) -> Iterator[tuple[frozenset[Pair], int]]:
    """Yield the sets of choices that open an arrangement, with how many facts are left, fewest first."""
    control = control_of(oracle, answers, FACTS_FIRST)
    while (atoms := solve(control, supposing=True, changing=True)) is not None:
        said = [atom for atom in atoms if atom.name in ("say", "become")]
        choices = [atom for atom in said if is_term(oracle, _pair(atom)[0])]
        if not choices:
            return
        yield frozenset(map(_pair, choices)), len(said) - len(choices)
        literals = [control.symbolic_atoms[atom] for atom in choices]
        with control.backend() as backend:
            backend.add_rule([], [atom.literal for atom in literals if atom])


def _pair(atom: Symbol) -> Pair:
    criterion, value = atom.arguments
    return criterion.string, value.string
