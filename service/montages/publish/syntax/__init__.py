"""RDF syntaxes written so that the same triples give the same bytes, in every process.

In come triples, out goes text. Read `statements.py` (the order, and names for blank nodes) and
`prefixes.py`, then one file a syntax: `turtle.py` (and TriG), `ntriples.py` (and N-Quads), `jsonld.py`,
`rdfxml.py`.
"""
