"""Descriptions that are slow, many, or left alone: others are served meanwhile."""

from __future__ import annotations

import json

from attacks.attack import Attack

_PAGE, _HEALTH, _READY = "/id/contract/mpgp.html", "/healthz", "/readyz"


def heavy(number: int) -> str:
    """Return a description that takes seconds, within every limit."""
    names = [f"p{n}" for n in range(95)]
    layers = ("iot-network", "objects", "storage", "data-processing", "business-portal")
    return json.dumps(
        {
            "project": f"X{number}",
            "holder": "Commune",
            "perimeters": {name: {} for name in names},
            "layers": [{"layer": layer, "mode": "own", "perimeter": names} for layer in layers],
        }
    )


def crowd(path: str, count: int, **more: object) -> Attack:
    """Return the attack of many heavy descriptions at once: some are answered, some told to come back."""
    options = {
        "statuses": (200, 422, 503),
        "seconds": 15.0,
        "at_once": count,
        "beside": {_PAGE: 0.5, _HEALTH: 0.2, _READY: 2.0},
        **more,
    }
    return Attack(path, heavy, "application/json", **options)  # type: ignore[arg-type]  # each option has the type of its field


def lines(number: int) -> str:
    """Return a batch of heavy descriptions."""
    return "\n".join(heavy(number * 100 + n) for n in range(50))


ATTACKS = {
    "40 heavy validations": crowd("/validate", 40),
    "40 heavy assessments": crowd("/assess", 40),
    "80 heavy checks": crowd("/check", 80),
    "20 batches of heavy lines": Attack(
        "/validate",
        lines,
        "application/x-ndjson",
        statuses=(200, 503),
        seconds=45.0,
        at_once=20,
        beside={_PAGE: 0.5, _HEALTH: 0.2, _READY: 2.0},
    ),
    "16 assessments left alone": crowd("/assess", 16, statuses=(0,), leaves_after=0.5, seconds=2.0),
}
