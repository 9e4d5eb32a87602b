"""From outcomes to an assessment: verdicts, the contract that is named, checks, what answers would change.

In: descriptions, an engine and a day. Out: an `Assessment`, whole or `brief`, as JSON and as linked data.
Read `assess` (the way through), `conclusions` and `arrangement_result` (the data), then `explainer`, which
joins `verdict/` (open or closed, on what terms) and `checks/` (the requirements one by one), and makes what
is told of a result when it is asked for, in the words of `wording`. `qualification` says what the answers
call each contract by, `ranking` puts contracts in order and in rows, `procedures` the ways of award;
`answer/` makes the one answer that every door reads. `premises` is what an assessment rests on.
`status_line` is the line of a batch, `forms/` the JSON, `triples` the linked data.
"""
