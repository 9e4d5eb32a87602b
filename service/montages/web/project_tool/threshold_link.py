"""The way from a result to the timeline of thresholds, at the amount and on the day of the project (R37)."""

from __future__ import annotations

from datetime import date

from flask import request

from montages.advice.thresholds.amount_rules import amount_criterion
from montages.assessment.assessment import Assessment
from montages.description.address.project_address import ProjectAddress
from montages.description.address.write_address import address_pairs, query_of
from montages.web.pages.page_context import PageContext
from montages.web.project_tool.project_links import LANG
from montages.web.threshold_page.threshold_request import amount_key, question_keys
from montages.web.threshold_page.thresholds_page import PATH

_AS_OF = "as_of"


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
    names = (amount_key(), *question_keys(day), _AS_OF)
    kept = [pair for pair in pairs if pair[0] in names and pair[1] != "?"]
    if request.args.get(LANG) in ("fr", "en"):
        kept.append((LANG, context.lang))
    return f"{context.root}{PATH}?{query_of(kept)}"
