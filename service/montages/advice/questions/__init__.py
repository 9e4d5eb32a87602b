"""The interview: which questions to ask next of a project, why, what answers do, when to stop (R19).

In: a derived description. Out: an `Interview`. Read `interview` (the data), `next_questions` (how it comes
about: what may change the answer, or the verdict of some arrangements), then `undecided` (what may be asked,
and whether an answer can still change a verdict). `refinements` are the questions that change no verdict,
`parts_to_describe` the parts of a description that answers are read off; `question_words` puts questions in
words, `answer_writing` writes answers into a description.
"""
