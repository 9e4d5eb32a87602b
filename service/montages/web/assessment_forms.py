"""The forms of assessments that guests bring, as answers: chosen by name, or by the profile of a request."""

from __future__ import annotations

import re

from flask import Response, request

from montages.guests import guests
from montages.publish.linked_data.formats import Format
from montages.web.requests.accept_header import accepted_profiles

_PROFILE = re.compile(r"""profile=["']?<?([^"'<>;,\s]+)""", re.IGNORECASE)
_PROFILES = {name: form.profile for name, form in guests().assessment_forms.items()}
# Each with the name of its writer.
GUEST_FORMATS: dict[Format, str] = {
    Format(name, form.media_type, form.label, name.upper()): name
    for name, form in guests().assessment_forms.items()
}
# What an assessment is in JSON, in our form or in one of these.
ASSESSMENT_SCHEMA = {
    "anyOf": [
        {"$ref": "#/components/schemas/Assessment"},
        *(form.schema for form in guests().assessment_forms.values() if form.schema),
    ]
}


def form_asked_for() -> str | None:
    """Return the form that a request names, else that of the profile which it names, None without."""
    names = accepted_profiles(request.headers.get("Accept-Profile", ""))
    names += _PROFILE.findall(request.headers.get("Accept", ""))
    profiled = (form for form, iri in _PROFILES.items() if iri in names)
    return request.args.get("format") or next(profiled, None)


def with_profile(response: Response, form: str) -> Response:
    """Return an answer with the profile of its form, where it is one of these."""
    if form in _PROFILES:
        response.headers["Content-Type"] = f'{response.mimetype}; profile="{_PROFILES[form]}"'
        response.headers["Link"] = f'<{_PROFILES[form]}>; rel="profile"'
    return response
