"""What the routes of the service say that they answer."""

from __future__ import annotations

from typing import Any

from montages.web import ROUTES


def answer_schema(path: str) -> Any:
    """Return the JSON schema of the answer of a route that takes a description."""
    route = next(route for route in ROUTES if (route.method, route.path) == ("post", path))
    return route.answers[200]["application/json"]
