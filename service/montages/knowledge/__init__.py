"""The knowledge: files of the ontology, the data, the shapes and the queries, read once a start.

In: the repository's files, through `files`. Out: the rulebook as plain data (`law`, `model`, read off
`graphs` by `rulebook`, each field as `thing_reading` does), the rules of a period (`periods`), the logic that
decides outcomes and statuses (`logic`), what follows from answers (`entailment`) or is presumed
(`presuming`), and their compiled forms (`compiled`). Read `law`, `model`, `rulebook`, `buckets` (how numbers
become values), `periods`, `logic`; then `entailment` and `verdict_gates`. What people write is read by
`description_keys`, `thing_labels` and `measurement_units`; `did_you_mean` says what was meant.
"""
