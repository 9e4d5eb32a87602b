"""What to do next: what to describe, to find out or to verify first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.ranking import Row
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.verdict.unknown_facts import named_arrangements, unknown_facts
from montages.assessment.wording import COLON, answer_text, enumerated, lower
from montages.bilingual import Text, in_both, message, plural
from montages.engine.units import Unit
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

_THAT = message("that")
# The kinds whose actions are sentences, and come before any set-up is named.
_WHOLE = ("describe", "find-out")
# So many facts are to be found out first, and so many set-ups named that stay possible.
_FIRST, _NAMED = 3, 3
# Asked before all others where nothing is stated: who, and what is set up.
_WHO_AND_WHAT = ("holder", "layer")


@dataclass(frozen=True)
class Action(OneLine):
    """One thing to describe, find out or verify, in words that follow a title; `about` is its criterion."""

    text: Text
    about: str


@dataclass(frozen=True)
class NextStep(OneLine):
    """Actions of one kind, under the title people read: `describe`, `find-out`, `verify`, `unexpressed`."""

    kind: str
    actions: tuple[Action, ...]

    @property
    def title(self) -> Text:
        """Return what stands before the actions."""
        return _TITLES[self.kind]

    @property
    def precedes(self) -> bool:
        """Tell whether its actions come before any set-up can be named."""
        return self.kind in _WHOLE

    def sentence(self, lang: str) -> str:
        """Return the step in one sentence: `À faire : passer le marché en lots.`."""
        words = [action.text[lang] for action in self.actions]
        listed = " ".join(words) if self.precedes else f"{enumerated(words, lang)}."
        return f"{_TITLES[self.kind][lang]}{COLON[lang]} {listed}"


_TITLES = {
    "describe": message("To describe first"),
    "find-out": message("To find out first"),
    "open": message("Still possible"),
    "verify": message("To verify"),
    "unexpressed": message("Not understood"),
}


def nothing_stated(units: Sequence[Unit]) -> bool:
    """Tell whether a description answers nothing at all, not even that an answer is unknown."""
    return all(
        not unit.usages and not any(a.values or a.number for a in unit.answers.values())
        for unit in units
    ) and not any(a.state == "explicit-unknown" for u in units for a in u.answers.values())


def steps_before(
    first: ArrangementVerdict, awaited: Iterable[ArrangementVerdict], rules: Rules
) -> tuple[NextStep, ...]:
    """Return what to describe first where nothing is: who, what, then what the first row waits for."""
    wanted = [term.criterion for term in first.to_verify]
    wanted += [term.criterion for procedure in awaited for term in procedure.to_verify]
    names = dict.fromkeys((*_WHO_AND_WHAT, *wanted))
    return (NextStep("describe", tuple(Action(rules.criteria[n].question, n) for n in names)),)


def steps_where_unknown(rows: Sequence[Row], unit: Unit, rules: Rules) -> tuple[NextStep, ...]:
    """Return what to find out first and where to turn, then what stays possible, where nothing is decided."""
    facts = list(unknown_facts(unit, named_arrangements(rules), rules))[:_FIRST]
    criteria = [rules.criteria[name] for name in facts]
    return (
        NextStep(
            "find-out",
            tuple(Action(_question(criterion), criterion.slug) for criterion in criteria),
        ),
        NextStep("open", tuple(_possible(rows))),
    )


def _possible(rows: Sequence[Row]) -> Iterable[Action]:
    """Yield the set-ups that stay possible by name, the sensible ones first; the last ones are counted."""
    possible = [row for row in rows if row.shown.verdict.open]
    for row in possible[:_NAMED]:
        yield Action(_lower(row.label), row.slug)
    if (more := len(possible) - _NAMED) > 0:
        yield Action(plural("{n} more", "{n} more", n=more), "")


def _question(asked: Criterion) -> Text:
    return in_both(lambda lang: f"{asked.question[lang]} {asked.where_to_turn[lang]}".rstrip())


def steps_to_verify(terms: Iterable[Term], rules: Rules) -> tuple[NextStep, ...]:
    """Return what to verify before one takes a set-up."""
    unusual = (term for term in terms if not term.ordinary)
    facts = tuple(Action(answer_text(term, rules, _THAT), term.criterion) for term in unusual)
    return (NextStep("verify", facts),) if facts else ()


def not_expressed(words: str) -> tuple[NextStep, ...]:
    """Return the step that tells the words that could not be said (R53); none where all was."""
    return (NextStep("unexpressed", (Action(Text(words, words), ""),)),) if words else ()


def steps_where_closed(rows: Sequence[Row], rules: Rules) -> tuple[NextStep, ...]:
    """Return the facts that close a contract by themselves, to be verified, where no choice reopens any."""
    if any(row.shown.reopens_to for row in rows):
        return ()
    facts: dict[str, Term] = {}
    for row in rows:
        closing = {
            check.requirement.own.criterion: check
            for check in row.shown.checks
            if check.outcome == "violated" and check.requirement.hard
        }
        # A contract that two things close is not opened by verifying one of them.
        for slug, check in closing.items() if len(closing) == 1 else ():
            if rules.criteria[slug].nature == "fact" and check.accepted_values:
                facts.setdefault(slug, Term(slug, check.accepted_values))
    return steps_to_verify(list(facts.values())[:_FIRST], rules)


def _lower(label: Text) -> Text:
    return in_both(lambda lang: lower(label[lang]))
