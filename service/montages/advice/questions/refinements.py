"""What refines the ranking of contracts and can change no verdict: what preferences still ask (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from montages.advice.questions.question_words import question_json, why_refined
from montages.advice.questions.undecided import UnitQuestions, askable, waited_for
from montages.advice.request import answer_key, written_value
from montages.knowledge import logic
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Preference
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Arrangement, Criterion
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import deciding, is_term
from montages.one_line import OneLine


@dataclass(frozen=True)
class Refinement(OneLine):
    """A question whose answers move the suitability of contracts only.

    `refines` are the open contracts whose preferences wait for it, by slug; `weight` is what these weigh in
    all.
    """

    criterion: Criterion
    kind: str
    key: str
    refines: tuple[str, ...]
    weight: int

    def to_json(self, lang: str, arrangements: Mapping[str, Arrangement]) -> dict[str, object]:
        """Return the question as JSON."""
        asked = self.criterion
        why = why_refined(self.refines, arrangements)
        return question_json(asked, self.kind, self.key, why, lang) | {
            "refines": list(self.refines),
            "weight": self.weight,
            "answers": [
                {"value": written_value(asked.slug, value.slug), "label": value.label[lang]}
                for value in asked.values
            ],
        }


def refinements(
    asked: UnitQuestions, undecided: Iterable[str], rules: Rules
) -> tuple[Refinement, ...]:
    """Return the questions that refine the suitability of open contracts, those that weigh most first.

    What bears on the verdicts that are `undecided`, by slug, or that wait for a fact, is no such question,
    now or later.
    """
    verdicts = asked.standings.items()
    waiting_for_facts = (slug for slug, verdict in verdicts if verdict is Verdict.TO_VERIFY)
    still = {*undecided, *asked.undecided, *waiting_for_facts}
    decisive = {name for slug in still for name in asking_order(deciding(slug, rules), rules)}
    by_criterion: dict[str, dict[str, int]] = {}
    for slug, verdict in verdicts:
        arrangement = rules.arrangements[slug]
        if arrangement.kind != "contract" or arrangement.abstract or verdict is Verdict.CLOSED:
            continue
        for name, weight in _waiting(slug, asked, rules):
            if name not in decisive:
                weights = by_criterion.setdefault(name, {})
                weights[slug] = max(weights.get(slug, 0), weight)
    questions = [
        Refinement(
            criterion=rules.criteria[name],
            kind="choice" if is_term(name, rules) else "fact",
            key=answer_key(name),
            refines=tuple(slug for slug in rules.arrangements if slug in weights),
            weight=sum(weights.values()),
        )
        for name, weights in by_criterion.items()
    ]
    return tuple(
        sorted(questions, key=lambda question: (-question.weight, question.criterion.order))
    )


def _waiting(slug: str, unit: UnitQuestions, rules: Rules) -> Iterable[tuple[str, int]]:
    """Yield the questions that preferences of a contract wait for, with what each preference weighs."""
    answers, asserted = unit.unit.answers, unit.unit.asserted
    for requirement in rules.effective(slug):
        if not isinstance(requirement, Preference):
            continue
        if logic.outcome(requirement, answers, rules, asserted) == "undetermined":
            for clause in waited_for(requirement, answers, rules):
                if askable(clause.criterion, answers, rules):
                    yield clause.criterion, requirement.weight
