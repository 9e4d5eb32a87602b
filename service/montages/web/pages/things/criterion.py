"""The pages of criteria, of lists of values and of their values: what each answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.knowledge.law import Requirement
from montages.knowledge.model import Arrangement, Value
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.web.pages.graph_node import GraphNode


@dataclass(frozen=True)
class AnswerConsequences:
    """One possible answer, and the contracts it rules out, may rule out, or suits less."""

    value: Value
    out: list[Arrangement]
    perhaps: list[Arrangement]
    less: list[Arrangement]


def criterion_values(thing: GraphNode) -> dict[str, Any]:
    """Return the criterion of a page, what each answer changes, and the rules that read it."""
    rules = thing.context.rules
    criterion = rules.criteria[slug(thing.iri)]
    readers: dict[str, list[Requirement]] = {}
    for requirement in rules.requirements:
        if criterion.slug in {c.criterion for c in requirement.clauses()}:
            readers.setdefault(requirement.arrangement, []).append(requirement)
    answers = [_answer(criterion.slug, value, rules) for value in criterion.values]
    return {
        "criterion": criterion,
        "answers": answers,
        "decides": any(a.out or a.perhaps or a.less for a in answers),
        "readers": [(rulebook().arrangements[of], group) for of, group in readers.items()],
    }


def _answer(criterion: str, value: Value, rules: Rules) -> AnswerConsequences:
    out: dict[str, Arrangement] = {}
    perhaps: dict[str, Arrangement] = {}
    less: dict[str, Arrangement] = {}
    for arrangement in rules.proposed():
        if arrangement.kind != "contract":
            continue
        for requirement in rules.effective(arrangement.slug):
            accepted = rules.accepted(requirement.own)
            if requirement.own.criterion != criterion or accepted is None or value.slug in accepted:
                continue
            where = less if requirement.soft else out
            if requirement.hard and (requirement.when or requirement.unless):
                where = perhaps
            where[arrangement.slug] = arrangement
    perhaps = {name: one for name, one in perhaps.items() if name not in out}
    less = {name: one for name, one in less.items() if name not in out and name not in perhaps}
    return AnswerConsequences(value, [*out.values()], [*perhaps.values()], [*less.values()])


def concept_values(value: GraphNode) -> dict[str, Any]:
    """Return the lists of a value, or of a bucket, and what it changes as an answer to each question."""
    context = value.context
    schemes = value.nodes("skos:inScheme")
    asking = {n.iri for s in schemes for n in s.nodes_from("answerScheme")}
    asking |= {n.iri for n in value.nodes("bucketOf")}
    criteria = [c for c in context.rules.criteria.values() if str(c.iri) in asking]
    others = {n.iri for s in schemes for n in s.nodes_from("skos:inScheme")} - {value.iri}
    changes = [
        (
            criterion,
            [
                _answer(criterion.slug, v, context.rules)
                for v in criterion.values
                if v.slug == slug(value.iri)
            ],
        )
        for criterion in sorted(criteria, key=lambda c: context.rank(c.iri))
    ]
    return {
        # «Yes» and «no» answer many questions: each question says what they change there.
        "changes": changes if len(changes) <= 3 else [],
        "questions": [criterion for criterion, _ in changes],
        "others": context.links(others)[:60],
    }
