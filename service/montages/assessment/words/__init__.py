"""The sentences of an assessment: the answer on top, one a set-up, why a procedure is enough.

In: results in their order. Out: texts in both languages. Read `answer` (what stands on top), then
`answer_sentence` and `sentences`; `wording` puts an answer that is wanted into words.
"""
