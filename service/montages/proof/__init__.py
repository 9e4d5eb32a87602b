"""Proofs of a status: written by one half of the room, checked by the other, which trusts nothing.

In: an assessment, or a proof and the description it is about. Out: the steps of a proof as JSON (`prove`,
with `proof_search`), or the steps that fail (`verify`, with `proof_rules`, which keeps its own tables of
outcomes and statuses on purpose). Read `prove`, then `verify`.
"""
