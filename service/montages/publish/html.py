"""An assessment as one self-contained page: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from montages.decision.assessment import Assessment
from montages.publish import checklist, digest, report
from montages.publish.text import help_of
from montages.publish.words import (
    KIND,
    OUTCOME,
    SEVERITY,
    STATUS,
    colon,
    day,
    plural_of,
    say,
)


def page(found: Sequence[Assessment], lang: str | None = None) -> str:
    """Return one HTML page about one or several assessments, in `lang` or in their own language."""
    return _made("assessment.html", found, lang or found[0].lang)


def body(found: Sequence[Assessment], lang: str) -> str:
    """Return the articles of that page alone, for a page that has its own frame and style."""
    return _made("assessment-body.html", found, lang)


def _made(name: str, found: Sequence[Assessment], lang: str) -> str:
    environment = Environment(
        loader=PackageLoader("montages.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    template = environment.get_template(name)
    return template.render(
        assessments=found,
        lang=lang,
        say=lambda key: say(key, lang),
        day=lambda value: day(value, lang),
        plural=lambda number, noun: plural_of(number, noun, lang),
        help_of=lambda rows: help_of(rows, lang),
        colon=colon(lang),
        digest=digest,
        checklist=checklist,
        report=report,
        kinds=KIND,
        statuses=STATUS,
        outcomes=OUTCOME,
        severities=SEVERITY,
    )
