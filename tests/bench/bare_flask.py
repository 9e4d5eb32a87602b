"""The least a Flask application can do for a client that has the answer already."""

from __future__ import annotations

from flask import Flask, Response

app = Flask(__name__, static_folder=None)


@app.get("/")
def unchanged() -> Response:
    return Response(status=304)
