"""The parameters and the language of a request; an unknown parameter is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import request

from montages.bilingual import message
from montages.description.dates import read_day
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import nearest_hint

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": True}


def parameters(*accepted: str) -> dict[str, Any]:
    """Return the parameters of the request, `as_of` as a date; raises UnreadableInput for an unknown one."""
    for name in request.args:
        if name not in accepted:
            hint, listed = nearest_hint(name, accepted), ", ".join(accepted)
            raise UnreadableInput(
                message(
                    "Unknown parameter: {name}.{hint} Parameters accepted: {listed}.",
                    name=name,
                    hint=hint,
                    listed=listed,
                ),
                accepted=list(accepted),
            )
    values: dict[str, Any] = dict(request.args)
    if "as_of" in values:
        values["as_of"] = read_day(values["as_of"])
    if values.get("lang", "fr") not in ("fr", "en"):
        raise UnreadableInput(message("lang: fr or en."), accepted=["fr", "en"])
    return values


def one_of(name: str, value: str, accepted: tuple[str, ...]) -> str:
    """Return a value that is among those accepted; raises UnreadableInput with the nearest."""
    if value in accepted:
        return value
    hint, listed, start = nearest_hint(value, accepted), ", ".join(accepted), value[:80]
    raise UnreadableInput(
        message(
            "{name}: {start} is not accepted.{hint} Values accepted: {listed}.",
            name=name,
            start=start,
            hint=hint,
            listed=listed,
        ),
        accepted=list(accepted),
    )


def asked_day() -> date | None:
    """Return the day that `as_of` asks for, None without it; raises UnreadableInput for what is no day."""
    text = request.args.get("as_of")
    return read_day(text) if text else None


def flag(name: str) -> bool:
    """Return a yes-or-no parameter, no by default; raises UnreadableInput for another value."""
    value = request.args.get(name, "0").lower()
    if value not in _FLAGS:
        raise UnreadableInput(message("{name}: 1 or 0.", name=name), accepted=["1", "0"])
    return _FLAGS[value]


def lang() -> str:
    """Return the language to answer in: that of the parameter, else of the reader, else French."""
    parameter = request.args.get("lang")
    if parameter in ("fr", "en"):
        return parameter
    # By primary tag: someone who reads fr-FR first reads French.
    for tag, quality in request.accept_languages:
        primary = tag.partition("-")[0].lower()
        if quality > 0 and primary in ("fr", "en"):
            return primary
    return "fr"
