"""The page of a criterion: the question, its answers, and what each answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.knowledge.model import Value
from montages.knowledge.rulebook import rulebook
from montages.names import slug
from montages.publish import digest
from montages.web.pages.frame import Frame, Link
from montages.web.pages.rule_words import asked


@dataclass(frozen=True)
class Answer:
    """One possible answer, and the contracts it rules out, may rule out, or suits less."""

    value: Value
    link: Link
    definition: str
    out: list[Link]
    perhaps: list[Link]
    less: list[Link]


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a criterion shows."""
    criterion = frame.rules.criteria[slug(iri)]
    readers: dict[str, list[Any]] = {}
    for requirement in frame.rules.requirements:
        if criterion.slug in {c.criterion for c in requirement.clauses()}:
            readers.setdefault(requirement.of, []).append(asked(requirement, frame, frame.rules))
    arrangements = rulebook().arrangements
    answers = [_answer(criterion.slug, value, frame) for value in criterion.values]
    return {
        "criterion": criterion,
        "key": digest.key(criterion),
        "answers": answers,
        "decides": any(a.out or a.perhaps or a.less for a in answers),
        "readers": [(frame.link(arrangements[of].iri), group) for of, group in readers.items()],
    }


def _answer(criterion: str, value: Value, frame: Frame) -> Answer:
    out: dict[str, Link] = {}
    perhaps: dict[str, Link] = {}
    less: dict[str, Link] = {}
    for arrangement in frame.rules.proposed():
        if arrangement.kind != "contract":
            continue
        for requirement in frame.rules.effective(arrangement.slug):
            accepted = frame.rules.accepted(requirement.own)
            if requirement.own.criterion != criterion or accepted is None or value.slug in accepted:
                continue
            where = less if not requirement.hard else out
            if requirement.hard and (requirement.when or requirement.unless):
                where = perhaps
            where[arrangement.slug] = frame.link(arrangement.iri)
    perhaps = {name: link for name, link in perhaps.items() if name not in out}
    less = {name: link for name, link in less.items() if name not in out and name not in perhaps}
    iri = str(value.iri)
    return Answer(
        value,
        Link(value.label[frame.lang], frame.page_of(iri) if iri in frame.shelf.known else None),
        frame.labels.definition(iri, frame.lang),
        list(out.values()),
        list(perhaps.values()),
        list(less.values()),
    )
