"""An assessment as one self-contained page, or as its body: semantic HTML, no script, fit to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.publish.detail import FULL
from montages.publish.page_templates import page_template, rendered
from montages.validation.findings import Finding


def page(
    assessments: Sequence[Assessment],
    lang: str | None = None,
    detail: str | None = None,
    contest_form: str = "",
    whole: bool = True,
) -> str:
    """Return HTML about one or several assessments, in `lang` or in their own language.

    The detail is folded, and left out when one prints; with `detail` full it is open, and printed.
    """
    lang = lang or assessments[0].lang
    return rendered(
        page_template("assessment", whole),
        lang,
        assessments=assessments,
        full=detail == FULL,
        contest_form=contest_form,
        answers_of=None,
    )


def project_result(
    assessment: Assessment,
    lang: str,
    page_of: Callable[[str], str],
    asking: bool = False,
    contest_form: str = "",
    thresholds: str | None = None,
    answers_of: Callable[[Finding], Sequence[tuple[Text, str]]] | None = None,
    views: Sequence[tuple[str, Text]] = (),
    further: Sequence[tuple[str, Text]] = (),
) -> str:
    """Return the result of a project for a page that has the rest: the lines of the answer, what to do.

    `page_of` gives the address of the page of a contract by its slug. Beside a question (`asking`) this is
    the answer with what decides alone; without one, what comes under the answer. `contest_form` is the form
    by which one contests a check or a verdict, `thresholds` the address of what decides the procedure by its
    amount; `answers_of` gives the answers that a finding is about, each with where one changes it; `views`
    are the addresses and titles of what looks further, `further` of what looks further still.
    """
    return rendered(
        "project-result.html",
        lang,
        it=assessment,
        page_of=page_of,
        asking=asking,
        thresholds=thresholds,
        views=views,
        further=further,
        full=False,
        contest_form=contest_form,
        answers_of=answers_of,
    )
