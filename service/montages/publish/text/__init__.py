"""Text for people, in French and in English: assessments, explanations, findings, questions.

In come results, out go things that rich prints; the page of an assessment shows the same rows. Read
`messages.py`, `signs.py` and `typography.py` for words, `typeset.py` and `tables.py` for layout,
`assessment_rows.py`, `reasons.py` and `verdict_rows.py` for what an assessment comes to,
`answer_lines.py` for what stands on top, then `assessment_text.py`, `checklist.py`, `explanation.py`
and the others, one kind of text each.
"""
