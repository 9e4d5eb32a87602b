"""The reports of a validation as one page: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined

from montages.names import SHAPE, slug
from montages.publish.text.findings_text import question_beside, understood, values_beside
from montages.publish.text.messages import phrase
from montages.publish.text.signs import SEVERITY_SIGNS
from montages.publish.text.typography import colon
from montages.publish.validation_report import Validation
from montages.validation.findings import Finding


def validation_page(validations: Sequence[Validation], lang: str) -> str:
    """Return one self-contained page of one report or several."""
    return _render("validation.html", validations, lang, lambda shape: str(SHAPE[shape]))


def validation_body(validation: Validation, lang: str, shape_address: Callable[[str], str]) -> str:
    """Return the article of one report, for a page that has its own frame and addresses of shapes."""
    return _render("validation-body.html", [validation], lang, shape_address)


def _render(
    name: str, validations: Sequence[Validation], lang: str, shape_address: Callable[[str], str]
) -> str:
    environment = Environment(
        loader=PackageLoader("montages.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name).render(
        validations=validations,
        lang=lang,
        colon=colon(lang),
        phrase=lambda key: phrase(key, lang),
        beside=lambda finding: values_beside(finding, lang),
        asked=lambda finding: question_beside(finding, lang),
        severities=SEVERITY_SIGNS,
        shape_address=shape_address,
        short_place=_short_place,
        understood=lambda readings: understood(readings, lang),
    )


def _short_place(finding: Finding) -> str:
    if finding.where and finding.where != "/":
        return finding.where
    return slug(finding.path) if finding.path else finding.focus.rpartition("/")[2]
