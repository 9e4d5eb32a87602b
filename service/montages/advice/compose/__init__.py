"""Composition: whole set-ups that cover every layer and perimeter of a project with open contracts (R23).

In: an assessment. Out: `Compositions`. Read `composition` (the data and its JSON), `compose_contracts` (how
they come about), `unit_blocks` (what one contract may cover together), `contract_part` and `contract_parts`
(by which contract) and `exact_covers` (the search); `composition_words` puts them in words.
"""
