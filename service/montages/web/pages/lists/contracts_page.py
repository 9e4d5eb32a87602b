"""The list of contracts, by what one wants: each with its picture; what goes with them stands apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rdflib import SKOS

from montages.bilingual import message
from montages.names import MTG, PREFIXES
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.list_forms import Pages
from montages.web.pages.lists.list_items import ListItem, contract_items, procedure_items
from montages.web.pages.page_context import PageContext

CONTRACTS, CONTRACT_TYPES = message("Contracts"), message("Contract types")
WHAT_THEY_ARE = message(
    "The contract types that can carry a project, and what goes with them: "
    "procedure, buying together, dedicated company."
)
_AIMS = PREFIXES["scheme"]["aim"]


@dataclass(frozen=True)
class AimedContracts:
    """What one wants, and the contracts that serve it, in the order of the data."""

    aim: GraphNode
    contracts: Sequence[GraphNode]


def contracts_page(context: PageContext) -> str:
    """Return the page: the contracts by what one wants, and all the rest by its kind."""
    aims = GraphNode(_AIMS, context).nodes_from(SKOS.inScheme)
    by_aim = [AimedContracts(aim, aim.nodes_from(MTG.servesAim)) for aim in aims]
    listed = {contract.iri for group in by_aim for contract in group.contracts}
    groups: dict[str, list[ListItem]] = {}
    items = contract_items(context)
    for item in (*procedure_items(context), *items):
        if item.iri not in listed:
            groups.setdefault(item.group, []).append(item)
    lang = context.lang
    return context.render(
        "contracts.html",
        title=CONTRACTS[lang],
        summary=WHAT_THEY_ARE[lang],
        total=sum(item.group == CONTRACT_TYPES[lang] for item in items),
        name="contracts",
        pages=Pages.of(0, 1),
        by_aim=by_aim,
        groups=groups,
    )
