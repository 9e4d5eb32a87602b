"""An assessment as an answer: in our formats or those that guests bring, by name or by a profile."""

from __future__ import annotations

import re

from flask import Response, request

from montages.assessment.assessment import Assessment
from montages.assessment.json_pieces import documents
from montages.bilingual import message
from montages.guests import guests
from montages.publish.detail import BRIEF
from montages.publish.linked_data.formats import CATALOGUES, HTML, JSON, Format
from montages.publish.writers import ASSESSMENT_WRITERS
from montages.web.app_state import current_state
from montages.web.requests.accept_header import accepted_profiles
from montages.web.requests.headers import in_language
from montages.web.route import RouteParameter

_PROFILE = re.compile(r"""profile=["']?<?([^"'<>;,\s]+)""", re.IGNORECASE)
_PROFILES = {name: form.profile for name, form in guests().assessment_forms.items()}
GUEST_FORMATS = tuple(
    Format(name, form.media_type, form.label, name.upper())
    for name, form in guests().assessment_forms.items()
)
# The formats offered, the one given to who asks for none first.
ASSESSMENT_FORMATS = (JSON, *CATALOGUES, HTML, *GUEST_FORMATS)
# The writers that are called otherwise than the ending of their format.
_WRITERS = {"ttl": "turtle", "n3": "turtle"}
# What an assessment is in JSON, in our form or in one of these.
ASSESSMENT_SCHEMA = {
    "anyOf": [
        {"$ref": "#/components/schemas/Assessment"},
        *(form.schema for form in guests().assessment_forms.values() if form.schema),
    ]
}


LEGEND = RouteParameter(
    "legend",
    message("yes: a whole answer in JSON says what its slugs are, rather than where that stands"),
    {"enum": ["yes", "no"]},
    "yes",
)
LEGEND_PATH = "/legend"


def assessment_answer(
    assessment: Assessment, form: str, detail: str | None, legend: bool
) -> Response:
    """Return an assessment in a format by its ending, with its profile where it is one of a guest.

    One in JSON names the address of its legend unless that is wanted.
    """
    if form != "json" or detail == BRIEF or legend:
        body = ASSESSMENT_WRITERS[_WRITERS.get(form, form)]([assessment], detail)
    else:
        day, base = assessment.premises.rules.period.first, current_state().base_url()
        address = f"{base}{LEGEND_PATH}?as_of={day}&lang={assessment.lang}"
        body = documents([assessment.json_text(legend=address)])
    written = next(candidate for candidate in ASSESSMENT_FORMATS if candidate.extension == form)
    response = Response(body, content_type=written.content_type)
    if form in _PROFILES:
        response.headers["Content-Type"] = f'{response.mimetype}; profile="{_PROFILES[form]}"'
        response.headers["Link"] = f'<{_PROFILES[form]}>; rel="profile"'
    return in_language(response)


def form_asked_for() -> str | None:
    """Return the form that a request names, else that of the profile which it names, None without."""
    names = accepted_profiles(request.headers.get("Accept-Profile", ""))
    names += _PROFILE.findall(request.headers.get("Accept", ""))
    profiled = (form for form, iri in _PROFILES.items() if iri in names)
    return request.args.get("format") or next(profiled, None)
