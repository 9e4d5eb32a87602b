"""What follows from a description under the rules of a date: close, reason, derive.

A description and the rules of a period go in; a `Derivation` comes out: units with their answers, an outcome
for each requirement, a status for each arrangement, and the graphs of each step. Two engines do it and
agree (R11). The reference engine runs the published queries and owlrl, and is short; the fast engine does
the same over plain data. What the fast one does not support, the reference one answers.

Read `protocol` (what an engine does and returns), then `reference/reference_engine`, whose three steps are
three files; `units` (what both engines make of the closing step) with `one_truth`; `fast/`; then `engines`,
which puts them together, and last `whole_project`, the units of a project as one.
"""
