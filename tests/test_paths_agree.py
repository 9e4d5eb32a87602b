"""R11: on sampled profiles, the reference engine and the plain Kleene function say the same."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest
from rdflib import OWL, RDFS, Graph, URIRef

from montages.decision import kleene, parse
from montages.decision.answers import Given
from montages.decision.description import part
from montages.decision.engine import ReferenceEngine
from montages.knowledge import library
from montages.knowledge.context import answer_keys
from montages.knowledge.model import Criterion, Requirement
from montages.knowledge.periods import rules_at
from montages.knowledge.profiles import holds, profiles, read
from montages.names import ID, MTG, kebab, slug

PROFILES, BATCH = 500, 25
RULES = rules_at(date(2026, 6, 1))
KEYS = {name: key for key, name in answer_keys().items()}
ASKED = [c for c in RULES.criteria.values() if c.slug not in ("holder", "layer")]
HARD = [r for r in RULES.requirements if r.hard]
HOLDERS = ("Commune", "Metropole", "EnergySyndicate", "WaterSyndicate", "SEM", "Departement", "SIVU")
NUMBERS = {
    "duration": (12, 48, 49, 60, 72, 96, 97, 144, 240, 264),
    "estimated-value": (
        50000, 80000, 99999, 100000, 216000, 300000, 432000, 2000000, 3000000, 5404000, 6000000, 10000001,
    ),
}  # fmt: skip


def profile(number: int) -> dict[str, Any]:
    """Draw a description: mostly the answers one arrangement is decided by, and a few others."""
    draw = random.Random(number)
    arrangement = draw.choice(list(RULES.arrangements))
    decides = {c.criterion for r in RULES.effective(arrangement) if r.hard for c in r.clauses()}
    answers: dict[str, Any] = {}
    for criterion in ASKED:
        if draw.random() < (0.85 if criterion.slug in decides else 0.12):
            answers[KEYS[criterion.slug]] = _answer(criterion, draw)
    tree: dict[str, Any] = {"project": f"p{number}", "id": f"p{number}", "answers": answers}
    if draw.random() < 0.5:
        tree["holder"] = {"type": draw.choice(HOLDERS)}
    if draw.random() < 0.4:
        tree["layers"] = [{"layer": draw.choice(RULES.criteria["layer"].values).slug}]
    hard = [r.slug for r in RULES.effective(arrangement) if r.hard]
    if hard and draw.random() < 0.1:
        tree["asserts"] = {draw.choice(hard): ""}
    if number % 3 == 0:
        _violate(tree, HARD[number // 3 % len(HARD)], draw)
    return tree


def _violate(tree: dict[str, Any], requirement: Requirement, draw: random.Random) -> None:
    """Answer in a way that violates a requirement: chance alone seldom meets all of its conditions."""
    criteria = read([requirement], RULES)
    violating = [p for p in profiles(criteria, RULES) if holds(requirement, p, RULES) is False]
    for name, values in draw.choice(violating).items():
        criterion = RULES.criteria[name]
        if name in NUMBERS:
            numbers = [n for n in NUMBERS[name] if _bucket(name, n) in values]
            tree["answers"][KEYS[name]] = draw.choice(numbers)
        elif name == "holder":
            tree["holder"] = {"type": "SEM"}
        else:
            tree["answers"][KEYS[name]] = sorted(values) if criterion.multiple else min(values)
        if criterion.multiple:
            tree["complete"] = [name]


def _answer(criterion: Criterion, draw: random.Random) -> Any:
    if criterion.numeric_property:
        return draw.choice(NUMBERS[criterion.slug])
    values = [v.slug for v in criterion.values]
    if not criterion.multiple:
        return draw.choice(values)
    alone = [v.slug for v in criterion.values if v.excludes_others]
    others = [v for v in values if v not in alone]
    return alone if draw.random() < 0.4 else draw.sample(others, draw.randint(1, 2))


def expected(tree: dict[str, Any]) -> tuple[dict[str, Given], list[str]]:
    """Return what the unit of a description answers, worked out without the engine or its queries."""
    answers: dict[str, Given] = {}
    criteria = {key: name for name, key in KEYS.items()}
    for key, value in tree["answers"].items():
        name = criteria[key]
        for item in value if isinstance(value, list) else [_bucket(name, value)]:
            answers = kleene.supposing(answers, name, item, RULES)
    if "holder" in tree:
        for name, value in _follows(tree["holder"]["type"]):
            answers = kleene.supposing(answers, name, value, RULES)
    for layer in tree.get("layers", ()):
        answers = kleene.supposing(answers, "layer", layer["layer"], RULES)
        for kind in library.data().objects(ID[f"layer/{layer['layer']}"], MTG.investmentKindOfLayer):
            answers = kleene.supposing(answers, "investment-kind", slug(str(kind)), RULES)
        if layer["layer"] == "iot-network":
            answers = kleene.supposing(answers, "network-layer", "yes", RULES)
    for name in tree.get("complete", ()):
        stated = frozenset(tree["answers"][KEYS[name]])
        left_out = frozenset(v.slug for v in RULES.criteria[name].values) - stated
        answers[name] = replace(answers[name], excluded=left_out)
    return answers, list(tree.get("asserts", ()))


def _bucket(name: str, value: Any) -> str:
    if name not in RULES.buckets:
        return str(value)
    inside = [
        bucket.slug
        for bucket in RULES.buckets[name]
        if (not bucket.low or value > bucket.low[0] or (value == bucket.low[0] and not bucket.low[1]))
        and (not bucket.high or value < bucket.high[0] or (value == bucket.high[0] and bucket.high[1]))
    ]
    assert len(inside) == 1, (name, value, inside)
    return inside[0]


@cache
def _follows(actor: str) -> tuple[tuple[str, str], ...]:
    """Return what the class of a holder says: its kind, and its level where it has just one."""
    graph, found = library.ontology(), []
    for cls in graph.transitive_objects(MTG[actor], RDFS.subClassOf):
        prop, value = graph.value(cls, OWL.onProperty), graph.value(cls, OWL.hasValue)
        for term, name in ((MTG.actorKind, "holder"), (MTG.level, "deployment-level")):
            if prop == term:
                found.append((name, slug(str(value))))
    return tuple(found)


def derived(graph: Graph, unit: URIRef) -> tuple[dict[str, str], dict[str, str]]:
    """Return the outcomes and the statuses that the engine wrote for a unit."""
    outcomes, statuses = {}, {}
    for node in graph.subjects(MTG.judges, unit):
        version, arrangement = graph.value(node, MTG.version), graph.value(node, MTG.arrangement)
        if version is not None:
            outcomes[str(version).rsplit("/", 2)[-2]] = _word(graph.value(node, MTG.outcome))
        if arrangement is not None:
            statuses[slug(str(arrangement))] = _word(graph.value(node, MTG.status))
    return outcomes, statuses


def _word(iri: Any) -> str:
    name = slug(str(iri)).removesuffix("Status")
    return kebab(name[0].lower() + name[1:])


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, PROFILES, BATCH))
def test_the_reference_engine_agrees_with_kleene(first: int) -> None:
    trees = [profile(number) for number in range(first, first + BATCH)]
    together = Graph()
    for tree in trees:
        together += part(parse.parse(json.dumps(tree), "json"))
    run = ReferenceEngine().run(together, RULES)
    compared = 0
    for tree in trees:
        project = ID[f"project/{tree['id']}"]
        (unit,) = run.closing.subjects(MTG.ofProject, project)
        assert isinstance(unit, URIRef)
        outcomes, statuses = derived(run.outcome, unit)
        answers, asserted = expected(tree)
        for requirement in RULES.requirements:
            wanted = kleene.outcome(requirement, answers, RULES, asserted)
            assert outcomes[requirement.slug] == wanted, (requirement.slug, tree)
            compared += 1
        for arrangement in RULES.arrangements:
            wanted = kleene.status(arrangement, answers, RULES, asserted)
            assert statuses[arrangement] == wanted, (arrangement, tree)
            compared += 1
    assert compared == BATCH * (len(RULES.requirements) + len(RULES.arrangements))


def test_the_sample_sees_every_outcome_and_every_status() -> None:
    """So that agreeing means something: each requirement comes out both ways, each status is there."""
    outcomes: dict[str, set[str]] = {r.slug: set() for r in RULES.requirements}
    statuses: dict[str, set[str]] = {slug: set() for slug in RULES.arrangements}
    for number in range(PROFILES):
        answers, asserted = expected(profile(number))
        for requirement in RULES.requirements:
            outcomes[requirement.slug].add(kleene.outcome(requirement, answers, RULES, asserted))
        for arrangement in RULES.arrangements:
            statuses[arrangement].add(kleene.status(arrangement, answers, RULES, asserted))
    both = {"satisfied", "violated"}
    assert [r.slug for r in HARD if not both <= outcomes[r.slug]] == []
    wanted = {"eligible", "ineligible", "undetermined"}
    assert [s for s, seen in statuses.items() if not wanted <= seen] == []
    assert set().union(*statuses.values()) == wanted | {"conflict"}
