"""Descriptions: a text in any syntax comes in, the facts of one project and their places go out.

`parsing` turns a text into a `Description`; `places` finds where in a text a statement stands; `to_keys`
is the way back, from a graph to our keys. Nothing here knows the rules. Read `description`, then `facts`
(triples as plain data, values in one form whatever the syntax), `blank_nodes` (their names), `limits` and
`dates`, then `parsing` and `places`.
"""
