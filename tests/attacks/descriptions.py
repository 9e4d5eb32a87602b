"""Descriptions that are no descriptions: each is refused in words, in no time."""

from __future__ import annotations

from attacks.attack import Attack

TURTLE, JSON, LD, YAML, XML, CSV, LINES = (
    "text/turtle", "application/json", "application/ld+json", "application/yaml", "application/rdf+xml",
    "text/csv", "application/x-ndjson",
)  # fmt: skip
RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/">'
MANY = " ".join(f'e:a{n}="x"' for n in range(40_000))
FORM = "multipart/form-data; boundary=x"
ANY = (200, 400, 413, 415, 422)


def posts(body: str | bytes, media: str, *statuses: int, path: str = "/validate") -> Attack:
    """Return the attack of one description."""
    return Attack(path, lambda _: body, media, statuses=statuses or (400,))


def part(head: str, body: str = "") -> str:
    """Return a form of one part."""
    return f"--x\r\nContent-Disposition: form-data; {head}\r\n\r\n{body}\r\n--x--\r\n"


ATTACKS = {
    # YAML
    "yaml: a tag that runs code": posts("!!python/object/apply:os.system ['id']", YAML),
    "yaml: a tag that makes a name": posts("project: !!python/name:os.system", YAML),
    "yaml: an alias of itself": posts("project: &a [*a]", YAML),
    "yaml: an alias of nothing": posts("project: *nothing", YAML),
    "yaml: merges of merges": posts("a: &a {x: 1}\nb: &b {<<: [" + ", ".join(["*a"] * 2000) + "]}\nproject: x", YAML, *ANY),
    "yaml: the same key twice": posts("project: a\nproject: b", YAML, *ANY),
    "yaml: many documents": posts("---\nproject: x\n" * 5000, YAML, *ANY),
    "yaml: a binary": posts("project: !!binary " + "A" * 40_000, YAML, *ANY),
    "yaml: numbers in base 60": posts("project: x\nanswers: {duration-months: " + "1:" * 5000 + "1}", YAML, *ANY),
    "yaml: a key that is a list": posts("? [a, b]\n: c\nproject: x", YAML, *ANY),
    "yaml: a date that is none": posts("project: 2026-99-99", YAML, *ANY),
    "yaml: infinity": posts("project: x\nanswers: {duration-months: .inf}", YAML, *ANY),
    "yaml: a directive": posts("%YAML 9.9\n---\nproject: x", YAML, *ANY),
    "yaml: a number of 100 kB": posts("project: x\nanswers: {duration-months: " + "9" * 99_000 + "}", YAML, *ANY),
    "yaml: indents": posts("\n".join(" " * n + "a:" for n in range(400)), YAML, *ANY),
    "yaml: a mark that turns a name round": posts('project: "a\\u202Eb"', YAML, *ANY),
    "yaml: an error after 90 kB": posts("project: a\n" + "a: [b, c]\n" * 9000 + "x: [", YAML),
    # JSON
    "json: not a number": posts('{"project": "x", "answers": {"duration-months": NaN}}', JSON, *ANY),
    "json: the same key twice": posts('{"project": "a", "project": "b"}', JSON, *ANY),
    "json: a lone surrogate": posts('{"project": "\\ud800"}', JSON, *ANY),
    "json: a NUL in a name": posts('{"project": "a\\u0000b"}', JSON, *ANY),
    "json: a list": posts("[1, 2]", JSON, *ANY),
    "json: null": posts("null", JSON, *ANY),
    "json: keys of Python": posts('{"project": "x", "__class__": {"__init__": 1}}', JSON, *ANY),
    "json-ld: a context elsewhere": posts('{"@context": "http://127.0.0.1:9/"}', LD, *ANY),
    "json-ld: a context in a file": posts('{"@context": "file:///etc/passwd"}', LD, *ANY),
    "json-ld: a context in itself": posts('{"@context": {"@import": "http://127.0.0.1:9/"}}', LD, *ANY),
    "json-ld: a term that is itself": posts('{"@context": {"a": "a:b"}, "a:b": 1}', LD, *ANY),
    "json-ld: graphs in graphs": posts('{"@graph": [' * 40 + "]}" * 40, LD, *ANY),
    # RDF
    "turtle: 80,000 signs that begin": posts("<<" * 40_000, TURTLE),
    "turtle: a remark of signs that begin": posts("#" + "<<" * 40_000 + "\n", TURTLE, *ANY),
    "xml: a start tag of 4 MB": posts(f'{RDF}<e:a e:b="{"x" * 4_000_000}"/></rdf:RDF>', XML, 413),
    "xml: blanks of 4 MB in a start tag": posts(f"{RDF}<e:a {' ' * 4_000_000}/></rdf:RDF>", XML, *ANY),
    "xml: 40,000 attributes": posts(f"{RDF}<e:a {MANY}/></rdf:RDF>", XML, 413),
    "xml: utf-7": posts(f'<?xml version="1.0" encoding="utf-7"?>{RDF}</rdf:RDF>', XML),
    "xml: utf-16 that is utf-8": posts(f'<?xml version="1.0" encoding="utf-16"?>{RDF}</rdf:RDF>', XML),
    "xml: an encoding nobody knows": posts(f'<?xml version="1.0" encoding="{"x" * 5000}"?>{RDF}</rdf:RDF>', XML),
    "xml: a file": posts('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + RDF + "&b;</rdf:RDF>", XML),
    "xml: an inclusion": posts(RDF + '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd"/></rdf:RDF>', XML, *ANY),
    "xml: a base elsewhere": posts(RDF.replace(">", ' xml:base="http://127.0.0.1:9/">') + '<e:a rdf:about="b"/></rdf:RDF>', XML, *ANY),
    "turtle: a base without end": posts("@base <a/i/> .\n" * 100_000 + "<a> <b> <c> .", TURTLE, *ANY),
    "turtle: an IRI of a file": posts("<file:///etc/passwd> <b:c> <file:///etc/shadow> .", TURTLE, *ANY),
    "turtle: an IRI with a space": posts("<a b> <c:d> 1 .", TURTLE, *ANY),
    "turtle: a NUL": posts(b"<a> <b:c> 'x\x00' .", TURTLE),
    "turtle: a mark that turns a name round": posts('<a> a <https://w3id.org/montages/def/Project> ; <http://www.w3.org/2000/01/rdf-schema#label> "a\\u202Eb"@fr .', TURTLE, *ANY),
    "turtle: shapes of their own": posts("@prefix sh: <http://www.w3.org/ns/shacl#> . <a> a sh:NodeShape ; sh:targetClass <b> ; sh:select 'x' .", TURTLE, *ANY),
    "turtle: imports": posts("<a> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x> .", TURTLE, *ANY),
    "turtle: rules of its own": posts("@prefix m: <https://w3id.org/montages/def/> . @prefix c: <https://w3id.org/montages/id/contract/> . c:mpgp a m:Project .", TURTLE, *ANY),
    # tables and lines
    "csv: formulas": posts("projet\n=cmd|' /C calc'!A0\n", CSV, *ANY),
    "csv: NUL": posts("projet\na\x00b\n", CSV, *ANY),
    "csv: the same column twice": posts("projet,projet\na,b\n", CSV, *ANY),
    "csv: no column known": posts("a,b\n1,2\n", CSV, *ANY),
    "lines: bare CR": posts("{}\r" * 50_000, LINES, *ANY),
    "lines: separators of Unicode": posts("{}\u2028" * 5000, LINES, *ANY),
    "lines: no JSON": posts("{\n" * 900, LINES, *ANY),
    # forms and types
    "a type nobody knows": posts("x", "application/x-evil", 415),
    "a type of 7 kB": posts("x", "text/" + "a" * 7000, 400, 415),
    "a charset nobody knows": posts("project: x", "application/yaml; charset=klingon", *ANY),
    "a form without a boundary": posts("x", "multipart/form-data", *ANY),
    "a form never closed": posts("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + "a" * 1000, FORM, *ANY),
    "a form of 2,000 parts": posts('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n\r\n' * 2000 + "--x--", FORM, *ANY),
    "a form with a part's head of 100 kB": posts(part('name="text"; x="' + "a" * 100_000 + '"'), FORM, *ANY),
    "a file named up and up": posts(part('name="file"; filename="../../../etc/passwd"', "project: x"), FORM, *ANY),
    "a form with a bomb in its file": posts(part('name="file"; filename="a.yaml"', "- " * 100_000), FORM, *ANY),
    "fields without end": posts("&".join(["a=b"] * 50_000), "application/x-www-form-urlencoded", *ANY),
    "gzip that says so": Attack("/validate", lambda _: b"\x1f\x8b" + b"\x00" * 1000, TURTLE, headers={"Content-Encoding": "gzip"}),
    # other addresses
    "assess: an unknown key of 100 kB": posts("project: x\n" + "k" * 90_000 + ": 1", YAML, *ANY, path="/assess"),
    "assess: a file elsewhere": posts('{"project": "x", "url": "http://127.0.0.1:9/"}', JSON, *ANY, path="/assess"),
    "check: empty": posts("", YAML, 400, path="/check"),
    "validate: an address within": posts("url=http://127.0.0.1:9/", "application/x-www-form-urlencoded", 400, 403, 422),
    "validate: an address of metadata": posts("url=http://169.254.169.254/", "application/x-www-form-urlencoded", 400, 403, 422),
    "validate: an address of a file": posts("url=file:///etc/passwd", "application/x-www-form-urlencoded", 400, 403, 422),
}  # fmt: skip
