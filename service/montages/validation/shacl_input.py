"""What the shapes look at in a description, as N-Triples for the compiled SHACL engine."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, XSD

from montages.description.facts import Facts
from montages.errors import Unsupported
from montages.names import PROJECT
from montages.validation.check_tables import CheckTables
from montages.validation.vocabulary import RESERVED, TERM_PREFIXES, THING_PREFIXES

SYNTAX = "ntriples"
_TYPE, _SUBCLASS, _PROJECT = str(RDF.type), str(RDFS.subClassOf), str(PROJECT)

# The characters that N-Triples allows in an IRI.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*").fullmatch

# Typed values on which all engines agree. Of undescribed, rdflib and the engine may think differently
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
class ShaclInput:
    """The lines of a description, and the names in them whose background goes with them (`referenced`).

    `undescribed` are the names that the description does not describe itself; `doubtful` tells that some
    name may be misspelt or reserved, which `validation.vocabulary` decides.
    """

    lines: list[str] = field(default_factory=list)
    referenced: set[str] = field(default_factory=set)
    undescribed: set[str] = field(default_factory=set)
    doubtful: bool = False

    def text(self, tables: CheckTables) -> str:
        """Return the lines and their background as N-Triples."""
        lines = dict.fromkeys(self.lines)
        for name in self.referenced:
            lines |= dict.fromkeys(tables.background[name])
        return "".join(lines)


def shacl_input(facts: Facts, tables: CheckTables) -> ShaclInput:
    """Return what the shapes look at in some facts; raises Unsupported for what the engine may misread."""
    data, described, along = ShaclInput(), facts.by_subject, tables.looked_along
    lines, referenced, undescribed = data.lines, data.referenced, data.undescribed
    background, terms, things = tables.background, tables.vocabulary.terms, tables.vocabulary.things
    for s, properties in described.items():
        if not _IRI(s):
            raise Unsupported
        if RESERVED in s:
            data.doubtful = True
        if s in background:
            referenced.add(s)
        for p, values in properties.items():
            if p not in terms and p.startswith(TERM_PREFIXES):
                data.doubtful = True
            if p == _SUBCLASS:  # classes of its own
                raise Unsupported
            start = along.get(p)
            if start is not None:
                start = f"<{s}>{start}"
            names, ours = (terms, TERM_PREFIXES) if p == _TYPE else (things, THING_PREFIXES)
            for o in values:
                if type(o) is str:
                    if o in background:
                        referenced.add(o)
                    if o not in names:
                        if o.startswith(ours) and not o.startswith(_PROJECT):
                            data.doubtful = True
                        if o not in described:
                            if start is not None and not _IRI(o):
                                raise Unsupported
                            undescribed.add(o)
                    if start is not None:
                        lines.append(f"{start}<{o}> .\n")
                elif start is not None:
                    literal = str(o)
                    if literal[-1] == ">" and not _USUAL(literal):
                        raise Unsupported
                    lines.append(f"{start}{literal} .\n")
    return data
