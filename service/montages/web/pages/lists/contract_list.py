"""The list of contracts, by what one wants: each with its picture; what goes with them stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rdflib import SKOS

from montages.names import MTG, PREFIXES
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.lists.list_items import Item, contract_items, procedure_items
from montages.web.pages.page_context import PageContext

_AIMS = PREFIXES["scheme"]["aim"]


@dataclass(frozen=True)
class AimedContracts:
    """What one wants, and the contracts that serve it, in the order of the data."""

    aim: GraphNode
    contracts: Sequence[GraphNode]


def contract_list(context: PageContext) -> dict[str, Any]:
    """Return the contracts by what one wants, and all the rest by its kind."""
    aims = GraphNode(_AIMS, context).nodes_from(SKOS.inScheme)
    by_aim = [AimedContracts(aim, aim.nodes_from(MTG.servesAim)) for aim in aims]
    listed = {contract.iri for group in by_aim for contract in group.contracts}
    groups: dict[str, list[Item]] = {}
    for item in (*procedure_items(context), *contract_items(context)):
        if item.iri not in listed:
            groups.setdefault(item.group, []).append(item)
    return {"by_aim": by_aim, "groups": groups}
