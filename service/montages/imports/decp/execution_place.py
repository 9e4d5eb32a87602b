"""The département where a contract is carried out, from the code of a place of whatever kind."""

from __future__ import annotations

from collections.abc import Mapping

from montages.imports.decp.field_values import FieldValues
from montages.knowledge.labels import plain_form

# Kinds of code whose head is the number of the département.
_HEADED = frozenset(
    {"code postal", "code commune", "code insee commune", "code arrondissement", "code canton"}
)
_WHOLE = frozenset({"code departement"})
_OVERSEAS = ("97", "98")
# Corsica has no number of its own in postal codes.
_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}


def departement(fields: FieldValues) -> str:
    """Return the number of the département, empty where the place is larger, or not told."""
    place = fields.tree.get("lieuExecution")
    if not isinstance(place, Mapping):
        return ""
    code = fields.text_of(place.get("code"), "lieuExecution/code").upper()
    kind = plain_form(fields.text_of(place.get("typeCode"), "lieuExecution/typeCode"))
    if kind in _WHOLE:
        return code.zfill(2)
    if kind not in _HEADED or not code:
        return ""
    if kind == "code postal":
        code = code.zfill(5)
        if code[:3] in _CORSICA:
            return _CORSICA[code[:3]]
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]
