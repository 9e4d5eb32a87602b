"""Why a verdict is what it is, in a few words with the clauses it rests on: for the terminal and the page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.verdict.unit_verdict import Term
from montages.assessment.wording import absence, facts_text, lower, terms_text
from montages.knowledge.law import Passage
from montages.knowledge.logic import Verdict
from montages.knowledge.periods import Rules
from montages.publish.text.assessment_rows import against, own_sources
from montages.publish.text.messages import phrase
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.typography import colon


@dataclass(frozen=True)
class Reason:
    """Why a verdict is what it is, in a few words, with the clauses it rests on."""

    text: str
    sources: tuple[Passage, ...] = ()


def reasons(
    conclusions: Conclusions, result: ArrangementVerdict, lang: str, common: Sequence[str] = ()
) -> Iterable[Reason]:
    """Yield why a verdict on an arrangement is what it is, the facts common to all left out."""
    rules = conclusions.premises.rules
    if result.folded:
        for requirement in result.folded.because:
            yield Reason(requirement.reading[lang], requirement.sources[:1])
        if result.folded.presumed:
            names = [lower(rules.criteria[name].label[lang]) for name in result.folded.presumed]
            yield Reason(f"{phrase('presumed-against', lang)}{colon(lang)} {', '.join(names)}")
    elif result.verdict is Verdict.FITS:
        bound = any(check.requirement.hard for check in result.checks)
        yield Reason(phrase("all-hard" if bound else "no-hard", lang), own_sources(result))
    elif result.verdict.open:
        yield from _wanted(result, common, rules, lang)
    else:
        yield from _closing(result, rules, lang)
    if result.verdict.open and not result.folded and result.arrangement.buys_by:
        yield Reason(_purchases(conclusions, result, rules, lang))


def _wanted(
    result: ArrangementVerdict, common: Sequence[str], rules: Rules, lang: str
) -> Iterable[Reason]:
    """Return the facts that this arrangement alone has to verify, then its terms."""
    mine = [term for term in result.to_verify if term.criterion not in common]
    facts, terms = facts_text(mine, rules)[lang], terms_text(result.terms, rules)[lang]
    if facts:
        yield Reason(f"{phrase('to-find-out', lang)} {facts}")
    if terms:
        yield Reason(f"{phrase('on-terms' if facts else 'terms', lang)} {terms}")
    elif result.verdict is Verdict.FITS_ON_TERMS:
        yield Reason(phrase("ordinary-terms", lang))
    elif not facts:
        yield Reason(phrase("nothing-else", lang))


def _closing(result: ArrangementVerdict, rules: Rules, lang: str) -> Iterable[Reason]:
    """Return the first gate that closes an arrangement with its article, and what reopens it."""
    if not result.in_force:
        yield Reason(absence(result.arrangement)[lang])
        return
    checks = {check.requirement.slug: check for check in result.checks}
    for slug in result.best.closed_by[:1]:
        check = checks.get(slug)
        requirement = (
            check.requirement if check else next(r for r in rules.requirements if r.slug == slug)
        )
        text = requirement.label[lang]
        if check and check.given:
            # The label of a requirement says what is wanted: beside an answer it would read as its contrary.
            asked = rules.criteria[requirement.own.criterion].label[lang]
            text = f"{asked}{colon(lang)} {against(check, lang)}"
        yield Reason(text, requirement.sources[:1])
    for reopening in result.reopens_to[:1]:
        changes = terms_text(reopening.changes, rules)[lang]
        after = lower(VERDICT_SIGNS[reopening.verdict.value].one[lang])
        yield Reason(f"{phrase('reopens', lang)} {changes} → {after}")


def _purchases(
    conclusions: Conclusions, result: ArrangementVerdict, rules: Rules, lang: str
) -> str:
    """Return by what a way of running buys what it needs: the best open row of that kind, or the kind."""
    kinds = result.arrangement.buys_by
    rows = (
        row.shown for row in conclusions.rows if row.shown.verdict.open and not row.shown.folded
    )
    names = [
        purchase.arrangement.label[lang]
        for purchase in rows
        if set(kinds) & set(rules.lineage(purchase.arrangement.slug))
    ] or [rules.book.arrangements[kind].label[lang] for kind in kinds]
    return f"{phrase('buys-by', lang)} {lower(names[0])}"


def common_facts(conclusions: Conclusions, lang: str) -> str:
    """Return the facts to verify for every contract alike, in words; empty if there are none."""
    named: dict[str, Term] = {}
    for row in conclusions.rows:
        for term in row.shown.to_verify:
            if term.criterion in conclusions.answer.common and row.shown.verdict.open:
                named.setdefault(term.criterion, term)
    return facts_text(named.values(), conclusions.premises.rules)[lang]
