"""The rules of a period in the forms that are evaluated or checked against.

In: the rules of a period. Out: OWL 2 RL axioms (`owl_compiler`), bit masks (`masks`, the same decisions as
`knowledge.logic`), the shapes of answers (`answer_shapes`) and the JSON-LD context (`jsonld_context`).
Each file is read by itself, after `knowledge.logic`.
"""
