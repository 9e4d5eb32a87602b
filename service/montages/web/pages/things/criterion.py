"""The pages of criteria, of lists of values and of their values: what each answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import SKOS, URIRef

from montages.knowledge.model import Value
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.publish.text import assessment_rows
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.requirement import requirement_line


@dataclass(frozen=True)
class AnswerConsequences:
    """One possible answer, and the contracts it rules out, may rule out, or suits less."""

    value: Value
    link: Link
    definition: str
    out: list[Link]
    perhaps: list[Link]
    less: list[Link]


def criterion_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a criterion shows."""
    criterion = context.rules.criteria[slug(iri)]
    readers: dict[str, list[Any]] = {}
    for requirement in context.rules.requirements:
        if criterion.slug in {c.criterion for c in requirement.clauses()}:
            readers.setdefault(requirement.arrangement, []).append(
                requirement_line(requirement, context, context.rules)
            )
    arrangements = rulebook().arrangements
    answers = [_answer(criterion.slug, value, context) for value in criterion.values]
    return {
        "criterion": criterion,
        "key": assessment_rows.key(criterion),
        "answers": answers,
        "decides": any(a.out or a.perhaps or a.less for a in answers),
        "readers": [(context.link(arrangements[of].iri), group) for of, group in readers.items()],
    }


def _answer(criterion: str, value: Value, context: PageContext) -> AnswerConsequences:
    out: dict[str, Link] = {}
    perhaps: dict[str, Link] = {}
    less: dict[str, Link] = {}
    for arrangement in context.rules.proposed():
        if arrangement.kind != "contract":
            continue
        for requirement in context.rules.effective(arrangement.slug):
            accepted = context.rules.accepted(requirement.own)
            if requirement.own.criterion != criterion or accepted is None or value.slug in accepted:
                continue
            where = less if requirement.soft else out
            if requirement.hard and (requirement.when or requirement.unless):
                where = perhaps
            where[arrangement.slug] = context.link(arrangement.iri)
    perhaps = {name: link for name, link in perhaps.items() if name not in out}
    less = {name: link for name, link in less.items() if name not in out and name not in perhaps}
    iri = str(value.iri)
    return AnswerConsequences(
        value,
        Link(
            value.label[context.lang],
            context.page_of(iri) if iri in context.lookups.things else None,
        ),
        context.labels.definition(iri, context.lang),
        list(out.values()),
        list(perhaps.values()),
        list(less.values()),
    )


def concept_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a value, or of a bucket, shows: its list, its question, what it changes."""
    graph, ref = context.graph, URIRef(iri)
    schemes = iris(graph.objects(ref, SKOS.inScheme))
    asking = {c for s in schemes for c in iris(graph.subjects(MTG.answerScheme, s))}
    asking |= set(iris(graph.objects(ref, MTG.bucketOf)))
    changes = []
    for criterion_iri in sorted(asking, key=lambda c: context.rank(c)):
        values = criterion_values(str(criterion_iri), context)
        answers = [a for a in values["answers"] if a.value.slug == slug(iri)]
        changes.append(
            (context.link(criterion_iri), values["criterion"].question[context.lang], answers)
        )
    others = {o for s in schemes for o in iris(graph.subjects(SKOS.inScheme, s))} - {ref}
    return {
        "schemes": context.links(schemes),
        # «Yes» and «no» answer many questions: each question says what they change there.
        "changes": changes if len(changes) <= 3 else [],
        "questions": [link for link, _, _ in changes],
        "others": context.links(others)[:60],
    }


def scheme_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a list of values shows."""
    graph, ref = context.graph, URIRef(iri)
    members = iris(graph.subjects(SKOS.inScheme, ref))
    members.sort(key=lambda m: context.rank(m))
    return {
        "members": [
            (context.link(m), context.labels.definition(str(m), context.lang)) for m in members
        ],
        "criteria": context.links(graph.subjects(MTG.answerScheme, ref)),
    }
