"""The reports of a validation as one page, or as its body: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Sequence

from montages.names import slug
from montages.publish.page_templates import page_template, plain_templates
from montages.publish.text.messages import and_others
from montages.publish.text.typography import colon
from montages.publish.validation_report import Validation
from montages.validation.findings import Finding


def validation_page(validations: Sequence[Validation], lang: str, whole: bool = True) -> str:
    """Return a page of one report or several."""
    return (
        plain_templates()
        .get_template(page_template("validation", whole))
        .render(
            validations=validations,
            lang=lang,
            colon=colon(lang),
            short_place=_short_place,
            and_others=and_others,
        )
    )


def _short_place(finding: Finding) -> str:
    if finding.where and finding.where != "/":
        return finding.where
    return slug(finding.path) if finding.path else finding.focus.rpartition("/")[2]
