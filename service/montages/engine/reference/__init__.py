"""The reference engine: the published queries and an independent OWL 2 RL reasoner.

Descriptions go in as graphs; `close`, `reason` and `derive` are its three steps, one file each, which
`reference_engine` runs for several projects at once. `reason` says which rules of owlrl are run, and why not
all; `derive` takes the projects apart again.
"""
