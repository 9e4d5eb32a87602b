"""Names for blank nodes, made from their content: the same for the same content in any syntax."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

from rdflib import RDF
from rdflib.compare import to_canonical_graph

from montages import settings
from montages.bilingual import message
from montages.description.facts import BLANK, Facts, Term, from_graph
from montages.description.limits import too_deep
from montages.errors import UnusableInput
from montages.names import MTG, PROJECT

# Of blank nodes that are shared or circular: how many in all, and how many that others look the same as.
_MOST_SHARED, _MOST_ALIKE = 200, 6
_TYPE, _REST, _PROJECT = str(RDF.type), str(RDF.rest), str(MTG.Project)

Holders = dict[str, list[tuple[str, str]]]


def name_blank_nodes(facts: Facts) -> Facts:
    """Return the facts with IRIs for blank nodes: fragments of the project, or a project's own name.

    Raises TooLarge for blank nodes nested deeper than the limit, UnusableInput for those that nothing tells
    apart.
    """
    holders = _holders(facts)
    if not holders:
        return facts
    digests = _tree_digests(facts, holders)
    if digests is None:  # shared or circular: the general algorithm, a thousand times slower
        _check_alike(facts, set(holders))
        facts = from_graph(to_canonical_graph(facts.graph()))
        holders = _holders(facts)
        digests = {node: node[len(BLANK) :] for node in holders}
    return _renamed(facts, holders, _names(facts, digests))


def blank_node_names(facts: Facts) -> dict[str, str]:
    """Return the names that `name_blank_nodes` gives; none where blank nodes are shared or circular."""
    digests = _tree_digests(facts, _holders(facts))
    return _names(facts, digests) if digests else {}


def _names(facts: Facts, digests: dict[str, str]) -> dict[str, str]:
    projects = sorted(s for s, p in facts.by_subject.items() if _PROJECT in p.get(_TYPE, ()))
    names = {node: f"{PROJECT}{digests[node][:12]}" for node in projects if node.startswith(BLANK)}
    root = next(
        iter(sorted(names.values()) or [p for p in projects if not p.startswith(BLANK)]),
        f"{PROJECT}anonymous",
    )
    for node, digest in digests.items():
        names.setdefault(node, f"{root}#{digest[:16]}")
    return names


def _holders(facts: Facts) -> Holders:
    """Return (subject, property) of the triples that lead to each blank node."""
    holders: Holders = {s: [] for s in facts.by_subject if s.startswith(BLANK)}
    for s, properties in facts.by_subject.items():
        for p, values in properties.items():
            for o in values:
                if isinstance(o, str) and o.startswith(BLANK):
                    holders.setdefault(o, []).append((s, p))
    return holders


def _renamed(facts: Facts, holders: Holders, names: Mapping[str, str]) -> Facts:
    """Return facts with other names for the nodes of `holders`; values without any are not copied."""
    if any(name in facts.by_subject for name in names.values()):  # taken already: both are one
        return Facts((names.get(s, s), p, _name(o, names)) for s, p, o in facts)
    renamed = Facts()
    for s, properties in facts.by_subject.items():
        renamed.by_subject[names.get(s, s)] = dict(properties)
    for s, p in {place for places in holders.values() for place in places}:
        values = renamed.by_subject[names.get(s, s)]
        values[p] = list(dict.fromkeys(_name(o, names) for o in values[p]))
    return renamed


def _name(term: Term, names: Mapping[str, str]) -> Term:
    return names.get(term, term) if isinstance(term, str) else term


def _check_alike(facts: Facts, blank: set[str]) -> None:
    """Refuse what the general algorithm may need for ever for: many blank nodes, or many alike.

    Nodes are alike when nothing around them, however far, tells them apart.
    """
    colours = dict.fromkeys(blank, "")
    links = [t for t in facts if t[0] in blank or (isinstance(t[2], str) and t[2] in blank)]
    if len(blank) <= _MOST_SHARED:
        for _ in blank:
            signatures = {node: [colours[node]] for node in blank}
            for s, p, o in links:
                if s in blank:
                    signatures[s].append(f"{p} {colours.get(o, o) if isinstance(o, str) else o}")
                if isinstance(o, str) and o in blank:
                    signatures[o].append(f"^{p} {colours.get(s, s)}")
            finer = {node: _digest(sorted(lines)) for node, lines in signatures.items()}
            stable = len(set(finer.values())) == len(set(colours.values()))
            colours = finer
            if stable:
                break
    alike = len(blank) - len(set(colours.values()))
    if len(blank) > _MOST_SHARED or alike > _MOST_ALIKE:
        raise UnusableInput(
            message(
                "Blank nodes refer to one another in a way that does not tell them apart: give "
                "them names (IRIs)."
            )
        )


def _tree_digests(facts: Facts, holders: Holders) -> dict[str, str] | None:
    """Return a digest for each blank node of a forest, None where blank nodes are shared or circular."""
    if any(len(places) > 1 for places in holders.values()):
        return None
    holder_of = {node: places[0] for node, places in holders.items() if places}
    contents: dict[str, str] = {}
    tops = [node for node in holders if node not in holder_of or holder_of[node][0] not in holders]
    nodes = _descendants(facts, tops)
    if len(nodes) != len(holders):
        return None  # what no top leads to goes round in circles
    deepest, depth = settings.number("max_depth"), dict.fromkeys(tops, 1)
    for node in nodes[len(tops) :]:
        holder, prop = holder_of[node]
        depth[node] = depth[holder] + (prop != _REST)  # a long list is not a deep one
        if depth[node] > deepest:
            raise too_deep()
    for node in reversed(nodes):
        contents[node] = _digest(_lines(facts, node, contents))
    digests: dict[str, str] = {}
    alike: dict[str, int] = {}
    # Two nodes with the same content in the same place are numbered: either may be the first.
    for node in nodes:
        holder, prop = holder_of.get(node, ("", ""))
        place = _digest((digests.get(holder, holder), prop, contents[node]))
        alike[place] = alike.get(place, 0) + 1
        digests[node] = _digest((place, str(alike[place])))
    return digests


def _descendants(facts: Facts, tops: list[str]) -> list[str]:
    """Return the blank nodes under some of them, each after its holder."""
    nodes = list(tops)
    for node in nodes:
        for values in facts.by_subject.get(node, {}).values():
            nodes += [o for o in values if isinstance(o, str) and o.startswith(BLANK)]
    return nodes


def _lines(facts: Facts, node: str, contents: dict[str, str]) -> Iterable[str]:
    return sorted(
        f"{p} {contents.get(o, o) if isinstance(o, str) else str(o)}"
        for p, values in facts.by_subject.get(node, {}).items()
        for o in values
    )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
