"""RDF/XML: one description a subject, blank nodes by their labels."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from rdflib import XSD, BNode, Literal
from rdflib.term import Node

from montages.names import VOCABULARIES
from montages.publish.syntax.prefixes import split
from montages.publish.syntax.statements import Statements

_NAME = re.compile(r"[^\W\d][\w.-]*$")
_MORE = {"\r": "&#13;"}


class _Names:
    """The element names of predicates, and the namespaces they need."""

    def __init__(self) -> None:
        self.used = {"rdf": VOCABULARIES["rdf"]}

    def of(self, predicate: str) -> str:
        parts = split(predicate)
        if parts and _NAME.match(parts[2]):
            prefix, namespace, local = parts
        else:
            match = _NAME.search(predicate)
            if match is None or not match.start():
                raise ValueError(f"XML has no name for {predicate}")
            namespace, local = predicate[: match.start()], match[0]
            prefixes = {n: p for p, n in self.used.items()}
            prefix = prefixes.get(namespace, f"ns{len(self.used)}")
        self.used[prefix] = namespace
        return f"{prefix}:{local}"


def write(content: Statements) -> str:
    """Return a graph as RDF/XML; raises ValueError for a predicate that it cannot write."""
    names, body = _Names(), []
    for subject, predicates in content.about.items():
        body.append(f"  <rdf:Description {_node(subject, content, 'rdf:about')}>\n")
        for predicate, objects in predicates.items():
            name = names.of(predicate)
            body += [f"    {_element(name, thing, content)}\n" for thing in objects]
        body.append("  </rdf:Description>\n")
    spaces = "".join(f"\n  xmlns:{p}={quoteattr(n)}" for p, n in sorted(names.used.items()))
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n'
    return head + "".join(body) + "</rdf:RDF>\n"


def _node(node: Node, content: Statements, attribute: str) -> str:
    if isinstance(node, BNode):
        return f'rdf:nodeID="{content.labels[node]}"'
    return f"{attribute}={quoteattr(str(node))}"


def _element(name: str, thing: Node, content: Statements) -> str:
    if not isinstance(thing, Literal):
        return f"<{name} {_node(thing, content, 'rdf:resource')}/>"
    kind = ""
    if thing.language:
        kind = f' xml:lang="{thing.language}"'
    elif thing.datatype and thing.datatype != XSD.string:
        kind = f" rdf:datatype={quoteattr(thing.datatype)}"
    return f"<{name}{kind}>{escape(thing, _MORE)}</{name}>"
