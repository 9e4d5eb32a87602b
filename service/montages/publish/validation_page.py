"""The reports of a validation as one page: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from montages.names import SHAPE, slug
from montages.publish.page_templates import plain_templates
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
    return (
        plain_templates()
        .get_template(name)
        .render(
            validations=validations,
            lang=lang,
            colon=colon(lang),
            shape_address=shape_address,
            short_place=_short_place,
        )
    )


def _short_place(finding: Finding) -> str:
    if finding.where and finding.where != "/":
        return finding.where
    return slug(finding.path) if finding.path else finding.focus.rpartition("/")[2]
