"""What a process that judges does: a function of the application, called for one request."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask, Response, g
from werkzeug.exceptions import HTTPException

from montages.errors import MontagesError

# What the environment of a request has beside its texts, which are all that is sent on.
_SERVER = {
    "wsgi.version": (1, 0),
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


def environment_texts(environ: Mapping[str, Any]) -> dict[str, str]:
    """Return what can be sent on of the environment of a request."""
    return {name: value for name, value in environ.items() if isinstance(value, str)}


def function_name(function: Callable[..., Response]) -> tuple[str, str]:
    """Return by which module and name a process forked from this one has a function."""
    return function.__module__, function.__name__


def answer(app: Flask, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the status, the headers and the body of what a function gives; errors become their problems.

    What no one foresaw is sent back as text, for the log of the service.
    """
    environ = {
        **head["environ"],
        **_SERVER,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    module, name = head["function"]
    with app.request_context(environ):
        try:
            response = getattr(sys.modules[module], name)(body, **head["options"])
        except (MontagesError, HTTPException) as error:
            response = app.make_response(app.handle_user_exception(error))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever it is, the service logs it
            return {"fault": traceback.format_exc()}, b""
        return {
            "status": response.status_code,
            "headers": list(response.headers),
            "problem": g.get("problem"),
        }, response.get_data()
