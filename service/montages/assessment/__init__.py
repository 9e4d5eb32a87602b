"""From outcomes to an assessment: checks, missing answers, sentences, what each answer would change.

In: descriptions, an engine and a day. Out: an `Assessment`, whole or `brief`, as JSON and as linked data.
Read `assess` (the way through), `assessment` and `arrangement_result` (the data), then `explain` with
`unit_outcomes`, `impact` and `sentences`; `retained`, `costs`, `statement` and `prov_extracts` complete it.
"""
