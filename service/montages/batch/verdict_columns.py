"""The verdicts of a batch as columns: a row a project, a verdict a contract, what is named and to verify."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from montages.assessment.answer.short_answer import named_first
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.naming import Look, naming
from montages.assessment.parts import Part, Parts
from montages.assessment.ranking import common_facts
from montages.assessment.verdict.judgement import sole_verdict
from montages.knowledge.logic import NOT_IN_FORCE, Verdict
from montages.knowledge.model import Arrangement
from montages.knowledge.naming_order import is_plain
from montages.knowledge.periods import Rules, rules_at

_PROJECT, _NAMED, _TO_VERIFY = "projet", "montage_nomme", "a_verifier"
_OPEN = frozenset(verdict.value for verdict in Verdict if verdict.open)


class VerdictColumns(NamedTuple):
    """The verdicts of a project by contract, the contract that is named if one is, the facts to verify.

    Where the answers do not tell its kind, it is what the kinds have in common, `marche-simple`.
    These are those of the contract that is named, or where none is those that most contracts still open
    wait for.
    """

    project: str
    verdicts: Mapping[str, str]
    contract: str | None
    to_verify: Sequence[str]

    @classmethod
    def of(cls, conclusions: Conclusions) -> VerdictColumns:
        """Return the columns of an assessment."""
        whole = conclusions.parts.project
        verdicts = {c.slug: _verdict(c.slug, whole) for c in _contracts(whole.rules)}
        named = _named(conclusions.parts)
        if named is None:
            contract, facts = None, common_facts(_open(whole, verdicts), whole.rules)
        else:
            contract = named.arrangement.slug
            facts = tuple(term.criterion for term in named.to_verify)
        return cls(str(conclusions.premises.project), verdicts, contract, facts)

    def row(self) -> tuple[str, ...]:
        """Return them as cells; lists are separated by `|`."""
        return (
            self.project, *self.verdicts.values(), self.contract or "", "|".join(self.to_verify),
        )  # fmt: skip


def titles(day: date) -> tuple[str, ...]:
    """Return the titles of the columns under the law of a day."""
    return (
        _PROJECT,
        *(contract.slug for contract in _contracts(rules_at(day))),
        _NAMED,
        _TO_VERIFY,
    )


def _verdict(slug: str, part: Part) -> str:
    if slug not in part.rules.arrangements:
        return NOT_IN_FORCE
    answers = part.outcomes.stated
    return sole_verdict(slug, answers, part.rules, part.unit.asserted).value


def _named(parts: Parts) -> ArrangementVerdict | None:
    """Return the verdict on the contract that is named, without ordering contracts where that can be."""
    whole = parts.project
    if len(parts.units) == 1:
        answers, asserted = whole.outcomes.stated, whole.unit.asserted
        contract = naming(answers, whole.qualified.stated, asserted).contract
        if contract is None:
            return None
        if _is_shown(contract, whole):
            return _concluded(contract, whole)
    first = named_first(parts)
    return None if first is None else first.shown


def _is_shown(contract: str, part: Part) -> bool:
    """Tell whether a contract that is named surely is the kind shown of those alike in law."""
    rules, qualified = part.rules, part.qualified
    common_to_kinds = rules.arrangements[contract].abstract
    if not (common_to_kinds and is_plain(rules.arrangements[contract], rules)):
        return True
    look = Look(part.outcomes.stated, qualified.stated, part.unit.asserted)
    kind_called = any(is_plain(rules.arrangements[slug], rules) for slug in qualified.called)
    return not kind_called and look.opened(contract) and not look.folded(contract)


def _open(part: Part, verdicts: Mapping[str, str]) -> Iterator[ArrangementVerdict]:
    """Yield the verdicts on the contracts that are open."""
    slugs = (slug for slug, verdict in verdicts.items() if verdict in _OPEN)
    return (_concluded(slug, part) for slug in slugs)


def _concluded(slug: str, part: Part) -> ArrangementVerdict:
    return ArrangementVerdict(part.rules.arrangements[slug], part.outcomes.verdicts[slug])


@cache
def _contracts(rules: Rules) -> Sequence[Arrangement]:
    return [arrangement for arrangement in rules.proposed() if arrangement.kind == "contract"]
