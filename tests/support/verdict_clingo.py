"""Verdicts by an answer set program, `verdict.lp`: units of any size, judged a second way (R34)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from clingo import Control, Function, Symbol

from montages.knowledge.entailment import implications
from montages.knowledge.law import Clause, Condition
from montages.knowledge.logic import NO_ANSWER, Answers, Verdict
from verdict_oracle import Completion, Judgement, Oracle, Pair, without

PROGRAM = Path(__file__).with_suffix(".lp").with_stem("verdict")
SUPPOSING, CHANGING = Function("supposing"), Function("changing")


def judge(oracle: Oracle, answers: Answers) -> Judgement:
    """Return the verdict on an oracle's arrangement, by the program."""
    if oracle.slug not in oracle.rules.arrangements:
        return Judgement(Verdict.CLOSED)
    control = control_of(oracle, answers)
    atoms = solve(control, supposing=False, changing=False) or []
    disputed = frozenset(atom.arguments[0].string for atom in atoms if atom.name == "disputed")
    if disputed:
        rest = judge(oracle, without(answers, disputed))
        if rest.verdict.open:
            return replace(rest, verdict=Verdict.TO_VERIFY, disputed=disputed)
        verify = dict.fromkeys(rest.reopens, Verdict.TO_VERIFY)
        return replace(rest, reopens=verify, disputed=disputed)
    if not any(atom.name == "against" for atom in atoms):
        atoms_said = solve(control, supposing=True, changing=False)
        if atoms_said is not None:
            completion = _completion(oracle, atoms_said)
            return Judgement(oracle.reached(completion), answers, completion)
    reopens = dict(_reopenings(oracle, control))
    verdict = Verdict.CLOSED_BY_CHOICE if reopens else Verdict.CLOSED
    return Judgement(verdict, answers, reopens=reopens)


def _reopenings(oracle: Oracle, control: Control) -> Iterator[tuple[frozenset[str], Verdict]]:
    """Yield the minimal sets of choices that reopen, fewest first, with the best they lead to."""
    while (atoms := solve(control, supposing=True, changing=True)) is not None:
        changed = [atom for atom in atoms if atom.name == "changed"]
        yield (
            frozenset(atom.arguments[0].string for atom in changed),
            oracle.reached(_completion(oracle, atoms)),
        )
        literals = [control.symbolic_atoms[atom] for atom in changed]
        with control.backend() as backend:
            backend.add_rule([], [atom.literal for atom in literals if atom])


def _completion(oracle: Oracle, atoms: list[Symbol]) -> Completion:
    said = (atom.arguments for atom in atoms if atom.name == "say")
    pairs: tuple[Pair, ...] = tuple((c.string, v.string) for c, v in said)
    return Completion(oracle.cost(pairs), pairs)


def control_of(oracle: Oracle, answers: Answers, more: str = "") -> Control:
    """Return the program with the facts of an oracle, some answers, and more rules."""
    control = Control(["--warn=none"])
    control.load(str(PROGRAM))
    control.add("base", [], "\n".join((*_facts(oracle, answers), more)))
    control.ground([("base", [])])
    return control


def solve(control: Control, *, supposing: bool, changing: bool) -> list[Symbol] | None:
    """Return what an optimal answer set shows, None where there is none."""
    control.assign_external(SUPPOSING, supposing)
    control.assign_external(CHANGING, changing)
    best: list[Symbol] | None = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            best = list(model.symbols(shown=True))
    return best


def _facts(oracle: Oracle, answers: Answers) -> Iterator[str]:
    """Yield the facts of the program: the criteria that matter, the answers, the gates."""
    rules = oracle.rules
    for name in concerned(oracle):
        question, given = rules.criteria[name], answers.get(name, NO_ANSWER)
        yield _atom("list" if question.multiple else "single", name)
        yield _atom("term" if question.nature in ("choice", "step") else "fact", name)
        for value in question.values:
            yield _atom("value", name, value.slug)
            if value.excludes_others:
                yield _atom("alone", name, value.slug)
            if value.ordinary:
                yield _atom("ordinary", name, value.slug)
            for pair in implications().get((name, value.slug), ()):
                yield _atom("implies", name, value.slug, *pair)
        yield from (_atom("stated", name, value) for value in given.values)
        yield from (_atom("excluded", name, value) for value in given.excluded)
        if given.state == "derived":
            yield _atom("derived", name)
    yield from (_atom("open", name) for name in oracle.unanswered(answers))
    yield from (_atom("choice", name) for name in oracle.stated_choices(answers))
    yield from _gates(oracle)


def concerned(oracle: Oracle) -> list[str]:
    """Return the criteria that gates read, with those that imply or follow from something."""
    names = {clause.criterion for clause in oracle.clauses}
    for (premise, _), pairs in implications().items():
        names |= {premise, *dict(pairs)}
    return [name for name in oracle.rules.criteria if name in names]


def _gates(oracle: Oracle) -> Iterator[str]:
    numbers, clauses, conditions = count(), dict[Clause, str](), dict[Condition, str]()

    def clause(one: Clause) -> Iterator[str]:
        if one not in clauses:
            clauses[one] = f"k{next(numbers)}"
            yield _atom("clause", clauses[one], one.criterion)
            for value in oracle.rules.accepted(one) or ():
                yield _atom("accepts", clauses[one], value)
            for value in oracle.rules.rejected(one):
                yield _atom("rejects", clauses[one], value)

    for requirement in (*oracle.gates, *oracle.duties):
        slug = requirement.slug
        yield _atom("duty" if requirement.duty else "gate", slug)
        if slug in oracle.asserted:
            yield _atom("asserted", slug)
        yield from clause(requirement.own)
        yield _atom("own", slug, clauses[requirement.own])
        for role in ("when", "unless", "closes"):
            of_role = getattr(requirement, "closes_if" if role == "closes" else role)
            for condition in of_role:
                if condition not in conditions:
                    conditions[condition] = f"n{next(numbers)}"
                    for one in condition.clauses:
                        yield from clause(one)
                        yield _atom("in", clauses[one], conditions[condition])
                yield _atom(role, slug, conditions[condition])


def _atom(name: str, *words: str) -> str:
    quoted = ", ".join(f'"{word}"' for word in words)
    return f"{name}({quoted})."
