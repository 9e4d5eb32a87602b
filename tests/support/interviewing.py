"""Persons who answer the questions of an interview, and what brute force says of what may still change."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from montages.advice.questions.answer_writing import with_answer
from montages.advice.questions.interview import Interview, Question
from montages.api import Knowledge
from montages.assessment.verdict.judgement import verdict_of
from montages.assessment.verdict.unknown_facts import unanswered
from montages.description.to_keys import to_keys
from montages.knowledge import entailment, logic
from montages.knowledge.entailment import asking_order, telling
from montages.knowledge.files import library
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.panel import PanelCase, panel
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import deciding
from sampling import satisfying

Tree = dict[str, Any]
Choose = Callable[[Sequence[Question]], Question]
# What a person says of the project before any question: who, what for, with which layers.
_DESCRIBED = ("project", "id", "holder", "usages", "usages-complete", "layers-complete")


def number_within(name: str, value: str, rules: Rules) -> int:
    """Return a number that falls into a range of a criterion."""
    bucket = next(b for b in rules.buckets[name] if b.slug == value)
    if bucket.low is None:
        return 0
    return int(bucket.low[0]) + bucket.low[1]


def answer_with(tree: Tree, question: Question, values: Sequence[str], rules: Rules) -> Tree:
    """Return a description with an answer by values of the criterion, "I do not know" for none."""
    name = question.criterion.slug
    if question.criterion.numeric_property:
        return with_answer(tree, question, [number_within(name, v, rules) for v in values])
    return with_answer(tree, question, [question.written(v) for v in values])


def beginning(tree: Mapping[str, Any]) -> Tree:
    """Return what a description says of who, what for and with which layers, and no answer."""
    out = {name: tree[name] for name in _DESCRIBED if name in tree} | {"project": "x", "id": "x"}
    for key, names in (("layers", ("layer", "perimeter", "usages")), ("perimeters", ("usages",))):
        parts = tree.get(key)
        if isinstance(parts, list):
            out[key] = [{n: part[n] for n in names if n in part} for part in parts]
        elif parts:
            out[key] = {a: {n: p[n] for n in names if n in (p or {})} for a, p in parts.items()}
    return out


def first(questions: Sequence[Question]) -> Question:
    """Return the question that the interview puts first."""
    return questions[0]


def by_author(questions: Sequence[Question]) -> Question:
    """Return the question that comes first in the order of the criteria."""
    return min(questions, key=lambda question: question.criterion.order)


def of_everything(scope: Sequence[str], day: date) -> int:
    """Return how many questions bear on some arrangements: what one who asks everything asks."""
    rules = rules_at(day)
    read = dict.fromkeys(name for slug in scope for name in deciding(slug, rules))
    names = asking_order(tuple(read), rules)
    return sum(rules.criteria[name].answer_origin != "Derived" for name in names)


def drawn_person(number: int, rules: Rules) -> dict[str, frozenset[str]]:
    """Draw somebody who has an answer to each question."""
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    return {
        name: frozenset([draw.choice(question.values).slug])
        for name, question in rules.criteria.items()
        if question.values
    }


def real_projects(knowledge: Knowledge) -> Iterator[tuple[Tree, str]]:
    """Yield the description of each real project with each contract that it retains."""
    for path in library.projects().values():
        if path.parent.name != "projects":
            continue
        description = knowledge.read(str(path))
        tree = to_keys(description.graph, description.project)
        for part in (*tree.get("perimeters", {}).values(), *tree.get("layers", ())):
            part.pop("description", None)
        for retained in knowledge.assess(description).coherence.retained_contracts:
            yield tree, retained.contract


def person_of_the_place(
    knowledge: Knowledge, tree: Mapping[str, Any], contract: str, day: date
) -> dict[str, frozenset[str]]:
    """Return what somebody knows who will sign a contract: what is stated, and what that contract needs."""
    rules = rules_at(day)
    known = dict(satisfying(contract, rules) or {})
    for of_unit in knowledge.assess(tree, as_of=day, anyway=True).conclusions.units:
        answers = of_unit.unit.answers.items()
        known |= {name: a.values for name, a in answers if a.values and a.state != "default"}
    return known


def interviews(
    knowledge: Knowledge,
    tree: Tree,
    person: Mapping[str, frozenset[str]],
    day: date,
    about: Sequence[str] = (),
    choose: Choose = first,
) -> Iterator[Interview]:
    """Yield the interview before each question and after the last, as a person answers the first."""
    while True:
        interview = knowledge.questions(tree, as_of=day, about=about, anyway=True)
        yield interview
        if not interview.questions:
            return
        question = choose(interview.questions)
        values = sorted(person.get(question.criterion.slug, ()))
        tree = answer_with(tree, question, values, rules_at(day))


def questions_until_settled(
    knowledge: Knowledge, tree: Mapping[str, Any], contract: str, day: date, choose: Choose = first
) -> int:
    """Return how many questions settle the verdict on a contract, for one who asks about its row only."""
    person = person_of_the_place(knowledge, tree, contract, day)
    asked = interviews(knowledge, beginning(tree), person, day, (contract,), choose)
    return sum(1 for interview in asked if interview.questions)


def signed() -> Iterator[tuple[PanelCase, str]]:
    """Yield each case of the panel with the contract that a practitioner puts first."""
    for case in panel():
        first = case.expected.get("first") or case.expected.get("fits") or {}
        contract = next(iter(first), None)
        if contract in rules_at(case.as_of).arrangements:
            yield case, str(contract)


def later_answers(
    answers: Mapping[str, Answer], names: Sequence[str], rules: Rules
) -> Iterator[Mapping[str, Answer]]:
    """Yield what answers may become as criteria are answered one after the other, those as they are first."""
    yield answers
    for name in names:
        given, question = answers.get(name, NO_ANSWER), rules.criteria[name]
        put = all(logic.met(c, answers, rules) for w in question.asked_when for c in w.clauses)
        derived = question.answer_origin == "Derived"
        if derived or given.values or given.excluded or given.state != "not-asked" or not put:
            continue
        others = [n for n in names if n != name]
        for values in _answers(question.multiple, [v.slug for v in question.values]):
            after = dict(answers)
            for value in values:
                after = entailment.supposing(after, name, value, rules)
            if question.multiple:
                rest = frozenset(v.slug for v in question.values) - after[name].values
                after[name] = Answer(after[name].values, rest, "explicit")
            if all(len(a.values) < 2 or rules.criteria[n].multiple for n, a in after.items()):
                yield from later_answers(after, others, rules)


def _answers(multiple: bool, values: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for size in range(1, len(values) + 1 if multiple else 2):
        yield from combinations(values, size)


def may_change(
    slug: str, answers: Mapping[str, Answer], names: Sequence[str], rules: Rules
) -> bool:
    """Tell by trying them all whether answers to some criteria change a verdict; both closed ones are one."""
    seen = set()
    for after in later_answers(answers, names, rules):
        verdict = verdict_of(slug, after, rules, frozenset()).verdict
        seen.add(verdict.value if verdict.open else "closed")
        if len(seen) > 1:
            return True
    return False


def reachable(name: str, answers: Mapping[str, Answer], rules: Rules) -> bool:
    """Tell whether a criterion may be asked now, or once what it is asked after is answered."""
    if not unanswered(name, answers, rules):
        return False
    clauses = (c for condition in rules.criteria[name].asked_when for c in condition.clauses)
    return all(
        logic.met(clause, answers, rules)
        or any(reachable(n, answers, rules) for n in telling(clause.criterion, rules))
        for clause in clauses
    )
