"""The request form of the European test bed's validator where another is read: told which door takes it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from montages.door_errors import EuropeanForm

DOOR = "/shacl/montages/api/validate"
# Its fields, and what says the same here.
_FIELDS = {
    "contentToValidate": "body",
    "contentSyntax": "Content-Type",
    "embeddingMethod": '{"url": "https://…"}',
    "validationType": "?shapes=",
    "reportSyntax": "Accept",
    "locale": "?lang=",
    "externalRules": "",
    "loadImports": "",
    "contentQuery": "",
    "contentQueryEndpoint": "",
    "reportQuery": "",
    "addInputToReport": "",
    "addShapesToReport": "",
    "addRdfReportToReport": "",
    "rdfReportSyntax": "Accept",
}
_FIELD = re.compile(rb'"(%s)"\s*:' % "|".join(_FIELDS).encode())
_START = re.compile(rb'[\s\[{]*"(?:%s)"\s*:' % "|".join(_FIELDS).encode())
_ITS_OWN = (b'"contentToValidate"', b'"contentQuery"')


def refuse_european_form(body: bytes) -> None:
    """Raise EuropeanForm for a JSON body that is such a request, or a list of them."""
    if _START.match(body) and any(name in body for name in _ITS_OWN):
        names = [match.decode() for match in _FIELD.findall(body[:20_000] + body[-2_000:])]
        raise european_form(dict.fromkeys(names))


def european_form(fields: Iterable[str]) -> EuropeanForm:
    """Return the error of a body with some fields of that request."""
    instead = {name: _FIELDS[name] for name in fields if _FIELDS.get(name)}
    pairs = ", ".join(f"{name} → {place}" for name, place in instead.items())
    return EuropeanForm(
        "Ce corps est une demande au validateur du banc d'essai européen (ITB) : envoyez-la, en JSON, à "
        f"{DOOR}. Ou envoyez ici le texte lui-même comme corps, avec son Content-Type ; le format du "
        f"rapport par Accept. Champ par champ : {pairs}.",
        "This body is a request to the validator of the European test bed (ITB): send it, as JSON, to "
        f"{DOOR}. Or send the text itself here as the body, with its Content-Type; the format of the "
        f"report by Accept. Field by field: {pairs}.",
        instead=instead,
        door=DOOR,
    )
