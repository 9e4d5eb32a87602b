"""Bodies that are small to send and large to read: each is made when it is wanted, none is stored."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass

MTG = "https://w3id.org/montages/def/"
HEAD = f"@prefix mtg: <{MTG}> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n<a> a mtg:Project .\n"
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
SIZE = 4_900_000
TURTLE, JSON, LD, YAML, XML, NT, CSV, LINES = (
    "text/turtle", "application/json", "application/ld+json", "application/yaml", "application/rdf+xml",
    "application/n-triples", "text/csv", "application/x-ndjson",
)  # fmt: skip


@dataclass(frozen=True)
class Bomb:
    """A body, its media type, and the statuses with which it may be refused."""

    media: str
    make: Callable[[], str]
    statuses: tuple[int, ...] = (413,)


def filled(unit: str) -> str:
    """Return as many copies of a text as fit into the size limit."""
    return unit * (SIZE // len(unit.encode()))


def laughs() -> str:
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(12)
    )
    return f"<?xml version='1.0'?><!DOCTYPE r [{entities}]>{RDF}<rdf:Description e:p='&l11;'/></rdf:RDF>"


def aliases() -> str:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    return "\n".join(lines)


def circles(count: int) -> str:
    return HEAD + "".join(f"_:a{n} <x:y> _:b{n} . _:b{n} <x:y> _:a{n} .\n" for n in range(count))


def every_to_every(count: int) -> str:
    return HEAD + "".join(f"_:a{i} <x:y> _:b{j} .\n" for i in range(count) for j in range(count))


def contexts() -> str:
    words = ",".join(f'"t{n}":"http://e/{n}"' for n in range(50_000))
    nodes = ",".join('{"@context":{"a":"http://b/"},"a":1}' for _ in range(50_000))
    return f'{{"@context":{{"@vocab":"http://e/",{words}}},"@graph":[{nodes}]}}'


def perimeters(count: int) -> str:
    names = [f"p{n}" for n in range(count)]
    layers = ("iot-network", "objects", "storage", "data-processing", "business-portal")
    return json.dumps(
        {
            "project": "X",
            "holder": "Commune",
            "perimeters": {name: {} for name in names},
            "layers": [{"layer": layer, "mode": "own", "perimeter": names} for layer in layers],
        }
    )


BOMBS: dict[str, Bomb] = {
    # entities and declarations
    "xml entities": Bomb(XML, laughs, (400,)),
    "xml external entity": Bomb(
        XML, lambda: f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{RDF}&x;</rdf:RDF>', (400,)
    ),
    # nesting
    "deep json": Bomb(JSON, lambda: '{"project":' + "[" * 2_000_000 + "]" * 2_000_000 + "}"),
    "deep json, never closed": Bomb(JSON, lambda: "[" * 4_000_000),
    "deep json objects": Bomb(JSON, lambda: '{"a":' * 500_000 + "1" + "}" * 500_000),
    "deep json within the count": Bomb(JSON, lambda: '{"a":' * 900 + "1" + "}" * 900, (413, 422)),
    "deep json-ld": Bomb(LD, lambda: '{"@id":"a","http://e/p":' * 5000 + "1" + "}" * 5000),
    "deep yaml": Bomb(YAML, lambda: "[" * 2_000_000, (400, 413)),
    "deep yaml blocks": Bomb(YAML, lambda: "\n".join(" " * n + "a:" for n in range(2000))),
    "deep yaml dashes": Bomb(YAML, lambda: "- " * 1_000_000),
    "deep turtle": Bomb(TURTLE, lambda: HEAD + "<a> <x:y> " + "[<x:y> " * 300_000 + "1" + "]" * 300_000 + "."),
    "deep turtle within the count": Bomb(TURTLE, lambda: HEAD + "<a> <x:y> " + "[<x:y> " * 9000 + "1" + "]" * 9000 + "."),
    "deep turtle lists": Bomb(TURTLE, lambda: HEAD + "<a> <x:y> " + "(" * 9000 + "1" + ")" * 9000 + "."),
    "deep turtle of RDF 1.2": Bomb(TURTLE, lambda: HEAD + "# version\n<a> <x:y> " + "(" * 9000 + "1" + ")" * 9000 + "."),
    "deep xml": Bomb(XML, lambda: RDF + "<rdf:Description><e:p>" * 50_000 + "</e:p></rdf:Description>" * 50_000 + "</rdf:RDF>"),
    "deep xml collections": Bomb(
        XML, lambda: RDF + '<rdf:Description><e:p rdf:parseType="Collection">' * 30_000
        + "</e:p></rdf:Description>" * 30_000 + "</rdf:RDF>",
    ),
    # how much
    "a million blank nodes in turtle": Bomb(TURTLE, lambda: HEAD + filled("[]<x:y>[].")),
    "a million labelled blank nodes": Bomb(NT, lambda: filled("_:a <x:y> _:b .\n") + filled("_:c <x:y> _:d .\n")[:9], (413,)),
    "a million blank nodes in n-triples": Bomb(NT, lambda: "".join(f"_:b{n} <x:y> _:c{n} .\n" for n in range(180_000))),
    "a million blank nodes in xml": Bomb(XML, lambda: RDF + filled("<rdf:Description/>")[:-40] + "</rdf:RDF>"),
    "a million blank nodes in json-ld": Bomb(LD, lambda: '{"@context":{"@vocab":"http://e/"},"@graph":[' + filled('{"a":{}},') + "{}]}"),
    "a million keys in json": Bomb(JSON, lambda: '{"project":"x",' + ",".join(f'"k{n}":1' for n in range(380_000)) + "}"),
    "a million keys in yaml": Bomb(YAML, lambda: "project: x\n" + "".join(f"k{n}: v\n" for n in range(380_000))),
    "a million items in yaml": Bomb(YAML, lambda: "project: x\nusages:\n" + filled("- a\n")),
    "a million values in turtle": Bomb(TURTLE, lambda: HEAD + "<a> <x:y> " + ",".join(map(str, range(600_000))) + " ."),
    "a list of a million": Bomb(TURTLE, lambda: HEAD + "<a> <x:y> (" + filled("1 ")[: -200] + ")."),
    "many projects": Bomb(TURTLE, lambda: HEAD + "".join(f"<p{n}> a mtg:Project ." for n in range(15_000))),
    "many layers and perimeters": Bomb(JSON, lambda: perimeters(300), (200,)),
    "ten thousand layers": Bomb(YAML, lambda: "project: x\nholder: Commune\nlayers:\n" + "- {layer: objects, mode: own}\n" * 10_000),
    "six thousand layer uses": Bomb(TURTLE, lambda: HEAD + "".join(f"<a> mtg:hasLayerUse <u{n}> . <u{n}> a mtg:LayerUse .\n" for n in range(6000))),
    "unknown properties": Bomb(TURTLE, lambda: HEAD + "".join(f"<a> mtg:unknown{n} 1 .\n" for n in range(18_000))),
    "unknown classes": Bomb(TURTLE, lambda: HEAD + "".join(f"<a> a mtg:Unknown{n} .\n" for n in range(18_000))),
    "unknown things": Bomb(TURTLE, lambda: HEAD + "".join(f"<a> mtg:usage <https://w3id.org/montages/id/usage/u{n}> .\n" for n in range(18_000))),
    "unknown keys": Bomb(YAML, lambda: "project: x\n" + "".join(f"key{n}: v\n" for n in range(19_000))),
    "unknown answers": Bomb(JSON, lambda: json.dumps({"project": "x", "answers": {f"key{n}": "v" for n in range(19_000)}})),
    "declared prefixes": Bomb(TURTLE, lambda: "".join(f"@prefix p{n}: <http://e/{n}/> .\n" for n in range(130_000)) + HEAD),
    "declared bases": Bomb(TURTLE, lambda: HEAD + "@base <a/i/> .\n" * 100_000 + "<a> a mtg:Project ."),
    "declared namespaces": Bomb(
        XML, lambda: RDF[:-1] + " " + " ".join(f'xmlns:n{n}="http://e/{n}/"' for n in range(150_000)) + "><rdf:Description/></rdf:RDF>"
    ),
    # one thing too long
    "huge literal in turtle": Bomb(TURTLE, lambda: f'{HEAD}<a> rdfs:label "{"x" * 4_500_000}"@fr .'),
    "huge literal in n-triples": Bomb(NT, lambda: f'<a:a> <b:b> "{"x" * 4_500_000}" .\n'),
    "huge literal in xml": Bomb(XML, lambda: f"{RDF}<rdf:Description><e:p>{'x' * 4_500_000}</e:p></rdf:Description></rdf:RDF>"),
    "huge attribute in xml": Bomb(XML, lambda: f"{RDF}<rdf:Description e:p='{'x' * 4_500_000}'/></rdf:RDF>"),
    "huge literal in json-ld": Bomb(LD, lambda: json.dumps({"@id": "a", "http://e/p": "x" * 4_500_000})),
    "huge literal in yaml": Bomb(YAML, lambda: "project: " + "x" * 4_500_000),
    "huge words in yaml": Bomb(YAML, lambda: "project: " + "x " * 2_200_000),
    "huge key in json": Bomb(JSON, lambda: json.dumps({"project": "x", "k" * 4_500_000: 1}), (200, 413)),
    "huge value in json": Bomb(JSON, lambda: json.dumps({"project": "x", "answers": {"agility": "x" * 4_500_000}}), (200, 413)),
    "huge name in turtle": Bomb(TURTLE, lambda: f"{HEAD}<a> <x:y> <http://e/{'x' * 4_500_000}> ."),
    "huge number in json": Bomb(JSON, lambda: '{"project":"x","answers":{"duration-months":' + "9" * 4_000_000 + "}}", (400,)),
    "huge exponent in json": Bomb(JSON, lambda: '{"project":"x","answers":{"duration-months":1e999999999}}', (200,)),
    "huge exponent in json-ld": Bomb(LD, lambda: '{"@id":"a","http://e/p":1e999999999}', (422,)),
    "huge exponent in turtle": Bomb(
        TURTLE, lambda: f'{HEAD}<a> mtg:durationMonths "1E+999999999"^^<http://www.w3.org/2001/XMLSchema#decimal> .', (200,)
    ),
    "html in a literal": Bomb(
        TURTLE, lambda: f'{HEAD}<a> rdfs:label "{"<b><i>" * 15_000}"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML> .', (200,)
    ),
    # what points elsewhere, or round in circles
    "remote context": Bomb(LD, lambda: '{"@context":"http://127.0.0.1:9/context","@id":"a"}', (400,)),
    "remote context in a term": Bomb(LD, lambda: '{"@context":{"a":{"@id":"http://e/","@context":"http://127.0.0.1:9/"}},"a":1}', (400,)),
    "contexts without end": Bomb(LD, contexts),
    "yaml aliases": Bomb(YAML, aliases, (400,)),
    "yaml tags": Bomb(YAML, lambda: "!!python/object/apply:os.system ['true']", (400,)),
    "blank nodes in circles": Bomb(TURTLE, lambda: circles(100), (422,)),
    "blank nodes all alike": Bomb(TURTLE, lambda: every_to_every(60), (422,)),
    # what slow patterns stumble over
    "colons in yaml": Bomb(YAML, lambda: "project: x\ndescription: " + ": " * 2_000_000, (400,)),
    "spaces in yaml": Bomb(YAML, lambda: "project:" + " " * 4_500_000 + "&", (400, 413)),
    "quotes in turtle": Bomb(TURTLE, lambda: HEAD + '<a> <x:y> """' + '"' * 4_000_000, (400, 413)),
    "backslashes in turtle": Bomb(TURTLE, lambda: HEAD + '<a> <x:y> "' + "\\\\" * 2_000_000, (400, 413)),
    "prefixes in turtle": Bomb(TURTLE, lambda: filled("@prefix a: <http://a/> .\n") + " oops"),
    "comments in turtle": Bomb(TURTLE, lambda: HEAD + filled("# version\n")[:-400] + " oops", (400,)),
    # tables
    "many columns in csv": Bomb(CSV, lambda: "projet" + ";" * 4_500_000),
    "many named columns in csv": Bomb(CSV, lambda: ";".join(["projet"] + [f"c{n}" for n in range(500_000)])),
    "many rows in csv": Bomb(CSV, lambda: "projet\n" + filled("a\n")[:-20], (413,)),
    "huge cell in csv": Bomb(CSV, lambda: "projet\n" + "x" * 4_500_000, (200, 413)),
    "huge quoted cell in csv": Bomb(CSV, lambda: 'projet\n"' + "x\n" * 2_200_000, (200, 413)),
    "many cells in csv": Bomb(CSV, lambda: "projet\na" + ";" * 4_500_000, (200, 413)),
    # lines
    "many lines": Bomb(LINES, lambda: filled("{}\n")),
    # what is no text at all
    "gzip": Bomb(TURTLE, lambda: gzip.compress(b" " * 50_000_000).decode("latin-1"), (400,)),
    "too large": Bomb(TURTLE, lambda: " " * 6_000_000),
    "nul bytes": Bomb(YAML, lambda: "\x00" * 4_000_000, (400,)),
}  # fmt: skip
