"""The knowledge: files of the ontology, the data, the shapes and the queries, read once a start.

In: the repository's files, through `files`. Out: the rulebook as plain data (`model`, read by `rulebook`),
the rules of a period (`periods`), the logic that decides outcomes and statuses (`logic`), answers that
are supposed (`suppositions`), and their compiled forms (`compiled`). Read `model`, `rulebook`, `periods`,
`logic`; then `implications` and `buckets` (what an answer implies, how numbers become values), and last
`did_you_mean`, `unknown_name` and `thing_labels`.
"""
