"""From outcomes to an assessment: verdicts, checks, presumptions, sentences, what answers would change.

In: descriptions, an engine and a day. Out: an `Assessment`, whole or `brief`, as JSON and as linked data.
Read `assess` (the way through), `assessment` and `arrangement_result` (the data), then `explain`, which
joins `verdict/` (open or closed, on what terms), `checks/` (the requirements one by one) and `words/` (the
sentences); `ranking` and `procedures` put results in order; the rest completes them.
"""
