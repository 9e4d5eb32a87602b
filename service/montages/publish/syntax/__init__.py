"""RDF syntaxes written so that the same triples give the same bytes, in every process.

In come triples, out goes text. Read `statements.py` (the order, and names for blank nodes) and
`prefixes.py`, then `turtle.py` (with TriG, N-Triples and N-Quads), `jsonld.py` and `rdfxml.py`.
"""
