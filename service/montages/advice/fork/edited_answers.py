"""A description in which some answers are said otherwise for the whole project, by our keys (R21)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from rdflib import RDF, RDFS

from montages.description.description import Description
from montages.description.facts import Facts, Term
from montages.engine.protocol import Engine
from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook
from montages.names import MTG

_UNKNOWN = str(MTG.declaresUnknown)
_NOT_ANSWERS = (str(RDF.type), str(RDFS.label))


def with_answers(
    description: Description, answers: Mapping[str, Any], engine: Engine
) -> Description:
    """Return a description that answers so, whatever its layers and perimeters said.

    Raises UnusableInput, with the place, for a key or a value that cannot be read.
    """
    tree = {"project": "x", "id": description.slug, "answers": dict(answers)}
    read = engine.parse(json.dumps(tree, default=str), "json")
    said = {
        prop: values
        for prop, values in read.facts.by_subject[str(read.project)].items()
        if prop not in _NOT_ANSWERS
    }
    criteria = [rulebook().criteria[answer_keys()[key]] for key in answers if key in answer_keys()]
    dropped = {
        str(prop)
        for c in criteria
        for prop in (c.property, c.numeric_property, c.excluded_property)
        if prop is not None
    }
    names = {str(criterion.iri) for criterion in criteria}
    statements = Facts()
    for subject, properties in description.statements.by_subject.items():
        statements.by_subject[subject] = _without(properties, dropped, names)
    project = str(description.project)
    statements.by_subject[project] = statements.by_subject.get(project, {}) | said
    changed = Description(statements, description.project, description.places)
    changed.readings, changed.is_written = (*description.readings, *read.readings), False
    return changed


def _without(
    properties: Mapping[str, list[Term]], dropped: set[str], names: set[str]
) -> dict[str, list[Term]]:
    """Return properties less some, and less what says that some criteria are unknown."""
    out = {prop: values for prop, values in properties.items() if prop not in dropped}
    if _UNKNOWN in out:
        out[_UNKNOWN] = [term for term in out[_UNKNOWN] if term not in names]
        if not out[_UNKNOWN]:
            del out[_UNKNOWN]
    return out
