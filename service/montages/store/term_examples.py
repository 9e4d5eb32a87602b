"""How a term is used, for those who describe a project: a statement of a real project or of a panel case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from rdflib import RDF, SKOS, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.knowledge.description_keys import answer_keys
from montages.knowledge.files import library
from montages.knowledge.graphs import new_graph
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.names import BASE, MTG, PROJECT, compact, slug

_NAMES = new_graph().namespace_manager


def add_examples(graph: Graph) -> None:
    """Add to the terms that a graph defines how a real project, else a case of the panel, uses them."""
    for term, example in _examples().items():
        if term.startswith(MTG) and (term, RDF.type, None) in graph:
            graph.add((term, SKOS.example, Literal(example)))


@cache
def _examples() -> dict[URIRef, str]:
    """Return the first use of each term."""
    examples: dict[URIRef, str] = {}
    for term, example in (*_of_projects(), *_of_trees()):
        examples.setdefault(term, example)
    return examples


def _of_projects() -> Iterator[tuple[URIRef, str]]:
    """Yield each term that a real project uses: an answer by its key, another with its statement."""
    key_of = {rulebook().criteria[slug].answer_path: key for key, slug in answer_keys().items()}
    for project, path in library.projects().items():
        if path.suffix != ".ttl":
            continue
        graph = library.parsed(path)
        for subject, predicate, thing in sorted(graph):
            if not isinstance(predicate, URIRef) or isinstance(thing, BNode):
                continue
            if not str(subject).startswith(PROJECT):
                continue
            of = f"<{str(subject).removeprefix(PROJECT)}>"
            if predicate in key_of:
                yield predicate, f"{key_of[predicate]}: {slug(str(thing))}  # project {project}"
            elif predicate == RDF.type and isinstance(thing, URIRef):
                yield thing, f"{of} a {compact(str(thing))} ."
            else:
                yield predicate, f"{of} {compact(predicate)} {_written(thing)} ."


def _written(node: Node) -> str:
    """Return a value in Turtle; a part of the project by its fragment."""
    if isinstance(node, URIRef):
        return f"<{node.removeprefix(PROJECT)}>" if "#" in node else compact(node)
    return str(node.n3(_NAMES))


def _of_trees() -> Iterator[tuple[URIRef, str]]:
    """Yield the property of each answer that a case of the panel or an example gives, by its key."""
    criteria, keys = rulebook().criteria, answer_keys()
    trees = {str(case.iri).removeprefix(BASE): case.tree for case in panel()}
    for name, path in library.projects().items():
        if path.suffix in (".yaml", ".yml"):
            trees[f"example {name}"] = library.own_yaml(path.read_text("utf-8"))
    for name, tree in trees.items():
        for key, value in dict(tree.get("answers") or {}).items():
            if key in keys:
                values = value if isinstance(value, list) else [value]
                written = ", ".join(
                    "yes" if v is True else "no" if v is False else str(v) for v in values
                )
                yield criteria[keys[key]].answer_path, f"{key}: {written}  # {name}"
