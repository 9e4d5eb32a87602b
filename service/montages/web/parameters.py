"""What a request says besides its body: parameters, language, syntax. What is unknown is refused."""

from __future__ import annotations

from typing import Any

from flask import request

from montages.decision.day import read_day
from montages.decision.keys import nearest
from montages.decision.parse import MEDIA_TYPES
from montages.errors import MontagesError, UnreadableInput

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": True}


class UnsupportedSyntax(MontagesError):
    """The body is in a syntax that no parser here reads."""

    status = 415
    slug = "unsupported-syntax"
    title = {"fr": "Syntaxe non prise en charge", "en": "Unsupported syntax"}


def parameters(*known: str) -> dict[str, Any]:
    """Return the parameters of the request, `as_of` as a date; raises UnreadableInput for an unknown one."""
    for name in request.args:
        if name not in known:
            close, listed = nearest(name, known), ", ".join(known)
            hint_fr = f" Vouliez-vous « {close} » ?" if close else ""
            hint_en = f" Did you mean “{close}”?" if close else ""
            raise UnreadableInput(
                f"Paramètre inconnu : {name}.{hint_fr} Paramètres acceptés : {listed}.",
                f"Unknown parameter: {name}.{hint_en} Parameters accepted: {listed}.",
                accepted=list(known),
            )
    given: dict[str, Any] = dict(request.args)
    if "as_of" in given:
        given["as_of"] = read_day(given["as_of"])
    if given.get("lang", "fr") not in ("fr", "en"):
        raise UnreadableInput("lang : fr ou en.", "lang: fr or en.", accepted=["fr", "en"])
    return given


def flag(name: str) -> bool:
    """Return a yes-or-no parameter, no by default; raises UnreadableInput for another value."""
    value = request.args.get(name, "0").lower()
    if value not in _FLAGS:
        raise UnreadableInput(f"{name} : 1 ou 0.", f"{name}: 1 or 0.", accepted=["1", "0"])
    return _FLAGS[value]


def lang() -> str:
    """Return the language to answer in: that of the parameter, else of the reader, else French."""
    asked = request.args.get("lang")
    if asked in ("fr", "en"):
        return asked
    # By primary tag: someone who reads fr-FR first reads French.
    for tag, quality in request.accept_languages:
        primary = tag.partition("-")[0].lower()
        if quality > 0 and primary in ("fr", "en"):
            return primary
    return "fr"


def syntax() -> str:
    """Return the syntax of the body by its Content-Type; raises UnsupportedSyntax if none reads it."""
    if request.mimetype in MEDIA_TYPES:
        return MEDIA_TYPES[request.mimetype]
    listed = ", ".join(MEDIA_TYPES)
    given = request.mimetype or "-"
    raise UnsupportedSyntax(
        f"Content-Type non pris en charge : {given}. Acceptés : {listed}.",
        f"Unsupported Content-Type: {given}. Accepted: {listed}.",
        accepted=list(MEDIA_TYPES),
    )
