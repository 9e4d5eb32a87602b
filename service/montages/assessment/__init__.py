"""From outcomes to an assessment: verdicts, the contract that is named, checks, what answers would change.

In: descriptions, an engine and a day. Out: an `Assessment`, whole or `brief`, as JSON and as linked data.
Read `assess` (the way through), `conclusions` and `arrangement_result` (the data), then `explain`, which
joins `verdict/` (open or closed, on what terms) and `checks/` (the requirements one by one), and `explained`,
which makes what is told of a result when it is asked for, with `words/` (the sentences). `qualification` says
what the answers call each contract by, `ranking`, `rows` and `nearness` put contracts in order, `procedures`
the ways of award; `answer/` makes the one answer that every door reads. `status_line` is the line of a batch,
`forms/` the JSON.
"""
