"""Every operation by its name, in the order in which doors list them."""

from __future__ import annotations

from collections.abc import Mapping

from montages.operations.advice import COMPARE, COMPOSE, SIMILAR_PROJECTS, WHAT_IF
from montages.operations.descriptions import ASSESS, CHECK, EXPLAIN, QUESTIONS, REPORT_ISSUE
from montages.operations.graph import QUERY, SPARQL
from montages.operations.operation import DoorName, Operation

OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        ASSESS,
        QUESTIONS,
        EXPLAIN,
        WHAT_IF,
        COMPARE,
        COMPOSE,
        SIMILAR_PROJECTS,
        CHECK,
        REPORT_ISSUE,
        QUERY,
        SPARQL,
    )
}
# Those whose answer is advice: a method of `Knowledge` gives it, in forms that the entry names.
ADVICE = tuple(operation for operation in OPERATIONS.values() if operation.output)


def offered_by(door: DoorName) -> tuple[Operation, ...]:
    """Return the operations that a door offers, in their order."""
    return tuple(operation for operation in OPERATIONS.values() if door in operation.doors)
