"""What an assessment comes to for a reader: the few facts that the terminal and the page both show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.check import Check
from montages.assessment.conclusions import Conclusions
from montages.assessment.premises import Premises
from montages.assessment.retained import Retained
from montages.assessment.wording import lower
from montages.bilingual import message
from montages.knowledge.law import Passage
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of as name_of_thing
from montages.names import ID, kebab, slug
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typography import day, quoted

# A line names this many clauses.
_NAMED = 3
_BETTER = message("better if {}")


def better_if(verdict: ArrangementVerdict, rules: Rules, lang: str) -> str:
    """Return what an arrangement, else what it is a kind of, is better for; "" where nobody says it."""
    names = rules.lineage(verdict.arrangement.slug)
    lineage = (rules.arrangements[name] for name in names if name in rules.arrangements)
    return next((one.better_if[lang] for one in lineage if one.better_if.fr), "")


def better(verdict: ArrangementVerdict, rules: Rules, lang: str) -> str:
    """Return what an arrangement is better for, in words: `meilleur si …`; "" where nobody says it."""
    words = better_if(verdict, rules, lang)
    return _BETTER[lang].format(words) if words else ""


def against(check: Check, lang: str) -> str:
    """Return what a check found against what it wants: `aucun, au lieu de « Réel »`."""
    return f"{lower(check.shown[lang])}, {phrase('instead', lang)} {quoted(check.accepted[lang], lang)}"


def own_sources(verdict: ArrangementVerdict) -> tuple[Passage, ...]:
    """Return the first clauses of an arrangement's own legal requirements, each once."""
    own = [c.requirement for c in verdict.checks if c.requirement.hard]
    own.sort(key=lambda r: r.arrangement != verdict.arrangement.slug)
    sources = dict.fromkeys(r.sources[0] for r in own)
    return tuple(sources)[:_NAMED]


def waits_for(check: Check, verdict: ArrangementVerdict, lang: str) -> str:
    """Return the other answers an undetermined check waits for, when its own is known."""
    if check.outcome != "undetermined" or not check.given:
        return ""
    read = {clause.criterion for clause in check.requirement.clauses()}
    names = [name for name in verdict.wanted if name in read]
    return ", ".join(lower(criterion(name).label[lang]) for name in names)


def criterion(name: str) -> Criterion:
    """Return a criterion by slug."""
    return rulebook().criteria[name]


def key(criterion: Criterion) -> str:
    """Return the key under which people answer a criterion: `duration-months`."""
    return kebab(slug(criterion.answer_path))


def accepted(criterion: Criterion, lang: str) -> str:
    """Return what may be answered to a criterion: its values, or a number and its unit."""
    if criterion.numeric_property:
        return f"{phrase('number', lang)} ({criterion.unit[lang]})"
    more = f" ({phrase('several', lang)})" if criterion.multiple else ""
    return " · ".join(v.label[lang] for v in criterion.values) + more


def useful(assessments: Iterable[Assessment], most: int = 5) -> list[tuple[Criterion, int]]:
    """Return the answers that most open contracts wait for, as a fact or as a term, most awaited first."""
    waiting: Counter[str] = Counter()
    for assessment in assessments:
        for row in assessment.rows:
            if row.shown.verdict.open and not row.shown.folded:
                terms = (*row.shown.to_verify, *row.shown.terms)
                waiting.update({term.criterion for term in terms if not term.ordinary})
    ranked = sorted(waiting.items(), key=lambda pair: (-pair[1], criterion(pair[0]).order))
    return [(criterion(name), number) for name, number in ranked[:most]]


def retained_verdict(conclusions: Conclusions, retained: Retained) -> ArrangementVerdict | None:
    """Return the verdict to show of a retained contract: that of the units it is retained for, together.

    None for a contract that is never proposed, such as a mere `marche-public`.
    """
    units = [unit.unit for unit in conclusions.units if unit.unit.id in retained.units]
    return conclusions.parts.of(units).by_slug.get(retained.contract)


def retained_name(retained: Retained, lang: str) -> str:
    """Return the name of what is retained."""
    arrangement = rulebook().arrangements.get(retained.contract)
    return arrangement.label[lang] if arrangement else retained.contract


def retained_part(conclusions: Conclusions, retained: Retained, lang: str) -> str:
    """Return the names of the units that a contract is retained for, where they are not all of them."""
    if len(retained.units) == len(conclusions.units):
        return ""
    names = (u.unit.label[lang] for u in conclusions.units if u.unit.id in retained.units)
    return ", ".join(names)


def retained_state(retained: Retained, lang: str) -> str:
    """Return where a retained contract stands, with the date: `signé 2024-03-16`, `abandonné 2025`."""
    parts = [f"{phrase('signed', lang)} {retained.signed_on}"] if retained.signed_on else []
    if retained.state and (retained.state != "signed" or not parts):
        name = lower(name_of_thing(str(ID[f"contract-state/{retained.state}"]))[lang])
        parts.append(f"{name} {retained.state_on}" if retained.state_on else name)
    return ", ".join(parts)


def law(premises: Premises, lang: str) -> str:
    """Return the day whose law is applied: `Droit au 28 novembre 2026`."""
    return f"{phrase('law', lang)} {day(premises.as_of, lang)}"


def answer_counts(premises: Premises, lang: str) -> str:
    """Return how many criteria have an answer given, derived, presumed, assumed or unknown."""
    states = {
        "explicit": "given",
        "derived": "derived",
        "default": "assumed",
        "explicit-unknown": "unknown",
    }
    presumed = {answer.criterion.slug for answer in premises.presumed}
    pairs = set()
    for fact in (f for f in premises.facts if f["state"] in states):
        name = states[fact["state"]]
        if fact["criterion"] in presumed and name in ("derived", "assumed"):
            name = "presumed"
        pairs.add((fact["criterion"], name))
    counts = Counter(state for _, state in pairs)
    always = ("given", "derived")
    names = [n for n in (*states.values(), "presumed") if counts[n] or n in always]
    return ", ".join(plural_of(counts[name], name, lang) for name in names)
