"""Graphs put into another engine by the Graph Store Protocol, a part at a time.

Triples with blank nodes go together: sent in two parts, one blank node would become two.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable
from http.client import HTTPException
from urllib.parse import quote

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.store.sparql.remote.remote_engine import RemoteEngine, engine_response, failure_reason

_PART = 50_000  # triples
_SECONDS = 600
_SHOWN = 200  # characters of what an engine says


def require_graph_store(engine: RemoteEngine) -> str:
    """Return where an engine takes graphs; raises UnusableInput where that is not known."""
    if engine.graph_store:
        return engine.graph_store
    raise UnusableInput(
        message(
            "{endpoint}: where this engine takes graphs is not known. Name it: "
            "MONTAGES_ENDPOINT_GRAPH_STORE (Fuseki: …/data; GraphDB: …/rdf-graphs/service; "
            "Oxigraph: …/store).",
            endpoint=engine.endpoint,
        )
    )


def replace_graph(engine: RemoteEngine, name: str, content: bytes) -> None:
    """Put a graph, as N-Triples, in the place of what an engine has under its name; raises UnusableInput."""
    _send(engine, name, "PUT", content)


def add_quads(engine: RemoteEngine, quads: Iterable[ox.Quad], graph: str) -> dict[str, int]:
    """Add quads to the graphs of an engine, those of no graph to `graph`; return how many went to each.

    Raises UnusableInput: what was sent before is there, and sending it again does no harm but to blank nodes.
    """
    counts: dict[str, int] = {}
    parts: dict[tuple[bool, str], list[ox.Triple]] = {}
    for quad in quads:
        place = quad.graph_name
        name = graph if isinstance(place, ox.DefaultGraph) else place.value
        triple = ox.Triple(quad.subject, quad.predicate, quad.object)
        has_blank_node = any(isinstance(term, ox.BlankNode) for term in triple)
        part = parts.setdefault((has_blank_node, name), [])
        part.append(triple)
        counts[name] = counts.get(name, 0) + 1
        if not has_blank_node and len(part) >= _PART:
            _send(engine, name, "POST", _ntriples(part))
            part.clear()
    for (_, name), part in sorted(parts.items(), key=lambda item: item[0][0]):
        if part:
            _send(engine, name, "POST", _ntriples(part))
    return counts


def _ntriples(triples: list[ox.Triple]) -> bytes:
    content = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(content, bytes)
    return content


def _send(engine: RemoteEngine, name: str, method: str, content: bytes) -> None:
    address = f"{require_graph_store(engine)}?graph={quote(name, safe='')}"
    request = urllib.request.Request(  # noqa: S310  # http or https, as checked
        address,
        content,
        {"Content-Type": "application/n-triples", "User-Agent": "Montages"},
        method=method,
    )
    try:
        engine_response(engine, request, _SECONDS).close()
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(engine, name, error) from error
    except (OSError, HTTPException) as error:
        raise UnusableInput(
            message(
                "{graph_store}: the engine does not answer ({reason}).",
                graph_store=engine.graph_store,
                reason=failure_reason(error),
            )
        ) from error


def _refused(engine: RemoteEngine, name: str, error: urllib.error.HTTPError) -> UnusableInput:
    reply = " ".join(error.read(2000).decode("utf-8", "replace").split())
    reply = f"HTTP {error.code}" + ("" if "<" in reply or not reply else f" : {reply[:_SHOWN]}")
    if error.code in (401, 403):
        hint = message("MONTAGES_ENDPOINT_USER and MONTAGES_ENDPOINT_PASSWORD_FILE say who writes.")
    else:
        hint = message("Is MONTAGES_ENDPOINT_GRAPH_STORE where it takes graphs?")
    return UnusableInput(
        message(
            "{graph_store}: the engine refuses the graph <{name}> ({reply}). {hint}",
            graph_store=engine.graph_store,
            name=name,
            reply=reply,
            hint=hint,
        )
    )
