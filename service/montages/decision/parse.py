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

from montages.decision import keys, limits
from montages.decision.description import Description, single
from montages.decision.facts import from_graph
from montages.decision.json_tree import safe
from montages.decision.literals import tame
from montages.decision.naming import named
from montages.decision.normal import normal
from montages.decision.parser_words import french
from montages.decision.skim import skim
from montages.errors import UnreadableInput
from montages.knowledge.context import knows_project_keys
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
    limits.check_size(path.stat().st_size)
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
        text, syntax = json.dumps(safe(said)), "json-ld"
    return single(named_graph(text, syntax), places, project)


def named_graph(text: str, syntax: str) -> Graph:
    """Return the graph of an RDF text, its values in one form and its blank nodes named.

    JSON-LD comes safe (`json_tree.safe`). Raises UnreadableInput or TooLarge.
    """
    graph = _read(text, syntax)
    limits.check_triples(len(graph))
    return _named(_normal(graph))


def decode(source: bytes | str) -> str:
    """Return a source as text; raises TooLarge, or UnreadableInput for what is no text."""
    raw = source.encode() if isinstance(source, str) else source
    limits.check_size(len(raw))
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
    if not text or text.isspace():
        raise UnreadableInput(
            "Le fichier est vide. « montages new » écrit un modèle à remplir.",
            "The file is empty. “montages new” writes a template to fill in.",
        )
    return text


def _broken(syntax: str, line: int | None, column: int | None, detail: str) -> UnreadableInput:
    where_fr = f" ligne {line}, colonne {column}" if line else ""
    where_en = f" line {line}, column {column}" if line else ""
    return UnreadableInput(
        f"Erreur de syntaxe {syntax}{where_fr} : {french(detail)}",
        f"{syntax} syntax error{where_en}: {detail}",
        **({"line": line, "column": column} if line else {}),
    )


def tree(text: str, syntax: str) -> Any:
    """Return the tree of a JSON or YAML text; raises UnreadableInput with line and column, or TooLarge."""
    if syntax == "yaml":
        return keys.read_yaml(text, _broken)
    limits.check_marks(text)
    try:
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        limits.check_depth(found)
        return found
    except json.JSONDecodeError as error:
        raise _broken("JSON", error.lineno, error.colno, error.msg) from error
    except ValueError as error:  # a whole number that Python refuses to read
        raise _broken("JSON", None, None, "a number has too many digits") from error
    except RecursionError as error:
        raise limits.too_deep() from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return a JSON object; raises UnreadableInput for a key written twice: one value would be lost."""
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            raise _broken("JSON", None, None, f"duplicate key: {key}")
        seen[key] = value
    return seen


def _read(text: str, syntax: str) -> Graph:
    if syntax == "xml" and re.search(r"<!(DOCTYPE|ENTITY)", text):
        raise UnreadableInput(
            "Les déclarations DOCTYPE et ENTITY sont refusées dans le RDF/XML.",
            "DOCTYPE and ENTITY declarations are refused in RDF/XML.",
        )
    skim(text, syntax, _broken)
    tame()
    graph = Graph()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd literals are reported by the shapes
            graph.parse(data=text, format=syntax, publicID=str(PROJECT))
    except SAXParseException as error:
        at = (error.getLineNumber(), (error.getColumnNumber() or 0) + 1)
        raise _broken("RDF/XML", *at, error.getMessage()) from error
    except RecursionError as error:
        raise limits.too_deep() from error
    except Exception as error:
        line, column, detail = locate(error, text, syntax)
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


def locate(error: Exception, text: str, syntax: str) -> tuple[int | None, int | None, str]:
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
