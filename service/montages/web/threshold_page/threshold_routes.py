"""The addresses of the thresholds: the page, by itself or in another site, and its JSON."""

from __future__ import annotations

from datetime import date

from flask import Response, abort, request

from montages.advice.thresholds.amount_point import amount_point
from montages.advice.thresholds.timeline_json import timeline_json
from montages.bilingual import message
from montages.errors import UnreadableInput
from montages.publish.json_text import dump
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.linked_data.conditional import MINUTES, conditional, etag
from montages.web.pages.list_forms import wants_json
from montages.web.pages.page_context import page_context
from montages.web.requests.headers import frame_policy
from montages.web.requests.request_parameters import lang
from montages.web.route import ANY_JSON, FREE_LANG, PAGE, RouteParameter, Routes, document_answers
from montages.web.threshold_page.threshold_request import (
    AMOUNT,
    AS_OF,
    DAY,
    EMBED,
    ThresholdRequest,
    point_assessment,
    threshold_request,
    timeline_of,
)
from montages.web.threshold_page.thresholds_page import PATH, ThresholdsPage

_JSON, _HTML = "application/json", "text/html; charset=utf-8"
_VARY = "Accept, Accept-Language"


_SUMMARY = message(
    "The timeline of thresholds: which procedures suffice at an amount, on a day, what "
    "switches around it"
)
_PARAMETERS = (
    RouteParameter(
        "estimated-value",
        message("amount excluding tax, written as one likes: 50000, €50k"),
        example="50 k€",
    ),
    RouteParameter(
        AS_OF,
        message("day on which the consultation starts"),
        {"type": "string", "format": "date"},
        "2026-06-01",
    ),
    RouteParameter(AMOUNT, message("the same amount, by a shorter name"), example="50000"),
    RouteParameter(
        DAY,
        message("the same day, by a shorter name"),
        {"type": "string", "format": "date"},
        "2026-06-01",
    ),
    RouteParameter(
        "contract-object",
        message(
            "the answer to a question that a threshold depends on, by the key of its "
            "criterion: the object"
        ),
        example="supplies",
    ),
    RouteParameter(
        "network-activity",
        message(
            "likewise: the network that the purchase serves, which says the regime of the buyer"
        ),
        example="none",
    ),
    FREE_LANG,
)
_EMBED = RouteParameter(
    EMBED,
    message("1: without navigation, to be shown in another site where the setting allows it"),
    example="1",
)
ROUTES = Routes("descriptions")


@ROUTES.get(
    f"{PATH}.json",
    _SUMMARY,
    *_PARAMETERS,
    answers=document_answers(ANY_JSON, 400, 413, 422, 503),
    options={"defaults": {"ending": ".json"}},
)
@ROUTES.get(
    PATH,
    _SUMMARY,
    *_PARAMETERS,
    _EMBED,
    answers=document_answers({**PAGE, **ANY_JSON}, 400, 413, 422, 503),
)
def thresholds(ending: str = "") -> Response:
    """Answer what an amount and a day leave, as a page or as JSON; raises UnreadableInput for bad JSON."""
    as_json, demand = wants_json(ending), _demand()
    if as_json and demand.faults:
        raise UnreadableInput(demand.faults[0].message)
    tag = etag(PATH, str(as_json), lang(), str(date.today()), current_state().base_url())

    def body() -> bytes:
        response = run_apart(thresholds_answer, b"", as_json=as_json)
        if response.status_code != 200:
            abort(response)  # sent as it is, and not remembered
        return response.get_data()

    if demand.refused:
        response = Response(body(), 400, content_type=_HTML, headers={"Vary": _VARY})
    else:
        media = _JSON if as_json else _HTML
        response = conditional(tag, media, body, _VARY, cache=MINUTES)
    response.headers["Content-Language"] = lang()
    if demand.embed and not as_json:
        response.headers["Content-Security-Policy"] = frame_policy()
    return response


def thresholds_answer(body: bytes, as_json: bool) -> Response:
    """Answer the request at work; only JSON has the assessment of the amount on that day."""
    demand, knowledge = _demand(), current_state().knowledge
    timeline = timeline_of(knowledge, demand)
    amount = demand.amount
    point = None if amount is None else amount_point(amount, demand.day, timeline)
    if not as_json:
        return Response(ThresholdsPage(demand, page_context(), timeline, point).render())
    assessment = point_assessment(knowledge, demand) if point else None
    return Response(
        dump(timeline_json(timeline, point, assessment, demand.day, demand.answers, lang()))
    )


def _demand() -> ThresholdRequest:
    return threshold_request(request.args.items(multi=True), date.today())
