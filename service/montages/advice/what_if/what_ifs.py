"""What-ifs: for each set-up that does not fit yet, the changes that open it; as data, in JSON, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from montages.advice.request import ProjectAdvice, advice_head, answer_key, written_value
from montages.advice.what_if.verdict_moves import VerdictMove
from montages.assessment.check import plain_number
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import enumerated, facts_text, lower, on_terms, once_verified
from montages.bilingual import Text, in_both, message
from montages.knowledge.law import Requirement
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement, Criterion, Incoherence
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True)
class ChoiceChange(OneLine):
    """A choice taken, or answered otherwise than `before`: any value of `to` does, the first is the lightest.

    `number`: what a range is written as, the nearest to the number stated.
    """

    criterion: Criterion
    before: tuple[str, ...]
    to: tuple[str, ...]
    ordinary: bool = False
    number: Decimal | None = None

    @property
    def term(self) -> Term:
        """Return the change as a term that one accepts; it is told where it goes back on something."""
        return Term(self.criterion.slug, self.to, self.ordinary and not self.before)

    def to_json(self) -> dict[str, object]:
        """Return the change as JSON; `from` is there where something is stated."""
        name = self.criterion.slug
        out: dict[str, Any] = {"criterion": name}
        if self.before:
            out["from"] = [written_value(name, value) for value in self.before]
        out["to"] = [written_value(name, value) for value in self.to]
        if self.number is not None:
            out["number"] = plain_number(self.number)
        if self.ordinary:
            out["ordinary"] = True
        return out


@dataclass(frozen=True, eq=False)
class WhatIf(OneLine):
    """Changes of choices that leave no gate of a set-up violated, none of which could be left out.

    `to_verify` are the facts then left to find out: without any the set-up fits. `gains` and `losses` are
    the other set-ups whose verdict moves, with the first value of each change; `verdict` is that of the
    set-up itself: better than to verify where terms do instead of a fact. `incoherent` are pairs of answers
    that would not go together.
    `unlikely` are the preferences that make it hardly sensible all the same (R34b).
    `provisional`: the verdict rests on what is presumed.
    """

    changes: tuple[ChoiceChange, ...]
    to_verify: tuple[Term, ...]
    verdict: Verdict
    gains: tuple[VerdictMove, ...]
    losses: tuple[VerdictMove, ...]
    incoherent: tuple[Incoherence, ...] = ()
    unlikely: tuple[Requirement, ...] = ()
    provisional: bool = False

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """Return what sorts changes: choices to go back on, facts, terms taken, ordinary terms taken."""
        taken = [change for change in self.changes if not change.before]
        ordinary = sum(change.ordinary for change in taken)
        changed = len(self.changes) - len(taken)
        return (changed, len(self.to_verify), len(taken) - ordinary, ordinary)

    def sentence(self, rules: Rules) -> Text:
        """Return what one would have to choose, and what is left to verify, in words."""
        return change_sentence([change.term for change in self.changes], self.to_verify, rules)

    def to_json(self, rules: Rules, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the what-if as JSON; brief: without the verdicts that others move between."""
        out: dict[str, Any] = {
            "sentence": self.sentence(rules)[lang],
            "changes": [change.to_json() for change in self.changes],
            "verdict": self.verdict.value,
            "to_verify": [
                {"criterion": term.criterion, "to": list(term.to)} for term in self.to_verify
            ],
            "gains": [move.arrangement for move in self.gains],
            "losses": [move.arrangement for move in self.losses],
        }
        if self.provisional:
            out["provisional"] = True
        if self.incoherent:
            out["incoherent"] = [pair.reading[lang] for pair in self.incoherent]
        if self.unlikely:
            out["hardly_sensible"] = [preference.reading[lang] for preference in self.unlikely]
        if not brief:
            out["moves"] = [move.to_json() for move in (*self.gains, *self.losses)]
        return out


@dataclass(frozen=True, eq=False)
class ArrangementWhatIfs(OneLine):
    """The what-ifs of one set-up: those shown, and how many there are.

    `closed_by` are the gates that no choice opens, where facts close it; `facts` what is left to find out
    where no choice would shorten the list.
    """

    arrangement: Arrangement
    verdict: Verdict
    what_ifs: tuple[WhatIf, ...]
    count: int
    closed_by: tuple[Requirement, ...] = ()
    facts: tuple[Term, ...] = ()
    presumed: tuple[str, ...] = ()

    def to_json(self, rules: Rules, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the what-ifs as JSON."""
        out: dict[str, Any] = {
            "contract": self.arrangement.slug,
            "label": self.arrangement.label[lang],
            "verdict": self.verdict.value,
            "count": self.count,
            "what_if": [what_if.to_json(rules, lang, brief=brief) for what_if in self.what_ifs],
        }
        if not self.what_ifs:
            out["none"] = {
                "text": self.why_none(rules)[lang],
                "closed_by": [gate.slug for gate in self.closed_by],
                "to_verify": [term.criterion for term in self.facts],
                "presumed": list(self.presumed),
            }
        return out

    def why_none(self, rules: Rules) -> Text:
        """Return why no choice helps: what we suppose closes it, or a fact does, or only facts are wanted."""
        if self.presumed:
            names = [rules.criteria[name].label for name in self.presumed]
            return in_both(lambda x: _PRESUMED[x].format(enumerated([n[x] for n in names], x)))
        if self.closed_by:
            gates = gates_text(self.closed_by)
            return message("{no_choice}: {gates}.", no_choice=_NO_CHOICE, gates=gates)
        wanted = facts_text(self.facts, rules)
        return in_both(lambda x: _FACTS_ONLY[x].format(wanted[x]))


@dataclass(frozen=True, eq=False)
class WhatIfs(ProjectAdvice):
    """For each contract that does not fit the whole project, what would open it, nearest first (R21, R22).

    `fitting` are those that need no change; `turn_to` says whom to turn to where nothing can be proposed;
    `cut` what was left out, a sentence each.
    """

    rules: Rules
    arrangements: tuple[ArrangementWhatIfs, ...]
    fitting: tuple[Arrangement, ...]
    turn_to: Text | None
    cut: tuple[Text, ...]

    @property
    def nearest(self) -> tuple[ArrangementWhatIfs, ...]:
        """Return the set-ups that a change opens, those of the cheapest change first."""
        return tuple(set_up for set_up in self.arrangements if set_up.what_ifs)

    def of(self, slug: str) -> ArrangementWhatIfs:
        """Return the what-ifs of an arrangement; KeyError where it needs none."""
        return {set_up.arrangement.slug: set_up for set_up in self.arrangements}[slug]

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without what criteria and set-ups are."""
        lang = lang or self.lang
        out: dict[str, Any] = {
            **advice_head(self, lang, brief=brief),
            "fits": [arrangement.slug for arrangement in self.fitting],
            "nearest": [set_up.arrangement.slug for set_up in self.nearest[:3]],
            "turn_to": self.turn_to[lang] if self.turn_to else None,
            "contracts": [
                set_up.to_json(self.rules, lang, brief=brief)
                for set_up in self.arrangements
                if set_up.what_ifs or not brief
            ],
            "cut": [sentence[lang] for sentence in self.cut],
        }
        if not brief:
            out["criteria"] = {c.slug: _criterion(c, lang) for c in self._criteria()}
        return out | {"scope": self.scope[lang], "disclaimer": self.disclaimer[lang]}

    def _criteria(self) -> Sequence[Criterion]:
        """Return the criteria that are spoken of, in author order."""
        named: set[str] = set()
        for set_up in self.arrangements:
            named |= {*(term.criterion for term in set_up.facts), *set_up.presumed}
            for one in set_up.what_ifs:
                named |= {change.criterion.slug for change in one.changes}
                named |= {term.criterion for term in one.to_verify}
        return [criterion for name, criterion in self.rules.criteria.items() if name in named]


def _criterion(criterion: Criterion, lang: str) -> dict[str, Any]:
    name = criterion.slug
    return {
        "label": criterion.label[lang],
        "question": criterion.question[lang],
        "kind": criterion.nature,
        "key": answer_key(name),
        "values": {written_value(name, v.slug): v.label[lang] for v in criterion.values},
    }


# So many gates are named where facts close.
_NAMED = 2
_NO_CHOICE = message("No choice changes that")
_FACTS_ONLY = message("No choice to make or to change: it is left to verify {}.")
_PRESUMED = message("Only what we suppose closes it ({}): where that is wrong, correct it.")
_ORDINARY = message("on the usual terms")


def change_sentence(changes: Sequence[Term], to_verify: Sequence[Term], rules: Rules) -> Text:
    """Return what one would have to choose, what is ordinary left out, and what is left to verify."""
    terms, facts = on_terms(changes, rules), once_verified(to_verify, rules)
    choice = terms if terms.fr else _ORDINARY
    return Text(f"{choice.fr}, {facts.fr}", f"{choice.en}, {facts.en}") if facts.fr else choice


def gates_text(gates: Sequence[Requirement]) -> Text:
    """Return what some gates ask for, by their labels, the first ones."""
    labels = [gate.label for gate in gates[:_NAMED]]
    return in_both(lambda lang: enumerated([lower(label[lang]) for label in labels], lang))
