"""The rules of a period in the forms that are evaluated or checked against.

In: the rules of a period. Out: OWL 2 RL axioms (`owl_compiler`), bit masks (`masks`, with the
same decisions as `knowledge.logic`), the shapes of
answers (`answer_shapes`), and the verdicts as a diagram: read `decision_diagram`, `diagram_variables`,
`gate_diagrams`, `verdict_compiler`, `verdict_diagram`; then what is named as a list of diagrams:
`naming_variables`, `naming_compiler`, `naming_diagram`. Read `knowledge.logic` before.
"""
