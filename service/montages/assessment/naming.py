"""What an answer names, without what it says: a few walks and tests of bits.

What the law forbids whatever the contract is looked at before any is named (R44).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, NotRequired, TypedDict

from montages.assessment.procedures import lightest_enough
from montages.assessment.qualification import Qualified, folds
from montages.assessment.verdict.answers import Pair, StatedAnswers
from montages.assessment.verdict.judgement import as_answered, sole_verdict
from montages.json_schema import Slug
from montages.knowledge.compiled.masks import ClauseBits, clause_bits, meets
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Prohibition
from montages.knowledge.naming_order import channels_for, plain_contracts, procedures_for
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


class NamingEntry(TypedDict):
    """What would be named; what there is nothing to say of is absent, but for the contract."""

    contract: Slug | None
    procedure: NotRequired[Slug]
    channel: NotRequired[Slug]
    prohibited_by: NotRequired[Slug]


@dataclass(frozen=True)
class Naming(OneLine):
    """The contract that is named, None where none is, and the way it is awarded: a procedure or a channel."""

    contract: str | None
    procedure: str | None = None
    channel: str | None = None
    prohibited_by: str | None = None

    @property
    def forbidden(self) -> bool:
        """Tell whether the law forbids the whole purchase."""
        return self.contract is None and self.prohibited_by is not None

    def to_json(self) -> NamingEntry:
        """Return the naming as JSON."""
        entry: NamingEntry = {"contract": self.contract}
        if self.procedure is not None:
            entry["procedure"] = self.procedure
        if self.channel is not None:
            entry["channel"] = self.channel
        if self.prohibited_by is not None:
            entry["prohibited_by"] = self.prohibited_by
        return entry


# A test of answers about something: an arrangement by its slug, or nothing.
Test = Callable[["Look", str], Any]
# What gives the result of a test about something.
Ask = Callable[[Test, str], Any]


def naming(states: StatedAnswers, stated_bits: int, asserted: frozenset[str]) -> Naming:
    """Return what the answer to a project in one part would name; `stated_bits` are what was stated."""
    look = Look(states, stated_bits, asserted)
    return named_by(lambda test, about: test(look, about), states.rules)


def named_by(ask: Ask, rules: Rules) -> Naming:
    """Return what answers name that are asked for by tests, those alone that decide."""
    forbidden: Prohibitions = ask(Look.forbidden, "")
    if forbidden.first is not None:
        return Naming(None, prohibited_by=forbidden.first.slug)
    called, parts = ask(Look.called, ""), forbidden.of_parts
    contract = contract_to_name(called, partial(ask, Look.opened), partial(ask, Look.folded), rules)
    part = parts[0].slug if parts else None
    if contract is None:
        return Naming(None, prohibited_by=part)
    channel = ask(Look.channel, contract)
    procedure = None if channel else ask(Look.procedure, contract)
    return Naming(contract, procedure, channel, part)


def contract_to_name(
    called: Iterable[str],
    opened: Callable[[str], bool],
    folded: Callable[[str], bool],
    rules: Rules,
) -> str | None:
    """Return the contract to name: called, else plain, else folded where no plain one is open (R42).

    A plain one is named by what all of them have in common. Whether one is `folded` is asked of open ones.
    """
    for slug in called:
        if opened(slug) and not folded(slug):
            return slug
    plain = [slug for slug in plain_contracts(rules) if opened(slug)]
    if any(not folded(slug) for slug in plain):
        return plain_contracts(rules)[0]
    return None if plain else next(filter(opened, called), None)


@dataclass(frozen=True, eq=False)
class Look:
    """Answers as naming looks at them, in tests that stand alone; `stated` are bits of what was stated."""

    states: StatedAnswers
    stated: int
    asserted: frozenset[str]

    def forbidden(self, _: str) -> Prohibitions:
        """Return what the law forbids."""
        return prohibitions(self.states.bits, self.states.rules)

    def called(self, _: str) -> Sequence[str]:
        """Return the contracts that are called, in the order of qualification."""
        return tuple(Qualified(self.states.bits, self.stated, {}, self.states.rules).called)

    def opened(self, slug: str) -> bool:
        """Tell whether an arrangement is open, at least once what is presumed is looked up."""
        return sole_verdict(slug, self.states, self.states.rules, self.asserted).open

    def folded(self, slug: str) -> bool:
        """Tell whether an open contract is hardly sensible, or open only if a presumption is wrong."""
        return not self._verdict(slug).open or folds(slug, self.states.bits, self.states.rules)

    def procedure(self, contract: str) -> str | None:
        """Return the procedure that is enough for a contract, None where none surely is."""
        bits, rules = self.states.bits, self.states.rules
        for family in procedures_for(contract, rules):
            if enough := lightest_enough(family, self._verdict, bits, rules):
                return enough
        return None

    def channel(self, contract: str) -> str | None:
        """Return the channel that takes the place of a procedure, None where none does."""
        slugs = channels_for(contract, self.states.rules)
        return next((slug for slug in slugs if self._verdict(slug) is Verdict.FITS), None)

    def _verdict(self, slug: str) -> Verdict:
        return as_answered(slug, self.states, self.states.rules, self.asserted)


@dataclass(frozen=True)
class Prohibitions(OneLine):
    """What the law forbids by some answers: the whole purchase, then what is only a part of it (R44)."""

    of_all: tuple[Prohibition, ...] = ()
    of_parts: tuple[Prohibition, ...] = ()

    @property
    def first(self) -> Prohibition | None:
        """Return the first that closes the whole purchase, None where none does."""
        return next(iter(self.of_all), None)

    @property
    def slugs(self) -> list[str]:
        """Return all of them by slug."""
        return [prohibition.slug for prohibition in (*self.of_all, *self.of_parts)]


NOTHING_FORBIDDEN = Prohibitions()


def prohibitions(bits: int, rules: Rules, beside: int = 0) -> Prohibitions:
    """Return the prohibitions whose facts hold by the bits of answers.

    `beside` are the bits of what each part answers alone: by them something else may be bought.
    """
    of_all: list[Prohibition] = []
    of_parts: list[Prohibition] = []
    for prohibition, when, unless, of_a_part in _prohibition_tests(rules):
        if meets(bits, when) and not any(meets(bits, exception) for exception in unless):
            closing = of_parts if any(meets(bits | beside, one) for one in of_a_part) else of_all
            closing.append(prohibition)
    return Prohibitions(tuple(of_all), tuple(of_parts))


@cache
def _prohibition_tests(
    rules: Rules,
) -> Sequence[tuple[Prohibition, ClauseBits, Sequence[ClauseBits], Sequence[ClauseBits]]]:
    """Return each prohibition with the bits of its facts, its exceptions, and what else is bought."""
    return [
        (
            prohibition,
            clause_bits(prohibition.when, rules),
            [clause_bits(condition.clauses, rules) for condition in prohibition.unless],
            [clause_bits(condition.clauses, rules) for condition in prohibition.closes_part_where],
        )
        for prohibition in rules.book.prohibitions
    ]


def forbidding_criteria(rules: Rules) -> frozenset[str]:
    """Return the criteria by which a prohibition holds, its exceptions apart."""
    return frozenset(clause.criterion for p in rules.book.prohibitions for clause in p.when)


def lifting(prohibition: Prohibition, rules: Rules) -> Iterator[tuple[Pair, ...]]:
    """Yield the answers that lift a prohibition, a choice before a fact."""
    changes = []
    for condition in prohibition.lifted_by:
        pairs = tuple(
            (
                c.criterion,
                next(v.slug for v in rules.criteria[c.criterion].values if v.slug in c.accepts),
            )
            for c in condition.clauses
        )
        facts = sum(rules.criteria[name].nature == "fact" for name, _ in pairs)
        changes.append((facts, pairs))
    yield from (pairs for _, pairs in sorted(changes))
