"""Contracts side by side as a page: a row a criterion, what comes out in each cell, sources folded (R24)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from montages.advice.comparison import ComparedCriterion, Comparison
from montages.assessment.arrangement_result import Check
from montages.assessment.wording import enumerated, lower
from montages.bilingual import Text
from montages.knowledge.law import Requirement
from montages.names import ID
from montages.publish.page_templates import page_templates, page_values
from montages.publish.text import assessment_rows, checklist

_WORDS = {
    "title": Text("Comparer des contrats", "Compare contracts"),
    "gates": Text("Ce qui ouvre ou ferme", "What opens or closes"),
    "preferences": Text("Ce qui fait préférer", "What one prefers by"),
    "criterion": Text("Critère, et votre réponse", "Criterion, and your answer"),
    "accepts": Text("accepte", "accepts"),
    "prefers": Text("préfère", "prefers"),
    "silent": Text("n'en dit rien", "says nothing of it"),
    "silent-many": Text("n'en disent rien", "say nothing of it"),
    "source": Text("D'où cela vient", "Where it comes from"),
    "same": Text(
        "Rien ne distingue ces contrats dans ce qui est demandé ou répondu.",
        "Nothing tells these contracts apart in what is asked or answered.",
    ),
    "alike": Text(
        "Critères qui ne distinguent pas ces contrats",
        "Criteria that do not tell these contracts apart",
    ),
    "not-shown": Text("non montrés", "not shown"),
    "not-covered": Text(
        "Ce que cette comparaison ne couvre pas", "What this comparison does not cover"
    ),
    "unread": Text(
        "Réponses qu'aucun de ces contrats ne lit", "Answers that none of these contracts reads"
    ),
}


@dataclass(frozen=True)
class CellLine:
    """What comes out of a requirement of a contract."""

    requirement: Requirement
    outcome: str
    accepted: Text


@dataclass(frozen=True)
class RowGroup:
    """Rows under a title: those on which some contract opens or closes, or those one only prefers by."""

    title: str
    rows: tuple[ComparedCriterion, ...]


def comparison_page(compared: Comparison, lang: str) -> str:
    """Return one self-contained page of contracts side by side, fit to print."""
    return _render(
        "comparison.html", compared, lang, lambda slug: str(ID[f"contract/{slug}"]), folded=False
    )


def comparison_body(compared: Comparison, lang: str, page_of: Callable[[str], str]) -> str:
    """Return what that page shows, for a page that has its own title and style; preferences are folded.

    `page_of` gives the address of the page of a contract by its slug.
    """
    return _render("comparison-body.html", compared, lang, page_of, folded=True)


def _render(
    name: str, compared: Comparison, lang: str, page_of: Callable[[str], str], *, folded: bool
) -> str:
    assessment = compared.assessment
    return (
        page_templates()
        .get_template(name)
        .render(
            compared=compared,
            it=assessment,
            words={key: text[lang] for key, text in _WORDS.items()},
            groups=_groups(compared, lang),
            given=lambda row: " / ".join(
                dict.fromkeys(checklist.answer(check, lang) for check in row.answered)
            ),
            lines=lambda row, slug: cell_lines(row.checks[slug]),
            silent=lambda row: enumerated(
                [
                    lower(result.arrangement.label[lang])
                    for result in compared.contracts
                    if not row.checks[result.arrangement.slug]
                ],
                lang,
            ),
            folded=folded,
            unread=enumerated(
                [lower(criterion.label[lang]) for criterion in compared.unread], lang
            ),
            assessment_rows=assessment_rows,
            page_of=page_of,
            **page_values(lang),
        )
    )


def _groups(compared: Comparison, lang: str) -> list[RowGroup]:
    """Return the rows that decide, then the others; a group without rows is left out."""
    rows: dict[str, list[ComparedCriterion]] = {"gates": [], "preferences": []}
    for row in compared.criteria:
        checks = (check for of_one in row.checks.values() for check in of_one)
        key = "gates" if any(check.requirement.hard for check in checks) else "preferences"
        rows[key].append(row)
    return [RowGroup(_WORDS[key][lang], tuple(of)) for key, of in rows.items() if of]


def cell_lines(checks: Sequence[Check]) -> list[CellLine]:
    """Return what comes out for a contract: a line for each requirement, outcome and accepted answer."""
    lines = (CellLine(c.requirement, c.outcome, c.accepted) for c in checks)
    return list(dict.fromkeys(lines))
