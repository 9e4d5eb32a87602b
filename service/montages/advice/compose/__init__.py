"""Composition: whole set-ups that cover every layer and perimeter of a project with open contracts (R23).

In: an assessment. Out: `Compositions`. Read `composition` (the data, its JSON and its words),
`best_compositions` (how they come about), then `contract_parts` (what one contract may cover together, and
which contracts do).
"""
