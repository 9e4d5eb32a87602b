"""Whether answers to several questions at once may change what is named: looked for on all its diagrams.

Too much is let free rather than too little: where nothing else can be reached, no answers change anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from montages.assessment.answer.ending import OpenQuestions
from montages.assessment.verdict.answers import Pair
from montages.knowledge import logic
from montages.knowledge.compiled.naming_diagram import naming_diagram
from montages.knowledge.compiled.naming_variables import naming_reader, states_of_pair
from montages.knowledge.entailment import implied
from montages.knowledge.law import Clause
from montages.knowledge.periods import rules_at


def may_change_together(questions: OpenQuestions) -> bool:
    """Tell whether answers to the open questions of a part may name something else together."""
    part, rules = questions.part, questions.part.rules
    given, first = part.outcomes.stated, rules.period.first
    states = naming_reader(rules).states(given.answers, given.bare.answers)
    if states is None or part.unit.asserted or rules is not rules_at(first):
        return True  # on no diagram
    return naming_diagram(first).may_name_otherwise(states, _free(questions))


def _free(questions: OpenQuestions) -> Mapping[int, set[int]]:
    """Return the states that variables may come to: by answers, by what follows, by what is presumed then."""
    unit, rules = questions.part.unit, questions.part.rules
    asked, free = _asked_in_turn(questions), dict[int, set[int]]()
    presumes = not asked.isdisjoint(questions.suppositions.premises)
    for pair in dict.fromkeys(_answers(asked, questions, presumes=presumes)):
        if not unit.answer(pair[0]).values or pair[0] in unit.presumed:
            for place, state in states_of_pair(rules, pair):
                free.setdefault(place, set()).add(state)
    for name in unit.presumed if presumes else ():
        for value in rules.criteria[name].values:
            for place, _ in states_of_pair(rules, (name, value.slug)):
                free.setdefault(place, set()).add(0)  # no longer presumed
    return free


def _answers(asked: Collection[str], questions: OpenQuestions, *, presumes: bool) -> Iterator[Pair]:
    """Yield each answer that may be given, with what it implies, and what may be presumed then."""
    for name in asked:
        for value in questions.part.rules.criteria[name].values:
            yield from implied((name, value.slug))
    for pair in questions.suppositions.presumable() if presumes else ():
        yield from implied(pair)


def _asked_in_turn(questions: OpenQuestions) -> frozenset[str]:
    """Return the questions that are put now, and those put after them once these are answered somehow."""
    rules, answers = questions.part.rules, questions.part.unit.answers
    possible: set[Pair] = set()
    asked: set[str] = set()

    def may_hold(clause: Clause) -> bool:
        accepted = rules.accepted(clause) or ()
        return logic.met(clause, answers, rules) or any(
            (clause.criterion, value) in possible for value in accepted
        )

    left = [c for c in rules.criteria.values() if questions.may_be_put(c)]
    grown = True
    while grown:
        grown = False
        for criterion in list(left):
            conditions = (*criterion.asked_when, *criterion.suggested_when)
            if all(may_hold(clause) for condition in conditions for clause in condition.clauses):
                left.remove(criterion)
                asked.add(criterion.slug)
                for value in criterion.values:
                    possible |= implied((criterion.slug, value.slug))
                grown = True
    return frozenset(asked)
