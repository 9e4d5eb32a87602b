"""Read a project description: Turtle, JSON-LD, RDF/XML, N-Triples, or JSON and YAML by our keys."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.sax import SAXParseException

from rdflib import BNode, Graph, Literal

from montages import settings
from montages.decision import keys
from montages.decision.description import Description, single
from montages.decision.facts import from_graph
from montages.decision.naming import named
from montages.decision.normal import normal
from montages.errors import TooLarge, UnreadableInput
from montages.knowledge.context import context, knows_project_keys
from montages.names import PROJECT

MEDIA_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/json": "json",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
}
SUFFIXES = {
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".json": "json",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".nt": "nt",
    ".yaml": "yaml",
    ".yml": "yaml",
}


def parse_file(path: str | Path, project: str | None = None) -> Description:
    """Return the description in a file; its syntax is told by the file's ending.

    Raises UnreadableInput for a missing, empty, binary or broken file, TooLarge over the limits,
    UnusableInput for none or several projects.
    """
    path = Path(path)
    if not path.is_file():
        raise UnreadableInput(
            f"Fichier introuvable : {path}. Vérifiez le chemin ; « montages new » en crée un.",
            f"No such file: {path}. Check the path; “montages new” creates one.",
        )
    syntax = SUFFIXES.get(path.suffix.lower())
    if syntax is None:
        known = " ".join(SUFFIXES)
        raise UnreadableInput(
            f"{path.name} : extension inconnue. Extensions acceptées : {known}.",
            f"{path.name}: unknown ending. Accepted endings: {known}.",
        )
    _check_size(path.stat().st_size)
    try:
        source = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"{path.name} ne peut pas être lu : {error.strerror}.",
            f"{path.name} cannot be read: {error.strerror}.",
        ) from error
    return parse(source, syntax, project)


def parse(source: bytes | str, syntax: str = "turtle", project: str | None = None) -> Description:
    """Return the description in a text; `syntax` is turtle, json-ld, xml, nt, json or yaml.

    Relative IRIs resolve against `https://w3id.org/montages/id/project/` (R30). Raises as `parse_file`.
    """
    text = decode(source)
    places: dict[str, str] = {}
    if syntax in ("json", "yaml", "json-ld"):
        said = tree(text, syntax)
        if not isinstance(said, (dict, list)):
            raise UnreadableInput(
                "Il faut des paires clé : valeur, comme « project: Mon projet ».",
                "Key: value pairs are needed, such as “project: My project”.",
            )
        if isinstance(said, dict) and knows_project_keys(said):
            said, places = keys.to_json_ld(said)
        graph = _read(json.dumps(_safe(said)), "json-ld")
    else:
        graph = _read(text, syntax)
    check_triples(len(graph))
    return single(_named(_normal(graph)), places, project)


def check_triples(count: int) -> None:
    """Raise TooLarge for a description with more triples than the limit."""
    limit = settings.number("max_triples")
    if count > limit:
        raise TooLarge(
            f"Description trop volumineuse : {count} triplets, {limit} au plus.",
            f"Description too large: {count} triples, at most {limit}.",
        )


def _check_size(size: int) -> None:
    limit = settings.number("max_bytes")
    if size > limit:
        raise TooLarge(
            f"Fichier trop volumineux : {size} octets, {limit} au plus (réglage MONTAGES_MAX_BYTES).",
            f"File too large: {size} bytes, at most {limit} (setting MONTAGES_MAX_BYTES).",
        )


def decode(source: bytes | str) -> str:
    """Return a source as text; raises TooLarge, or UnreadableInput for what is no text."""
    raw = source.encode() if isinstance(source, str) else source
    _check_size(len(raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"Ce n'est pas du texte UTF-8 (octet {error.start}). Enregistrez le fichier en UTF-8.",
            f"This is not UTF-8 text (byte {error.start}). Save the file as UTF-8.",
        ) from error
    if "\x00" in text:
        raise UnreadableInput(
            "C'est un fichier binaire, pas une description de projet.",
            "This is a binary file, not a project description.",
        )
    if not text.strip():
        raise UnreadableInput(
            "Le fichier est vide. « montages new » écrit un modèle à remplir.",
            "The file is empty. “montages new” writes a template to fill in.",
        )
    return text


def _broken(syntax: str, line: int | None, column: int | None, detail: str) -> UnreadableInput:
    where_fr = f" ligne {line}, colonne {column}" if line else ""
    where_en = f" line {line}, column {column}" if line else ""
    return UnreadableInput(
        f"Erreur de syntaxe {syntax}{where_fr} : {detail}",
        f"{syntax} syntax error{where_en}: {detail}",
        **({"line": line, "column": column} if line else {}),
    )


def tree(text: str, syntax: str) -> Any:
    """Return the tree of a JSON or YAML text; raises UnreadableInput with line and column, or TooLarge."""
    if syntax == "yaml":
        return keys.read_yaml(text, _broken)
    try:
        return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise _broken("JSON", error.lineno, error.colno, error.msg) from error
    except RecursionError as error:
        raise _too_deep() from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; raises UnreadableInput for a key written twice: one value would be lost."""
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _broken("JSON", None, None, f"duplicate key: {key}")
        seen[key] = value
    return seen


def _too_deep() -> TooLarge:
    limit = settings.get("max_depth")
    return TooLarge(
        f"Structure trop imbriquée : {limit} niveaux au plus.",
        f"Nested too deeply: at most {limit} levels.",
    )


def _safe(tree: Any, depth: int = 0) -> Any:
    """Return a JSON tree whose contexts are ours or written out in full: none is ever fetched."""
    if depth > settings.number("max_depth"):
        raise _too_deep()
    if isinstance(tree, Decimal):
        return int(tree) if tree == tree.to_integral_value() else float(tree)
    if isinstance(tree, list):
        return [_safe(item, depth + 1) for item in tree]
    if isinstance(tree, dict):
        return {
            key: _contexts(value, depth + 1) if key == "@context" else _safe(value, depth + 1)
            for key, value in tree.items()
        }
    return tree


def _contexts(value: Any, depth: int) -> Any:
    given = value if isinstance(value, list) else [value]
    out = []
    for item in given:
        if isinstance(item, str):
            if item.rstrip("/").endswith(("montages/context.jsonld", "montages/context")):
                out.append(context()["@context"])
                continue
            raise UnreadableInput(
                f"Contexte JSON-LD distant refusé : {item}. Écrivez-le dans le fichier, ou utilisez "
                "https://w3id.org/montages/context.jsonld.",
                f"Remote JSON-LD context refused: {item}. Write it in the file, or use "
                "https://w3id.org/montages/context.jsonld.",
            )
        if isinstance(item, dict) and "@import" in item:
            raise UnreadableInput("@import est refusé.", "@import is refused.")
        # A term of a context may have a context of its own.
        out.append(_safe(item, depth))
    return out


def _read(text: str, syntax: str) -> Graph:
    if syntax == "xml" and re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise UnreadableInput(
            "Les déclarations DOCTYPE et ENTITY sont refusées dans le RDF/XML.",
            "DOCTYPE and ENTITY declarations are refused in RDF/XML.",
        )
    graph = Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd literals are reported by the shapes
            graph.parse(data=text, format=syntax, publicID=str(PROJECT))
    except SAXParseException as error:
        at = (error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        raise _broken("RDF/XML", *at, error.getMessage()) from error
    except RecursionError as error:
        raise _too_deep() from error
    except Exception as error:
        line, column, detail = _locate(error, text, syntax)
        raise _broken(syntax, line, column, detail) from error
    return graph


def _locate_line(text: str) -> tuple[int | None, int | None, str]:
    """Return the first line of N-Triples that cannot be read: the parser does not count lines."""
    for number, line in enumerate(text.split("\n"), 1):
        try:
            Graph().parse(data=line + "\n", format="nt")
        except Exception as error:  # noqa: BLE001  # rdflib raises what it likes
            found = re.search(r"Invalid line: (.+)", str(error))
            column = line.find(found[1]) + 1 if found else 1
            return number, max(column, 1), str(error).splitlines()[0]
    return None, None, "unreadable"


def _locate(error: Exception, text: str, syntax: str) -> tuple[int | None, int | None, str]:
    """Return line, column (from 1) and what is wrong, from the parsers' various exceptions."""
    if syntax == "nt":
        return _locate_line(text)
    if isinstance(error, IndexError):  # rdflib's notation3 reads past the end
        rows = text.split("\n")
        return len(rows), len(rows[-1]) + 1, "the text ends too early"
    lines = getattr(error, "lines", None)
    if lines is not None and hasattr(error, "_i"):  # rdflib's notation3 BadSyntax
        before = error._str[: error._i].decode("utf-8", "replace")  # type: ignore[attr-defined]  # private, yet the only place
        column = len(before) - (before.rfind("\n") + 1) + 1
        return before.count("\n") + 1, column, str(error._why)  # type: ignore[attr-defined]  # as above
    found = re.search(r"line (\d+)", str(error))
    if found:
        return int(found[1]), 1, str(error)
    bad = re.search(r"[\"'](.{4,40}?)[\"']", str(error))
    if bad and bad[1] in text:
        at = text.index(bad[1])
        return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1, str(error)
    return None, None, str(error).splitlines()[0] if str(error) else type(error).__name__


def _normal(graph: Graph) -> Graph:
    """Return the graph with one way of writing a value."""
    out = Graph()
    for s, p, o in graph:
        out.add((s, p, normal(o, str(p)) if isinstance(o, Literal) else o))
    return out


def _named(graph: Graph) -> Graph:
    """Return the graph with IRIs for blank nodes, the same for the same content in any syntax."""
    if not any(isinstance(n, BNode) for triple in graph for n in triple):
        return graph
    return named(from_graph(graph)).graph()


Broken = Callable[[str, int | None, int | None, str], UnreadableInput]
