"""What the shapes look at in a description, as N-Triples for the compiled SHACL engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, XSD

from montages.decision.facts import Facts
from montages.decision.fast.shapes import CheckTables
from montages.decision.fast.unusual import Unusual
from montages.decision.vocabulary import RESERVED, TERM, THING
from montages.names import PROJECT

SYNTAX = "ntriples"
_TYPE, _SUBCLASS, _PROJECT = str(RDF.type), str(RDFS.subClassOf), str(PROJECT)

# The characters that N-Triples allows in an IRI.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*").fullmatch

# Typed values on which all engines agree. Of others, rdflib and the engine may think differently
# (2024-02-30T00:00:00 as a date, 1e3 as a decimal), and the engine stops at a number over 64 bits.
_YEAR, _WHOLE = r"[1-9]\d{3}", r"-?(?:0|[1-9]\d{0,11})"
_FORMS = {
    XSD.integer: _WHOLE,
    XSD.decimal: rf"{_WHOLE}(?:\.\d{{1,12}})?",
    XSD.boolean: "true|false",
    XSD.date: rf"{_YEAR}-\d\d-\d\d",
    XSD.gYearMonth: rf"{_YEAR}-\d\d",
    XSD.gYear: _YEAR,
}
_USUAL = re.compile(
    "|".join(rf'"(?:{form})"\^\^<{re.escape(str(kind))}>' for kind, form in _FORMS.items()),
    re.ASCII,
).fullmatch


@dataclass
class Judged:
    """The lines to judge, and the names whose background goes with them.

    `others` are the names of what the description does not describe itself; `doubtful` tells that some
    name may be misspelt or reserved, which is for `decision.vocabulary` to say.
    """

    lines: list[str] = field(default_factory=list)
    called: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    doubtful: bool = False

    def text(self, tables: CheckTables) -> str:
        """Return all that the engine is to read."""
        lines = dict.fromkeys(self.lines)
        for name in self.called:
            lines |= dict.fromkeys(tables.background[name])
        return "".join(lines)


def judged(facts: Facts, tables: CheckTables) -> Judged:
    """Return what the shapes look at in some facts; raises Unusual for what the engine may misjudge."""
    found, described, along = Judged(), facts.by_subject, tables.looked_along
    lines, called, others = found.lines, found.called, found.others
    background, terms, things = tables.background, tables.names.terms, tables.names.things
    for s, properties in described.items():
        if not _IRI(s):
            raise Unusual
        if RESERVED in s:
            found.doubtful = True
        if s in background:
            called.add(s)
        for p, values in properties.items():
            if p not in terms and p.startswith(TERM):
                found.doubtful = True
            if p == _SUBCLASS:  # classes of its own
                raise Unusual
            start = along.get(p)
            if start is not None:
                start = f"<{s}>{start}"
            names, ours = (terms, TERM) if p == _TYPE else (things, THING)
            for o in values:
                if type(o) is str:
                    if o in background:
                        called.add(o)
                    if o not in names:
                        if o.startswith(ours) and not o.startswith(_PROJECT):
                            found.doubtful = True
                        if o not in described:
                            if start is not None and not _IRI(o):
                                raise Unusual
                            others.add(o)
                    if start is not None:
                        lines.append(f"{start}<{o}> .\n")
                elif start is not None:
                    literal = str(o)
                    if literal[-1] == ">" and not _USUAL(literal):
                        raise Unusual
                    lines.append(f"{start}{literal} .\n")
    return found
