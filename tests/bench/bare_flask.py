"""The least a Flask application can do for a client that has the answer already."""

from __future__ import annotations

import sys

from flask import Flask, Response

from montages.web.server import Service, listener

app = Flask(__name__, static_folder=None)


@app.get("/")
def unchanged() -> Response:
    return Response(status=304)


if __name__ == "__main__":
    Service(app, [listener("127.0.0.1", int(sys.argv[1]))]).run()
