"""How pages are made of the templates of this room, and what every template may call."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from montages.assessment.answer.calendar import months_text
from montages.assessment.wording import enumerated, lower
from montages.names import slug
from montages.publish.drawing.svg import picture_templates
from montages.publish.drawing.who_pays_picture import who_pays_picture
from montages.publish.text import (
    assessment_rows,
    checklist,
    findings_text,
    presumed_lines,
    procedure_lines,
    signs,
    verdict_rows,
)
from montages.publish.text.answer_lines import AnswerLine, answer_lines, between
from montages.publish.text.calendar_stops import calendar_stops
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.reasons import reasons
from montages.publish.text.typography import colon, day
from montages.word_catalogue import french

# It begins with the space itself, which a search finds at once.
_STUCK = re.compile(r" (?:(?=[»:;?!%€])|(?<=« )|(?<=€ )(?=HT))")


def _in_language(write: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function of templates that writes in the language of the page."""

    @pass_context
    def in_language(page: Context, *values: Any, **options: Any) -> Any:
        return write(*values, page["lang"], **options)

    return in_language


def _sentence(source: str, lang: str) -> str:
    """Return a sentence of a template, which is English there."""
    return source if lang == "en" else french(source)


@cache
def page_templates() -> Environment:
    """Return what templates are read and compiled by, each once."""
    environment = picture_templates().overlay(finalize=_unbroken)
    environment.filters |= {
        "enumerated": _in_language(enumerated),
        "groupby_title": _by_title,
        "lower_first": lower,
        "upper_first": lambda text: text[:1].upper() + text[1:],
    }
    environment.globals.update(
        _=_in_language(_sentence),
        phrase=_in_language(phrase),
        plural=_in_language(plural_of),
        day=_in_language(day),
        answer_lines=answer_lines,
        between=between,
        calendar_stops=calendar_stops,
        months_text=months_text,
        slug=slug,
        reasons=reasons,
        assessment_rows=assessment_rows,
        checklist=checklist,
        presumed_lines=presumed_lines,
        procedure_lines=procedure_lines,
        report=findings_text,
        verdict_rows=verdict_rows,
        who_pays_picture=_in_language(who_pays_picture),
        verdicts=signs.VERDICT_SIGNS,
        procedure_verdicts=signs.PROCEDURE_SIGNS,
        outcomes=signs.OUTCOME_SIGNS,
        severities=signs.SEVERITY_SIGNS,
        kinds=signs.KIND_TITLES,
        retained_titles=signs.RETAINED_TITLES,
    )
    return environment


@cache
def plain_templates() -> Environment:
    """Return the same for what is measured or quoted: texts are left as they are."""
    return page_templates().overlay(finalize=None)


def page_template(name: str, whole: bool) -> str:
    """Return the template of a whole page, or of its body, for a page that has its own frame."""
    return f"{name}.html" if whole else f"{name}-body.html"


def rendered(name: str, lang: str, /, **values: Any) -> str:
    """Return a page in a language: its template, with what it is about."""
    template = page_templates().get_template(name)
    return template.render(values, lang=lang, colon=colon(lang))


def _unbroken(value: object) -> object:
    """Return a text whose French quotation marks and signs never start or end a line; else as it is."""
    return _STUCK.sub("\u00a0", value) if type(value) is str else value


def _by_title(lines: Sequence[AnswerLine]) -> list[tuple[str, list[AnswerLine]]]:
    """Return lines under their titles, in their order."""
    titles = dict.fromkeys(line.title for line in lines)
    return [(title, [line for line in lines if line.title == title]) for title in titles]
