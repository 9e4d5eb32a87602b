"""What-if: which changes of choices would open a set-up, what they gain and lose elsewhere (R21, R22).

In: a description. Out: `WhatIfs`. Read `what_ifs` (the data, its JSON and its words), `nearest_what_ifs` (how
it comes about), then `openings` (the sets of choices, read off the diagram part by part) with `choice_sets`;
`closing_effects` says what else follows once a choice is written in a description, `verdict_moves` what a
change does to other set-ups.
"""
