"""The rules of a period in the forms that are evaluated or checked against.

In: the rules of a period. Out: OWL 2 RL axioms (`owl_compiler`), bit masks (`masks`: each requirement is a
`masked_requirement`, with the same decisions as `knowledge.logic`, each answer has an `answer_effect`), the
shapes of answers (`answer_shapes`), the JSON-LD context (`jsonld_context`), and the verdicts as a diagram:
read `decision_diagram`, `answer_states` (its variables), `gate_diagrams`, `verdict_compiler`,
`verdict_diagram`. Read `knowledge.logic` before.
"""
