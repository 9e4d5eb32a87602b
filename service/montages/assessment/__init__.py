"""From outcomes to an assessment: verdicts, the contract that is named, checks, what answers would change.

In: descriptions, an engine and a day. Out: an `Assessment`, whole or `brief`, as JSON and as linked data.
Read `assess` (the way through), then the three parts of an assessment: `premises` (what it rests on),
`conclusions` (the verdicts, each an `arrangement_verdict`, and the answer), `coherence` (what is
retained, and the findings). `parts` joins `verdict/` (open or closed, on what terms) and `checks/`
(the requirements one by one); what goes with a verdict is made when it is asked for, in the words of
`wording`. `qualification` says what the answers call each contract by, `procedures` which one is enough,
`naming` what is named by both, `nearby_naming` what one more answer would name; `ranking` puts contracts
in order and in rows; `answer/` makes the one answer that every door reads, `supposed_answers` what would
be answered if something else were.
`assessment_line` is the line of a batch, `forms/` the JSON, `triples` the linked data.
"""
