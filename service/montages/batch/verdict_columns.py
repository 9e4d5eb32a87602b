"""The verdicts of a batch as columns: a row a project, a verdict a contract, what is named and missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from montages.assessment.assessment import Assessment
from montages.assessment.ranking import common_facts
from montages.assessment.words.answer import named_first
from montages.knowledge.logic import NOT_IN_FORCE
from montages.knowledge.model import Arrangement
from montages.knowledge.periods import Rules, rules_at

_PROJECT, _FIRST, _MISSING = "projet", "montage_nomme", "reponses_manquantes"


def columns(day: date) -> tuple[str, ...]:
    """Return the titles of the columns under the law of a day."""
    return (_PROJECT, *(contract.slug for contract in _contracts(rules_at(day))), _FIRST, _MISSING)


def row(it: Assessment) -> tuple[str, ...]:
    """Return the row of a project; lists are separated by `|`.

    What is missing are the facts to verify of the contract that is named, or where none is those that most
    contracts still open wait for.
    """
    results = {result.arrangement.slug: result for result in it.verdicts}
    first = named_first(it.rows, it.derived.units, it.rules)
    named, missing = "", common_facts(it.verdicts, it.rules)
    if first is not None:
        named = first.proposed.arrangement.slug
        missing = tuple(term.criterion for term in first.shown.to_verify)
    verdicts = (
        NOT_IN_FORCE if result.status == NOT_IN_FORCE else result.verdict.value
        for contract in _contracts(it.rules)
        for result in (results[contract.slug],)
    )
    return (str(it.project), *verdicts, named, "|".join(missing))


def tree(it: Assessment) -> dict[str, object]:
    """Return the row of a project as JSON."""
    project, *verdicts, named, missing = row(it)
    slugs = (contract.slug for contract in _contracts(it.rules))
    return {
        "project": project,
        "verdicts": dict(zip(slugs, verdicts, strict=True)),
        "contract": named or None,
        "missing": missing.split("|") if missing else [],
    }


@cache
def _contracts(rules: Rules) -> Sequence[Arrangement]:
    return [arrangement for arrangement in rules.proposed() if arrangement.kind == "contract"]
