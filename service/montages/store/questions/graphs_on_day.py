"""The graphs that a question is put to on a day: those of the law then in force."""

from __future__ import annotations

from datetime import date

from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.periods import rules_at
from montages.names import MODULE
from montages.store.dataset import Dataset


def graphs_on(dataset: Dataset, as_of: date | None) -> tuple[str, ...] | None:
    """Return the graphs in force on a day; None where they are those asked without naming any."""
    today = str(module(rules_at(dataset.day)))
    then = str(module(rules_at(as_of or dataset.day)))
    if then == today:
        return None
    compiled = str(MODULE["compiled/"])
    return (*(name for name in dataset.graphs if not name.startswith(compiled)), then)
