"""An assessment as one self-contained page: semantic HTML, no script, fit to print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from montages.assessment.assessment import Assessment
from montages.publish.detail import FULL
from montages.publish.text import (
    assessment_rows,
    checklist,
    duty_lines,
    findings_text,
    presumed_lines,
    procedure_lines,
    verdict_rows,
)
from montages.publish.text.answer_lines import AnswerLine, answer_lines, between
from montages.publish.text.assessment_text import help_of
from montages.publish.text.brief_rows import brief_groups
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
from montages.publish.text.typography import colon, day, lower

_STUCK = re.compile(r"(?<=«) | (?=[»:;?!%€])|(?<=€) (?=HT)")


def page(
    assessments: Sequence[Assessment], lang: str | None = None, detail: str | None = None
) -> str:
    """Return one HTML page about one or several assessments, in `lang` or in their own language.

    The detail is folded, and left out when one prints; with `detail` full it is open, and printed.
    """
    return _render("assessment.html", assessments, lang or assessments[0].lang, detail)


def body(assessments: Sequence[Assessment], lang: str, detail: str | None = None) -> str:
    """Return the articles of that page alone, for a page that has its own frame and style."""
    return _render("assessment-body.html", assessments, lang, detail)


def _unbroken(value: object) -> object:
    """Return a text whose French quotation marks and signs never start or end a line; else as it is."""
    return _STUCK.sub("\u00a0", value) if type(value) is str else value


def _by_title(lines: Sequence[AnswerLine]) -> list[tuple[str, list[AnswerLine]]]:
    """Return lines under their titles, in their order."""
    titles = dict.fromkeys(line.title for line in lines)
    return [(title, [line for line in lines if line.title == title]) for title in titles]


def _render(name: str, assessments: Sequence[Assessment], lang: str, detail: str | None) -> str:
    environment = Environment(
        loader=PackageLoader("montages.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_unbroken,
    )
    environment.filters |= {"groupby_title": _by_title, "lower_first": lower}
    template = environment.get_template(name)
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
        assessment_rows=assessment_rows,
        checklist=checklist,
        duty_lines=duty_lines,
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
    )
