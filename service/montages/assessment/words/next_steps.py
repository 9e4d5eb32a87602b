"""What to do next: what to describe or verify first, then what has to be done, with its clauses (R37b)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.words.wording import answer_text, enumerated
from montages.bilingual import Text
from montages.engine.units import Unit
from montages.knowledge.logic import DutyState
from montages.knowledge.model import Passage
from montages.knowledge.periods import Rules

_THAT = Text("que", "that")
# Asked before all others where nothing is stated: who, and what is set up.
_WHO_AND_WHAT = ("holder", "layer")


@dataclass(frozen=True)
class Action:
    """One thing to do, in words that follow `to do:`, with the clauses that command it.

    `about` is the criterion to answer, or the duty to do.
    """

    text: Text
    about: str
    sources: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class NextStep:
    """Actions of one kind: `describe`, `verify` or `do`, under the title people read."""

    kind: str
    actions: tuple[Action, ...]

    @property
    def title(self) -> Text:
        """Return what stands before the actions."""
        return _TITLES[self.kind]

    def sentence(self, lang: str) -> str:
        """Return the step in one sentence: `À faire : passer le marché en lots.`."""
        words = [action.text[lang] for action in self.actions]
        listed = " ".join(words) if self.kind == "describe" else f"{enumerated(words, lang)}."
        return f"{self.title[lang]}{' :' if lang == 'fr' else ':'} {listed}"


_TITLES = {
    "describe": Text("À décrire d'abord", "To describe first"),
    "verify": Text("À vérifier", "To verify"),
    "do": Text("À faire", "To do"),
}


def nothing_stated(units: Sequence[Unit]) -> bool:
    """Tell whether a description answers nothing at all, not even that an answer is unknown."""
    return all(
        not unit.usages and not any(a.values or a.number for a in unit.answers.values())
        for unit in units
    ) and not any(a.state == "explicit-unknown" for u in units for a in u.answers.values())


def steps_before(
    first: ArrangementResult, awaited: ArrangementResult | None, rules: Rules
) -> tuple[NextStep, ...]:
    """Return what to describe first where nothing is: who, what, then what the first row waits for."""
    wanted = [term.criterion for term in first.to_verify]
    wanted += [term.criterion for term in awaited.to_verify] if awaited else []
    names = dict.fromkeys((*_WHO_AND_WHAT, *wanted))
    return (NextStep("describe", tuple(Action(rules.criteria[n].question, n) for n in names)),)


def steps_of(result: ArrangementResult, rules: Rules) -> tuple[NextStep, ...]:
    """Return what to verify before one takes a set-up, and what whoever takes it surely has to do."""
    duties = [d.requirement for d in result.duties if d.state is DutyState.DUE]
    steps = (
        NextStep("verify", tuple(_facts(result.to_verify, rules))),
        NextStep("do", tuple(Action(_lower(r.label), r.slug, r.sources[:1]) for r in duties)),
    )
    return tuple(step for step in steps if step.actions)


def _facts(terms: Iterable[Term], rules: Rules) -> Iterable[Action]:
    return (
        Action(answer_text(term, rules, _THAT), term.criterion)
        for term in terms
        if not term.ordinary
    )


def _lower(label: Text) -> Text:
    return Text(*(label[lang][:1].lower() + label[lang][1:] for lang in ("fr", "en")))
