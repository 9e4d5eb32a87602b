"""Profiles drawn at random, and what each path says of them; shared by the tests and the benchmarks."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from rdflib import OWL, RDFS

from montages.engine.protocol import Engine
from montages.knowledge import entailment, logic
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.files import library
from montages.knowledge.logic import Answer
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules, rules_at
from montages.names import ID, MTG, slug
from montages.quality.checks.reachability import (
    Profile,
    criteria_of,
    hard,
    making_true,
    profiles,
    unit_answers,
)
from presuming import presumed, said_of

DAY = date(2026, 6, 1)
RULES = rules_at(DAY)
KEYS = {name: key for key, name in answer_keys().items()}
ASKED = [c for c in RULES.criteria.values() if c.slug not in ("holder", "layer")]
USAGES = sorted({usage for p in RULES.presumptions for usage in p.bearing.usages} | {"other"})
HARD = [r for r in RULES.requirements if r.hard]
# Each bound that the rules use, and the numbers on both sides of it; some amounts where none is used.
NUMBERS = {
    name: sorted({int(b.low[0]) + step for b in buckets if b.low for step in (-1, 0, 1)})
    or [9_000, 70_000, 400_000]
    for name, buckets in RULES.buckets.items()
}


def satisfying(slug: str, rules: Rules) -> Profile | None:
    """Return a profile under which an arrangement is eligible, None when there is none."""
    return making_true(hard(slug, rules), rules)


def profile(number: int) -> dict[str, Any]:
    """Draw a description: mostly the answers one arrangement is decided by, and a few others."""
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    arrangement = draw.choice(list(RULES.arrangements))
    decides = {c.criterion for r in RULES.effective(arrangement) if r.hard for c in r.clauses()}
    answers: dict[str, Any] = {}
    for criterion in ASKED:
        if draw.random() < (0.7 if criterion.slug in decides else 0.05):
            answers[KEYS[criterion.slug]] = _answer(criterion, draw)
    tree: dict[str, Any] = {"project": f"p{number}", "id": f"p{number}", "answers": answers}
    if draw.random() < 0.5:
        tree["holder"] = {"type": draw.choice(list(classes_of_kinds().values()))}
    if draw.random() < 0.4:
        tree["layers"] = [{"layer": draw.choice(RULES.criteria["layer"].values).slug}]
    hard = [r.slug for r in RULES.effective(arrangement) if r.hard]
    if hard and draw.random() < 0.1:
        tree["asserts"] = {draw.choice(hard): ""}
    # Chance alone seldom meets every condition of an outcome, or of an eligible contract.
    if number % 3 == 0:
        wanted = "violated" if number % 2 else "satisfied"
        _give(tree, draw.choice(_leading_to(wanted, number // 6 % len(HARD))), draw)
    elif number % 3 == 1:
        name = list(RULES.arrangements)[number // 3 % len(RULES.arrangements)]
        _give(tree, satisfying(name, RULES) or {}, draw)
    if draw.random() < 0.4:
        tree["usages"] = draw.sample(USAGES, draw.randint(1, 2))
    return tree


@cache
def _leading_to(outcome: str, number: int) -> list[Profile]:
    """Return answers that give the hard requirement of a number an outcome."""
    requirement = HARD[number]
    fitting = (
        profile
        for profile in profiles(criteria_of([requirement], RULES), RULES)
        if logic.outcome(requirement, unit_answers(profile, RULES), RULES) == outcome
    )
    return list(islice(fitting, 1_000))


def _give(tree: dict[str, Any], found: Profile, draw: random.Random) -> None:
    """Write a profile of the rules into a description, in place of what was drawn."""
    tree.pop("layers", None)  # a layer may say otherwise
    for name, values in found.items():
        if name in NUMBERS:
            numbers = [n for n in NUMBERS[name] if bucket(name, n) in values]
            tree["answers"][KEYS[name]] = draw.choice(numbers)
        elif name == "holder":
            tree["holder"] = {"type": classes_of_kinds()[min(values)]}
        elif name == "layer":
            tree["layers"] = [{"layer": min(values)}]
        elif RULES.criteria[name].multiple:
            alone = {v.slug for v in RULES.criteria[name].values if v.excludes_others}
            tree["answers"][KEYS[name]] = sorted(values - alone or values)
            tree.setdefault("complete", []).append(name)
        else:
            tree["answers"][KEYS[name]] = min(values)


def _answer(criterion: Criterion, draw: random.Random) -> Any:
    if criterion.numeric_property:
        return draw.choice(NUMBERS[criterion.slug])
    values = [v.slug for v in criterion.values]
    if not criterion.multiple:
        return draw.choice(values)
    alone = [v.slug for v in criterion.values if v.excludes_others]
    others = [v for v in values if v not in alone]
    return alone if draw.random() < 0.4 else draw.sample(others, draw.randint(1, 2))


def expected(tree: dict[str, Any]) -> tuple[dict[str, Answer], list[str]]:
    """Return what the unit of a description answers, worked out without engine or queries."""
    answers: dict[str, Answer] = {}
    criteria = {key: name for name, key in KEYS.items()}
    for key, value in (tree["answers"] | _worked_out(tree["answers"])).items():
        name = criteria[key]
        for item in value if isinstance(value, list) else [bucket(name, value)]:
            answers = entailment.supposing(answers, name, item, RULES)
    if "holder" in tree:
        for name, value in _follows(tree["holder"]["type"]):
            answers = entailment.supposing(answers, name, value, RULES)
    for layer in tree.get("layers", ()):
        answers = entailment.supposing(answers, "layer", layer["layer"], RULES)
        for kind in library.data().objects(
            ID[f"layer/{layer['layer']}"], MTG.investmentKindOfLayer
        ):
            answers = entailment.supposing(answers, "investment-kind", slug(str(kind)), RULES)
        if layer["layer"] == "iot-network":
            answers = entailment.supposing(answers, "network-layer", "yes", RULES)
    if len(tree.get("usages", ())) > 1 and KEYS["scale"] not in tree["answers"]:
        answers = entailment.supposing(answers, "scale", "several-uses", RULES)
    for name, (value, _) in presumed(said_of(tree, _stated(tree)), RULES).items():
        answers = entailment.supposing(answers, name, value, RULES)
    for name in tree.get("complete", ()):
        stated = frozenset(tree["answers"][KEYS[name]])
        left_out = frozenset(v.slug for v in RULES.criteria[name].values) - stated
        answers[name] = replace(answers[name], excluded=left_out)
    return answers, list(tree.get("asserts", ()))


def _stated(tree: dict[str, Any]) -> dict[str, Answer]:
    """Return the answers a description states, without what they imply."""
    criteria, stated = {key: name for name, key in KEYS.items()}, {}
    for key, value in tree["answers"].items():
        name = criteria[key]
        values = value if isinstance(value, list) else [bucket(name, value)]
        stated[name] = Answer(frozenset(values), state="explicit")
    return stated


def _worked_out(answers: dict[str, Any]) -> dict[str, Any]:
    """Return the amount that answers give where they do not state it."""
    yearly, months = answers.get("yearly-value"), answers.get("duration-months")
    if "estimated-value" in answers:
        return {}
    if yearly and months:
        return {"estimated-value": int(yearly * months / 12 + 0.5)}
    return {"estimated-value": answers["highest-value"]} if "highest-value" in answers else {}


def bucket(name: str, value: Any) -> str:
    """Return the bucket a number is in; any other value is its own."""
    if name not in RULES.buckets:
        return str(value)
    inside = [
        one.slug
        for one in RULES.buckets[name]
        if (not one.low or value > one.low[0] or (value == one.low[0] and not one.low[1]))
        and (not one.high or value < one.high[0] or (value == one.high[0] and one.high[1]))
    ]
    assert len(inside) == 1, (name, value, inside)
    return inside[0]


@cache
def _follows(actor: str) -> tuple[tuple[str, str], ...]:
    """Return what the class of a holder says: its kind, and its level where it has just one."""
    graph, found = library.ontology(), []
    for cls in graph.transitive_objects(MTG[actor], RDFS.subClassOf):
        prop, value = graph.value(cls, OWL.onProperty), graph.value(cls, OWL.hasValue)
        for term, name in ((MTG.actorKind, "holder"), (MTG.actorLevel, "deployment-level")):
            if prop == term:
                found.append((name, slug(str(value))))
    return tuple(found)


def compare(trees: list[dict[str, Any]], engine: Engine) -> int:
    """Check that an engine says of each unit what the Kleene function says; return how many things."""
    descriptions = [engine.parse(json.dumps(tree), "json") for tree in trees]
    compared = 0
    for tree, found in zip(trees, engine.derive(descriptions, RULES), strict=True):
        (unit,) = found.units
        answers, asserted = expected(tree)
        for requirement in RULES.requirements:
            wanted = logic.outcome(requirement, answers, RULES, asserted)
            assert found.outcomes[unit.id][requirement.slug] == wanted, (requirement.slug, tree)
        for arrangement in RULES.arrangements:
            wanted = logic.status(arrangement, answers, RULES, asserted)
            assert found.statuses[unit.id][arrangement] == wanted, (arrangement, tree)
        compared += len(RULES.requirements) + len(RULES.arrangements)
    return compared
