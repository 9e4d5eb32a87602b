"""The address of a resource, read: its kind, its name, its language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from montages.errors import UnknownName
from montages.mcp.offered_resources import OFFERED, SCHEME, OfferedResource

_ADDRESS = re.compile(
    rf"{re.escape(SCHEME)}(?P<kind>[a-z-]+)(?:/(?P<name>[\w.-]+))?/?(?:\?lang=(?P<lang>fr|en))?",
    re.ASCII,
)
_LONGEST = 200
_BY_KIND = {offered.kind: offered for offered in OFFERED}


@dataclass(frozen=True)
class ResourceAddress:
    """What an address leads to: what is offered, by name where it has one, in a language or the server's."""

    offered: OfferedResource
    name: str
    lang: str | None


def read_resource_address(address: str) -> ResourceAddress:
    """Return what an address leads to; raises UnknownName, which lists what there is."""
    match = _ADDRESS.fullmatch(address) if len(address) <= _LONGEST else None
    offered = _BY_KIND.get(match["kind"]) if match else None
    if match is None or offered is None or offered.is_named != bool(match["name"]):
        raise _nothing_there(address)
    return ResourceAddress(offered, match["name"] or "", match["lang"])


def _nothing_there(address: str) -> UnknownName:
    known = ", ".join(each.template for each in OFFERED)
    return UnknownName(
        f"{address[:_LONGEST]} : aucune ressource. Ce qu'il y a : {known}.",
        f"{address[:_LONGEST]}: no resource. What there is: {known}.",
    )
