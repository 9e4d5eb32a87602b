"""From the verdicts of a period to what is named: an ordered list of diagrams, the first that holds names.

One diagram of all contracts is a thousand times as large: their order multiplies what each of them reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from montages.knowledge.compiled.decision_diagram import Diagram, Written, leaf
from montages.knowledge.compiled.diagram_variables import IN, OUT
from montages.knowledge.compiled.naming_variables import NamingState, NamingVariable
from montages.knowledge.compiled.verdict_compiler import VERDICTS
from montages.knowledge.law import Clause, Preference
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Definition, Prohibition
from montages.knowledge.naming_order import (
    channels_for,
    definitions_in_order,
    exceptions_to,
    outranking,
    plain_contracts,
    procedures_for,
    qualification_order,
)
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import folding_preferences

_OPEN = frozenset(n for n, verdict in enumerate(VERDICTS) if verdict.open)
_FITS = VERDICTS.index(Verdict.FITS)
_SURE = frozenset({_FITS, VERDICTS.index(Verdict.FITS_ON_TERMS)})


class NamingCompiler:
    """Turns verdicts over the states of answers into what is named, over the states that naming tells."""

    def __init__(
        self, rules: Rules, variables: Sequence[NamingVariable], verdicts: Written
    ) -> None:
        self.rules, self.variables = rules, variables
        self.diagram = Diagram([len(variable.states) for variable in variables])
        self._places = {(v.criterion, v.value): n for n, v in enumerate(variables)}
        self._verdicts = verdicts
        self._lifted: dict[tuple[int, bool], int] = {}
        self._both: dict[tuple[int, ...], int] = {}
        self._either: dict[tuple[int, ...], int] = {}

    def steps(self) -> Iterator[tuple[int, str | None]]:
        """Yield in order what names a contract, or none: called, plain, then what is hardly sensible."""
        called = self._called
        for slug in called:
            yield self._all([called[slug], self._sensible(slug)]), slug
        plain = plain_contracts(self.rules)
        if plain:
            yield self._any(map(self._sensible, plain)), plain[0]
        yield self._any(map(self._opened, plain)), None
        for slug in called:
            yield self._all([called[slug], self._opened(slug)]), slug

    def forbidding(self, *, a_part: bool) -> int:
        """Return the place from 1 of the first prohibition that holds: of the whole, or of a part."""
        tests = (self._prohibited(one, a_part=a_part) for one in self.rules.book.prohibitions)
        return self._first(tests)

    def way(self, contract: str, names: Sequence[str]) -> int:
        """Return the place in `names`, from 1, of the channel or the procedure that awards a contract."""
        channels = channels_for(contract, self.rules)
        out = leaf(0)
        for family in reversed(procedures_for(contract, self.rules)):
            out = self._either_of(self._enough(family, names), out)
        for channel in reversed(channels):
            fits = self._verdict(channel, lambda verdict: verdict == _FITS)
            out = self._where(fits, leaf(1 + names.index(channel)), out)
        return out

    def _enough(self, family: Sequence[str], names: Sequence[str]) -> int:
        """Return the place of the lightest procedure of a family that is enough, 0 where none is."""
        out = leaf(0)
        for slug in reversed(family):
            ahead = [self._is_open(o) for o in family if o in outranking(slug, self.rules)]
            behind = self.diagram.apply(
                lambda count, some: int(not count and some), self._calling(slug), self._any(ahead)
            )
            takes = self.diagram.apply(
                lambda opened, behind: int(opened and not behind), self._is_open(slug), behind
            )
            out = self._where(takes, self._before(slug, family, names), out)
        return out

    def _before(self, slug: str, family: Sequence[str], names: Sequence[str]) -> int:
        """Return what comes in place of a procedure that is open: what most answers call for, else itself."""
        out = self._where(self._is_sure(slug), leaf(1 + names.index(slug)), leaf(0))
        most = leaf(0)
        for other in family:
            if slug in outranking(other, self.rules):
                count = self._where(self._is_sure(other), self._calling(other), leaf(0))
                more = self.diagram.apply(lambda count, most: int(count > most), count, most)
                out = self._where(more, leaf(1 + names.index(other)), out)
                most = self.diagram.apply(max, count, most)
        return out

    def _calling(self, slug: str) -> int:
        """Return how many answers say together that a procedure need not rank behind others."""
        out = leaf(0)
        for condition in self.rules.arrangements[slug].ranks_freely_when:
            count = leaf(len(condition.clauses))
            out = self.diagram.apply(
                max, out, self._where(self._meets(condition.clauses), count, leaf(0))
            )
        return out

    @cached_property
    def _called(self) -> dict[str, int]:
        """Return what calls each contract, in the order of qualification."""
        called: dict[str, int] = {}
        for definition in definitions_in_order(self.rules):
            slug = definition.defines
            above = [called.get(definition.also, leaf(0))] if definition.also else []
            by_this = self._all([self._defines(definition), *above])
            called[slug] = self._any([called.get(slug, leaf(0)), by_this])
        return {slug: called[slug] for slug in qualification_order(self.rules) if slug in called}

    def _defines(self, definition: Definition) -> int:
        """Return where a definition is met: what it wants alone, no exception, silence where it must be."""
        wanted = (clause for condition in definition.when for clause in condition.clauses)
        exceptions = exceptions_to(definition, self.rules)
        silent = (self._said(name) for name in definition.unless_stated)
        against = self._any([*(self._meets(c.clauses) for c in exceptions), *silent])
        return self._all([*map(self._met_only, wanted), self._not(against)])

    def _said(self, criterion: str) -> int:
        places = (n for n, v in enumerate(self.variables) if v.criterion == criterion)
        return self._any(
            self._test(n, lambda state: state.by_buyer and state.value != OUT) for n in places
        )

    def _prohibited(self, prohibition: Prohibition, *, a_part: bool) -> int:
        but = self._any(self._meets(condition.clauses) for condition in prohibition.unless)
        beside = self._any(self._meets(c.clauses) for c in prohibition.closes_part_where)
        where = beside if a_part else self._not(beside)
        return self._all([self._meets(prohibition.when), self._not(but), where])

    def _sensible(self, slug: str) -> int:
        folds = self._any(map(self._folds, folding_preferences(slug, self.rules)))
        return self._all([self._is_open(slug), self._not(folds)])

    def _folds(self, preference: Preference) -> int:
        """Return where a preference folds what it is of, as `MaskedRequirement.folds` does."""
        own = preference.own
        unmet = self._not(self._meets([own])) if preference.folds_unstated else self._refuted(own)
        but = self._any(self._meets(condition.clauses) for condition in preference.unless)
        due = (self._meets(condition.clauses) for condition in preference.when)
        return self._all([unmet, self._not(but), *due])

    def _opened(self, slug: str) -> int:
        """Return where a contract is open, or closed by what practice presumes alone."""
        return self._any([self._is_open(slug), self._verdict(slug, _OPEN.__contains__, bare=True)])

    def _is_open(self, slug: str) -> int:
        return self._verdict(slug, _OPEN.__contains__)

    def _is_sure(self, slug: str) -> int:
        return self._verdict(slug, _SURE.__contains__)

    def _verdict(self, slug: str, test: Callable[[int], bool], *, bare: bool = False) -> int:
        """Return where the verdict on an arrangement passes a test, for the answers as they are or bare."""
        lifted = self._lift(self._verdicts.roots[slug], bare=bare)
        return self.diagram.apply(lambda verdict: int(test(verdict)), lifted)

    def _lift(self, node: int, *, bare: bool) -> int:
        """Return a diagram over states to verdicts as one over those that naming tells."""
        if node < 0:
            return node
        if (node, bare) not in self._lifted:
            place, *children = self._verdicts.nodes[node]
            below = [self._lift(child, bare=bare) for child in children]
            states = self.variables[place].states
            self._lifted[node, bare] = self.diagram.node(
                place, tuple(below[state.bare if bare else state.answered] for state in states)
            )
        return self._lifted[node, bare]

    def _meets(self, clauses: Iterable[Clause]) -> int:
        return self._all(map(self._met, clauses))

    def _met(self, clause: Clause) -> int:
        """Return where a stated value meets a clause."""
        name, accepted = clause.criterion, self.rules.accepted(clause) or frozenset()
        if not self.rules.criteria[name].multiple:
            return self._among(self._places[name, None], accepted)
        values = (self._places[name, value] for value in sorted(accepted))
        return self._any(self._among(n, (IN,)) for n in values)

    def _met_only(self, clause: Clause) -> int:
        """Return where a clause is met and nothing else is answered to its criterion."""
        name, accepted = clause.criterion, self.rules.accepted(clause) or frozenset()
        if not self.rules.criteria[name].multiple:
            return self._met(clause)
        against = []
        for value in self.rules.criteria[name].values:
            place = self._places[name, value.slug]
            refusing = (OUT,) if value.slug in accepted else (IN, OUT)
            against.append(self._among(place, refusing))
        return self._all([self._met(clause), self._not(self._any(against))])

    def _refuted(self, clause: Clause) -> int:
        name = clause.criterion
        if not self.rules.criteria[name].multiple:
            rejected = self.rules.rejected(clause)
            return self._among(self._places[name, None], rejected)
        values = (self._places[name, value] for value in sorted(clause.accepts))
        return self._all(self._among(n, (OUT,)) for n in values)

    def _among(self, place: int, values: Collection[str]) -> int:
        return self._test(place, lambda state: state.value in values)

    def _test(self, place: int, test: Callable[[NamingState], bool]) -> int:
        states = self.variables[place].states
        return self.diagram.node(place, tuple(leaf(int(test(state))) for state in states))

    def _all(self, nodes: Iterable[int]) -> int:
        out = leaf(1)
        for node in nodes:
            out = self.diagram.apply(min, out, node, memo=self._both)
        return out

    def _any(self, nodes: Iterable[int]) -> int:
        out = leaf(0)
        for node in nodes:
            out = self.diagram.apply(max, out, node, memo=self._either)
        return out

    def _not(self, node: int) -> int:
        return self.diagram.apply(lambda value: int(not value), node)

    def _where(self, test: int, then: int, otherwise: int) -> int:
        return self.diagram.apply(
            lambda one, two, three: two if one else three, test, then, otherwise
        )

    def _either_of(self, first: int, second: int) -> int:
        return self.diagram.apply(lambda one, two: one or two, first, second)

    def _first(self, tests: Iterable[int]) -> int:
        """Return the place of the first test that holds, from 1, 0 where none does."""
        out = leaf(0)
        for n, test in reversed([*enumerate(tests, 1)]):
            out = self._where(test, leaf(n), out)
        return out
