"""What an arrangement is worth to a buyer, by exact search over its gates: open or closed, on what terms.

In: the answers of a unit, the rules of a day. Out: a `UnitVerdict`. Read `unit_verdict` (what a verdict
says), `judgement` (how one is asked for) and `judge` (how it is reached); then `completions` and
`reopenings` (the two questions) and `gate_formula` (how a solver is asked).
"""
