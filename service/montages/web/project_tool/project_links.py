"""Where things about a project are: its page, alone or beside its original, its thresholds, other pages."""

from __future__ import annotations

from datetime import date

from flask import request

from montages.advice.thresholds.procedure_timeline import amount_criterion
from montages.assessment.assessment import Assessment
from montages.description.address.address_answers import difference_pairs
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs, query_of
from montages.web.pages.page_context import PageContext
from montages.web.project_tool.tool_request import LANG
from montages.web.threshold_page.threshold_request import amount_key, question_keys
from montages.web.threshold_page.thresholds_page import PATH as THRESHOLDS_PATH

TOOL_PATH = "/projet"
# Where the short address of a project is; a code on paper has it in capitals.
SHORT_PATH = "/p"


def project_href(
    context: PageContext,
    address: ProjectAddress,
    original: ProjectAddress | None = None,
    /,
    **controls: str,
) -> str:
    """Return the address of the page of a project; with its original, of that one too."""
    pairs = address_pairs(address)
    if original is not None:
        pairs += difference_pairs(address, original)
    return context.pairs_href(TOOL_PATH, [*pairs, *((k, v) for k, v in controls.items() if v)])


def page_href(context: PageContext, address: ProjectAddress, path: str, lang: str = "") -> str:
    """Return the address of another page about a project, in the reader's language or in the one named."""
    pairs = address_pairs(address)
    if lang or request.args.get(LANG) in ("fr", "en"):
        pairs = [*pairs, (LANG, lang or context.lang)]
    return f"{context.root}{path}?{query_of(pairs)}"


def threshold_href(
    context: PageContext, address: ProjectAddress, assessment: Assessment
) -> str | None:
    """Return the address of the timeline where a threshold on the amount stated decides the procedure.

    None where none does, or where the amount is that of a part of the project only.
    """
    advice = assessment.answer.advice
    if advice is None or advice.criterion != amount_criterion().slug:
        return None
    pairs = address_pairs(address)
    if amount_key() not in dict(pairs):
        return None
    day = address.as_of or date.today()
    names = (amount_key(), *question_keys(day), "as_of")
    kept = [pair for pair in pairs if pair[0] in names and pair[1] != "?"]
    return context.pairs_href(THRESHOLDS_PATH, kept)
