"""What an answer says of the format and the language that were chosen for it, for those who cache it."""

from __future__ import annotations

from flask import Response

from montages.web.requests.request_parameters import lang


def vary_by_accept(response: Response) -> Response:
    """Return an answer that says to depend on Accept and Accept-Language."""
    response.vary.update(("Accept", "Accept-Language"))
    return response


def in_language(response: Response, language: str | None = None) -> Response:
    """Return an answer that names its language, that of the request by default, and depends on Accept."""
    response.headers["Content-Language"] = language or lang()
    return vary_by_accept(response)
