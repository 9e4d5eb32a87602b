"""The service with the graphs of `sparql-protocol` beside what is published: made once in a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Flask

from montages.web import create_app

FOLDER = Path(__file__).parents[1] / "sparql-protocol"


@cache
def protocol_application() -> Flask:
    """Return the service that tests of the endpoint share."""
    return create_app({"DATA": [FOLDER / "graphs.nq"]})
