"""What two engines say of one project, in a form to compare; shared by the tests that compare them (R11)."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable, Mapping
from functools import _lru_cache_wrapper
from typing import Any

from rdflib import Graph

from montages import Assessment
from montages.description.description import Description
from montages.engine.protocol import Derivation
from montages.knowledge.compiled.verdict_diagram import diagram_at_odds, verdict_diagram
from sampling import KEYS, RULES, profile

USAGES = ("water", "street-lighting", "waste", "video-protection")


def forget() -> None:
    """Forget all that assessments keep from one to the next: what one gives is not to hang on another."""
    for name, module in list(sys.modules.items()):
        if name.startswith("montages.assessment"):
            for each in vars(module).values():
                if isinstance(each, _lru_cache_wrapper) and each.__module__ == name:
                    each.cache_clear()
    verdict_diagram.cache_clear()
    diagram_at_odds.cache_clear()


def derived(found: Derivation) -> dict[str, Any]:
    """Return what an engine concluded of a project: units, outcomes and statuses."""
    return {
        "units": [vars(unit) for unit in found.units],
        "outcomes": {unit: dict(said) for unit, said in found.outcomes.items()},
        "statuses": {unit: dict(said) for unit, said in found.statuses.items()},
    }


def triples(graphs: Mapping[str, Graph]) -> dict[str, frozenset[Any]]:
    """Return graphs by name, as sets of triples."""
    return {name: frozenset(graph) for name, graph in graphs.items()}


def written(found: Assessment, lang: str = "fr") -> bytes:
    """Return an assessment as the bytes of its JSON."""
    return found.json_text(lang)


Named = tuple[str, Description]


def apart(found: Iterable[Named]) -> list[list[Named]]:
    """Return named descriptions in few groups of which no two describe one thing.

    The reference engine reasons on a group together; what two of them said of a thing would be mixed.
    """
    groups: list[tuple[set[str], list[Named]]] = []
    for name, description in found:
        things = set(description.facts.by_subject)
        for known, group in groups:
            if known.isdisjoint(things):
                known |= things
                group.append((name, description))
                break
        else:
            groups.append((things, [(name, description)]))
    return [group for _, group in groups]


def several_units(number: int) -> dict[str, Any]:
    """Draw a description with perimeters and layers that answer on their own, and assumptions."""
    draw = random.Random(number)  # noqa: S311 — a sample, not a secret
    tree, north, south, layer, assumed = (profile(number + 1000 * n) for n in range(5))
    some = {name: _some(found, draw) for name, found in (("north", north), ("south", south))}
    tree["perimeters"] = {name: {"answers": answers} for name, answers in some.items()}
    tree["perimeters"]["south"]["unknown"] = [draw.choice(list(KEYS))]
    layers = draw.sample([v.slug for v in RULES.criteria["layer"].values], 3)
    modes = [v.slug for v in RULES.criteria["management-mode"].values]
    tree["layers"] = [
        {"layer": layers[0], "mode": draw.choice(modes), "perimeter": "north"},
        {"layer": layers[1], "mode": draw.choice(modes), "answers": _some(layer, draw)},
        layers[2],
    ][: draw.randint(0, 3)]
    tree["layers-complete"] = draw.random() < 0.5
    tree["usages"] = draw.sample(USAGES, draw.randint(0, 3))
    tree["usages-complete"] = draw.random() < 0.5
    if number % 2:
        tree["assumes"] = _some(assumed, draw)
    if number % 5 == 0:
        tree["retained"] = draw.choice(["mpgp", "dsp", "regie"])
        tree["retained-vehicle"] = "semop"
        tree["perimeters"]["north"] |= {
            "retained": "dsp",
            "retained-procedure": "dialogue-competitif",
        }
    return tree


def _some(found: dict[str, Any], draw: random.Random) -> dict[str, Any]:
    """Return some answers of a profile; a mode is said of layers only."""
    answers = found["answers"]
    keys = draw.sample(sorted(answers), min(len(answers), 4))
    return {key: answers[key] for key in keys if key != KEYS["management-mode"]}
