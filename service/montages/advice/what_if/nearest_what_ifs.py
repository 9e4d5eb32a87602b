"""What would change the answer: for each contract that does not fit, the choices that open it (R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from montages.advice.counts_shown import WHAT_IFS
from montages.advice.request import premises_of, set_ups_named
from montages.advice.what_if.choice_sets import ChoiceSet, ServingAnswer, without_larger
from montages.advice.what_if.closing_effects import closed_with, followers, number_within, premises
from montages.advice.what_if.openings import openings
from montages.advice.what_if.verdict_moves import ProjectVerdicts, VerdictMove
from montages.advice.what_if.what_ifs import ArrangementWhatIfs, ChoiceChange, WhatIf, WhatIfs
from montages.assessment.naming import prohibitions
from montages.assessment.premises import Premises
from montages.assessment.verdict.answers import Pair, StatedAnswers, stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import Term, UnitVerdict
from montages.bilingual import Text, message, plural
from montages.description.description import Description
from montages.engine.protocol import Engine
from montages.knowledge.compiled.masks import MaskedRequirement, masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Preference, Requirement
from montages.knowledge.logic import NO_ANSWER, Answers, Verdict
from montages.knowledge.model import Arrangement, Incoherence
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.verdict_gates import (
    by_threshold,
    deciding,
    folding_preferences,
    gates_of,
    unknown_threshold,
)

# What a verdict rests on where it takes a fact, or a term: it rather asks for a term than for a fact.
_A_FACT, _A_TERM = (0, 1), (1, 0)
_Pairs = tuple[Pair, ...]


class ProjectSearch:
    """Searches for what would open arrangements for one project."""

    def __init__(self, project: Premises, engine: Engine, most: int) -> None:
        description, self._units = project.description, project.derived.units
        self._description, self._engine, self._most = description, engine, most
        self._rules, self._whole = rules, whole = project.rules, project.whole
        self.board = ProjectVerdicts(whole, rules)
        self._closings = FunctionCache(self._closed)
        self._answers = FunctionCache(self._answers_after)
        # Of the project as it chooses so: the same for all arrangements.
        self._moves = FunctionCache[_Pairs, Sequence[VerdictMove]](
            lambda pairs: tuple(self.board.moves(self._answers[pairs]))
        )
        self._premises = premises(description, self._units, rules)
        self._followers = followers(self._premises, description, whole, engine, rules)

    def of(self, arrangement: Arrangement) -> ArrangementWhatIfs | None:
        """Return the what-ifs of an arrangement, None where it fits."""
        slug, whole, rules = arrangement.slug, self._whole, self._rules
        if self.board.verdict(slug) is Verdict.FITS:
            return None
        ways = openings(slug, self.board.answers, rules, whole.asserted, self._followers, WHAT_IFS)
        looked_at = ways.sets[: self._most]
        closed = (
            self._closed_set(slug, chosen, read) if len(read := self._read(chosen)) > 1 else chosen
            for chosen in looked_at
        )
        verified = without_larger([chosen for chosen in closed if chosen is not None])
        leading = (self._what_if(slug, chosen) for chosen in verified)
        what_ifs = tuple(
            sorted(leading, key=lambda what_if: (bool(what_if.unlikely), what_if.cost))
        )
        closed_by, facts, presumed = self._obstacles(slug) if not what_ifs else ((), (), ())
        return ArrangementWhatIfs(
            arrangement,
            self.board.verdict(slug),
            what_ifs,
            ways.count - (len(looked_at) - len(verified)),
            closed_by,
            facts,
            presumed,
        )

    def _read(self, chosen: ChoiceSet) -> list[str]:
        """Return the choices of a set that the closing step reads."""
        return [name for name in chosen.criteria if name in self._premises]

    def _answers_after(self, pairs: _Pairs) -> StatedAnswers:
        """Return what the project answers once it chooses so: by the engine what the closing step reads.

        It is asked where something follows from one of the choices, or may from several together.
        """
        read = tuple(pair for pair in pairs if pair[0] in self._premises)
        if len(read) < 2 and not any(name in self._followers for name, _ in read):
            return self.board.answers.changed_to(pairs)
        others = tuple(pair for pair in pairs if pair not in read)
        return self._closings[read].changed_to(others) if others else self._closings[read]

    def _closed(self, pairs: _Pairs) -> StatedAnswers:
        """Return what the project answers once it takes choices that the closing step reads."""
        answers = closed_with(self._description, pairs, self._whole, self._engine, self._rules)
        return stated(answers, self._rules)

    def _closed_set(
        self, slug: str, chosen: ChoiceSet, needless: Sequence[str]
    ) -> ChoiceSet | None:
        """Return a set as it is once the closing step has read it, None where it then opens nothing.

        What follows from one choice was looked at before: from several together, something else may follow.
        What the set then lacks is taken besides, and what it could do without is left out: of its choices,
        those that `needless` names may be; once one is, so may any.
        """
        verdict = self._told(slug, chosen)
        if verdict is None:
            return None
        complete = _completed(chosen, verdict, self._answers[chosen.pairs].answers)
        if len(complete.choices) > len(chosen.choices):
            return self._closed_set(slug, complete, complete.criteria)
        for choice in chosen.choices:
            less = chosen.without(choice)
            if choice.criterion in needless and self._does_as_well(slug, less, verdict):
                return self._closed_set(slug, less, less.criteria)
        return complete

    def _does_as_well(self, slug: str, less: ChoiceSet, full_verdict: UnitVerdict) -> bool:
        """Tell whether a set that leaves a choice out lacks no more than one that has it."""
        verdict = self.board.verdict_after(slug, self._answers[less.pairs])
        left = _lacking(full_verdict)
        if not less.choices or not verdict.open or (verdict is not Verdict.FITS and left < _A_FACT):
            return False
        if verdict is Verdict.FITS_ON_TERMS and left < _A_TERM:
            return False
        fewer = self._told(slug, less)
        return fewer is not None and (_lacking(fewer) < left or _lacking(fewer) == left < _A_TERM)

    def _told(self, slug: str, chosen: ChoiceSet) -> UnitVerdict | None:
        """Return the verdict that a set leads to, None where it leaves the arrangement closed."""
        after, rules = self._answers[chosen.pairs], self._rules
        verdict = unit_verdict(slug, after.answers, rules, self._whole.asserted)
        violated = after.against & masks(rules).gates[slug]
        return verdict if verdict.verdict.open and not violated else None

    def _what_if(self, slug: str, chosen: ChoiceSet) -> WhatIf:
        whole, rules, after = self._whole, self._rules, self._answers[chosen.pairs]
        moves = [move for move in self._moves[chosen.pairs] if move.arrangement != slug]
        facts = (Term(fact.criterion, fact.values) for fact in chosen.facts)
        return WhatIf(
            changes=tuple(map(self._change, chosen.choices)),
            to_verify=(*facts, *self._waiting(slug, after.bits)),
            verdict=self.board.verdict_after(slug, after),
            gains=tuple(move for move in moves if move.gain),
            losses=tuple(move for move in moves if not move.gain),
            incoherent=tuple(_incoherent(self.board.answers.bits, after.bits, rules)),
            unlikely=tuple(p for p, test in _folding(slug, rules) if test.folds(after.bits)),
            provisional=any(
                whole.answer(name).state == "default" for name in deciding(slug, rules)
            ),
        )

    def _change(self, choice: ServingAnswer) -> ChoiceChange:
        criterion = self._rules.criteria[choice.criterion]
        name, number = criterion.slug, None
        given = self._whole.answer(name)
        before = given.values or {v for unit in self._units for v in unit.answer(name).values}
        if criterion.numeric_property:
            within = (
                number_within((name, value), given.number, self._rules) for value in choice.values
            )
            number = min(within, key=lambda one: abs(one - (given.number or 0)))
        return ChoiceChange(
            criterion,
            tuple(v.slug for v in criterion.values if v.slug in before),
            choice.values,
            criterion.value(choice.values[0]).ordinary,
            number,
        )

    def _waiting(self, slug: str, after: int) -> Iterator[Term]:
        """Yield the criteria whose threshold is that of another day, where they are not settled."""
        for gate in by_threshold(slug, self._rules)[1]:
            if not masks(self._rules).holds(gate, after, self._whole.asserted):
                yield Term(str(unknown_threshold(gate, self._rules)), ())

    def _obstacles(
        self, slug: str
    ) -> tuple[tuple[Requirement, ...], tuple[Term, ...], tuple[str, ...]]:
        """Return what closes an arrangement that no choice opens, what it lacks, what is only presumed."""
        verdict = unit_verdict(slug, self._whole.answers, self._rules, self._whole.asserted)
        gates = {gate.slug: gate for gate in gates_of(slug, self._rules)}
        closed = tuple(gates[name] for name in verdict.closed_by if name in gates)
        return closed, verdict.to_verify, verdict.presumed


def _completed(chosen: ChoiceSet, verdict: UnitVerdict, after: Answers) -> ChoiceSet:
    """Return a set with the terms and facts that its verdict still rests on, its own facts where they do."""
    if verdict.verdict is Verdict.FITS:
        return chosen.leaving(())
    facts = [fact for fact in chosen.facts if not after.get(fact.criterion, NO_ANSWER).values]
    named = {fact.criterion for fact in facts}
    if facts and all(term.criterion in named for term in verdict.to_verify):
        return chosen.leaving(facts)
    lacking = [ServingAnswer(term.criterion, term.to) for term in verdict.to_verify]
    return chosen.leaving(lacking).taking(verdict.terms)


def _lacking(verdict: UnitVerdict) -> tuple[int, int]:
    """Return how many terms, then facts, a verdict rests on."""
    return len(verdict.terms), len(verdict.to_verify)


@cache
def _folding(slug: str, rules: Rules) -> tuple[tuple[Preference, MaskedRequirement], ...]:
    rule_masks = masks(rules)
    return tuple(
        (preference, rule_masks.requirements[rule_masks.position[preference.slug]])
        for preference in folding_preferences(slug, rules)
    )


def _incoherent(before: int, after: int, rules: Rules) -> Iterator[Incoherence]:
    """Yield the pairs of answers that would not go together, and that are not stated so already."""
    for pair, one, other in _pairs_apart(rules):
        if after & one and after & other and not (before & one and before & other):
            yield pair


@cache
def _pairs_apart(rules: Rules) -> tuple[tuple[Incoherence, int, int], ...]:
    """Return the pairs of answers that do not go together, with the bits that meet each clause."""
    test = masks(rules).test
    pairs = rules.book.incoherences
    return tuple((pair, test(pair.between[0]).met, test(pair.between[1]).met) for pair in pairs)


def what_ifs_of(
    description: Description,
    engine: Engine,
    *,
    as_of: date,
    lang: str = "fr",
    about: Sequence[str] = (),
    top: int = WHAT_IFS,
    anyway: bool = False,
) -> WhatIfs:
    """Return what would open each contract that does not fit the whole project, some of them if named.

    So many changes of each are worked out, the lightest ones; all are counted.

    Raises Refused with the findings of a description that does not conform, unless `anyway`; UnknownName for
    an arrangement that is not in the rules.
    """
    rules = rules_at(as_of)
    possible = {a.slug: a for a in rules.arrangements.values() if not a.abstract}
    scope = set_ups_named(about, possible) or list(_contracts(rules))
    premises = premises_of(description, engine, as_of, anyway=anyway)
    search = ProjectSearch(premises, engine, top)
    set_ups = [search.of(arrangement) for arrangement in scope]
    listed = sorted((set_up for set_up in set_ups if set_up is not None), key=_nearness)
    open_to_some = any(search.board.verdict(a.slug).open for a in _contracts(rules))
    end = None if open_to_some else prohibitions(search.board.answers.bits, rules).first
    return WhatIfs(
        project=premises.project,
        label=premises.label,
        as_of=as_of,
        lang=lang,
        rules=rules,
        arrangements=tuple(listed),
        fitting=tuple(a for a, set_up in zip(scope, set_ups, strict=True) if set_up is None),
        turn_to=end.reading if end else None,
        cut=tuple(_cut(listed, top)),
    )


def _contracts(rules: Rules) -> Iterator[Arrangement]:
    return (a for a in rules.arrangements.values() if a.kind == "contract" and not a.abstract)


def _nearness(set_up: ArrangementWhatIfs) -> tuple[Any, ...]:
    """Return what sorts set-ups: those of the cheapest change first, those that no choice opens last.

    Before these last come those that the change would leave hardly sensible (R34b).
    """
    cost = set_up.what_ifs[0].cost if set_up.what_ifs else ()
    return (
        not set_up.what_ifs,
        bool(set_up.what_ifs and set_up.what_ifs[0].unlikely),
        cost,
        set_up.verdict.rank,
        set_up.arrangement.simplicity,
        set_up.arrangement.order,
    )


_HAVE_MORE = plural("{n} contract has more", "{n} contracts have more")


def _cut(listed: Sequence[ArrangementWhatIfs], top: int) -> Iterator[Text]:
    """Yield a sentence where changes were left out."""
    long = [set_up for set_up in listed if set_up.count > len(set_up.what_ifs)]
    if long:
        more = _HAVE_MORE.fill(n=len(long))
        yield message(
            "{top} changes at most are shown for a contract, the lightest first; “count” says "
            "how many there are ({more}).",
            top=top,
            more=more,
        )
