"""An assessment as one self-contained page: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.publish.detail import FULL
from montages.publish.page_templates import page_templates
from montages.publish.text import (
    assessment_rows,
    checklist,
    findings_text,
    presumed_lines,
    procedure_lines,
    verdict_rows,
)
from montages.publish.text.answer_lines import answer_lines, between
from montages.publish.text.assessment_text import help_of
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.reasons import reasons
from montages.publish.text.signs import (
    KIND_TITLES,
    OUTCOME_SIGNS,
    PROCEDURE_SIGNS,
    RETAINED_TITLES,
    SEVERITY_SIGNS,
    VERDICT_SIGNS,
)
from montages.publish.text.typography import colon, day
from montages.publish.text.verdict_rows import best_told, brief_groups
from montages.validation.findings import Finding


def page(
    assessments: Sequence[Assessment], lang: str | None = None, detail: str | None = None
) -> str:
    """Return one HTML page about one or several assessments, in `lang` or in their own language.

    The detail is folded, and left out when one prints; with `detail` full it is open, and printed.
    """
    return _render("assessment.html", assessments, lang or assessments[0].lang, detail)


def body(
    assessments: Sequence[Assessment],
    lang: str,
    detail: str | None = None,
    contest_form: str = "",
) -> str:
    """Return the articles of that page alone, for a page that has its own frame and style."""
    return _render("assessment-body.html", assessments, lang, detail, contest_form=contest_form)


def project_result(
    assessment: Assessment,
    lang: str,
    page_of: Callable[[str], str],
    whole: str = "",
    contest_form: str = "",
    thresholds: str | None = None,
    answers_of: Callable[[Finding], Sequence[tuple[Text, str]]] | None = None,
) -> str:
    """Return the result of a project for a page that has the rest: each contract once, its detail folded.

    `page_of` gives the address of the page of a contract by its slug. With the address of the `whole` result,
    this is the answer and the contracts alone, which lead there. `contest_form` is the form by which one
    contests a check or a verdict, `thresholds` the address of what decides the procedure by its amount;
    `answers_of` gives the answers that a finding is about, each with where one changes it.
    """
    more = {
        "page_of": page_of,
        "whole": whole,
        "contest_form": contest_form,
        "thresholds": thresholds,
        "answers_of": answers_of,
    }
    return _render("project-result.html", [assessment], lang, None, **more)


def _render(
    name: str, assessments: Sequence[Assessment], lang: str, detail: str | None, **more: Any
) -> str:
    template = page_templates().get_template(name)
    return template.render(
        assessments=assessments,
        lang=lang,
        phrase=lambda key: phrase(key, lang),
        day=lambda value: day(value, lang),
        plural=lambda number, noun: plural_of(number, noun, lang),
        help_of=lambda rows: help_of(rows, lang),
        colon=colon(lang),
        full=detail == FULL,
        answer_lines=answer_lines,
        between=between,
        brief_groups=brief_groups,
        best_told=best_told,
        assessment_rows=assessment_rows,
        checklist=checklist,
        presumed_lines=presumed_lines,
        procedure_lines=procedure_lines,
        reasons=reasons,
        report=findings_text,
        kinds=KIND_TITLES,
        retained_titles=RETAINED_TITLES,
        verdict_rows=verdict_rows,
        verdicts=VERDICT_SIGNS,
        procedure_verdicts=PROCEDURE_SIGNS,
        outcomes=OUTCOME_SIGNS,
        severities=SEVERITY_SIGNS,
        **({"contest_form": "", "answers_of": None} | more),
    )
