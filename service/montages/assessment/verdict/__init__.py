"""What an arrangement is worth to a buyer, by exact search over its gates: open or closed, on what terms.

In: the answers of a unit, the rules of a day. Out: a `UnitVerdict`. Read `unit_verdict` (what a verdict
says), `judgement` (how one is asked for) and `judge` (how it is reached); then the questions it asks, each a
file: `needs` with `completions` (what is missing), `disputed_facts`, `reopenable` and `reopenings` (what
reopens it). `sole_verdict` is the verdict without what it rests on, for whoever asks for hundreds. Answers
and gates as bits are `stated_answers`, `criterion_bits`, `masked_gates`, `gate_bits` and `gate_parts`;
`gate_formula` is how a solver is asked.
"""
