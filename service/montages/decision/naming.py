"""Names for blank nodes, told by what is said of them: the same for the same content in any syntax."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from rdflib import RDF
from rdflib.compare import to_canonical_graph

from montages.decision.facts import BLANK, Facts, Term, from_graph
from montages.names import MTG, PROJECT

_TYPE, _PROJECT = str(RDF.type), str(MTG.Project)


def named(facts: Facts) -> Facts:
    """Return the facts with IRIs for blank nodes: fragments of the project, or a project's own name."""
    blank = _blank_nodes(facts)
    if not blank:
        return facts
    digests = _tree_digests(facts, blank)
    if digests is None:  # shared or circular: the general algorithm, a thousand times slower
        facts = from_graph(to_canonical_graph(facts.graph()))
        digests = {node: node[len(BLANK) :] for node in _blank_nodes(facts)}
    projects = sorted(s for s, p in facts.by_subject.items() if _PROJECT in p.get(_TYPE, ()))
    names = {node: f"{PROJECT}{digests[node][:12]}" for node in projects if node.startswith(BLANK)}
    root = next(
        iter(sorted(names.values()) or [p for p in projects if not p.startswith(BLANK)]),
        f"{PROJECT}anonymous",
    )
    for node, digest in digests.items():
        names.setdefault(node, f"{root}#{digest[:16]}")

    def name(term: Term) -> Term:
        return names.get(term, term) if isinstance(term, str) else term

    return Facts((names.get(s, s), p, name(o)) for s, p, o in facts)


def _blank_nodes(facts: Facts) -> set[str]:
    found = {s for s in facts.by_subject if s.startswith(BLANK)}
    return found | {o for _, _, o in facts if isinstance(o, str) and o.startswith(BLANK)}


def _tree_digests(facts: Facts, blank: set[str]) -> dict[str, str] | None:
    """Return a digest for each blank node of a forest, None where blank nodes are shared or circular."""
    holders: dict[str, tuple[str, str]] = {}
    for s, p, o in facts:
        if isinstance(o, str) and o in blank:
            if o in holders:
                return None
            holders[o] = (s, p)
    contents: dict[str, str] = {}
    tops = [node for node in blank if node not in holders or holders[node][0] not in blank]
    below = _below(facts, blank, tops)
    if len(below) != len(blank):
        return None  # what no top leads to goes round in circles
    for node in reversed(below):
        contents[node] = _digest(_lines(facts, node, contents))
    digests: dict[str, str] = {}
    alike: dict[str, int] = {}
    # Two nodes that say the same in the same place are told apart by a count: either may be the first.
    for node in below:
        holder, prop = holders.get(node, ("", ""))
        place = _digest((digests.get(holder, holder), prop, contents[node]))
        alike[place] = alike.get(place, 0) + 1
        digests[node] = _digest((place, str(alike[place])))
    return digests


def _below(facts: Facts, blank: set[str], tops: list[str]) -> list[str]:
    """Return the blank nodes under some of them, each after its holder."""
    found = list(tops)
    for node in found:
        for values in facts.by_subject.get(node, {}).values():
            found += [o for o in values if isinstance(o, str) and o in blank]
    return found


def _lines(facts: Facts, node: str, contents: dict[str, str]) -> Iterable[str]:
    return sorted(
        f"{p} {contents.get(o, o) if isinstance(o, str) else str(o)}"
        for p, values in facts.by_subject.get(node, {}).items()
        for o in values
    )


def _digest(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
