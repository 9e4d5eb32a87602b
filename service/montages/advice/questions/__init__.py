"""The interview: which questions to ask next of a project, why, what answers do, when to stop (R19).

In: a derived description. Out: an `Interview`. Read `interview` (the data), `next_questions` (how it comes
about), then `undecided` (whether an answer can still change a verdict) and `askable` (what may be asked);
`question_effects` says what answers do, `question_words` puts it in words.
"""
