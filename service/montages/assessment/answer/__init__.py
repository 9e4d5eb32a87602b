"""The answer: what is named for a project, by which procedure, why, and what would change it (R41 to R52).

In: what is concluded of its units. Out: a `ShortAnswer`. Read `named_rows` (which contracts, for which
parts, or which fork), `award` (how each is awarded), `row_duties` (what it has one do), `next_steps`
(what to do), `ending` (what is still to be said, by what each answer would name), `joint_ending` (by what
all together might), then `short_answer` (all of it, and its JSON) and `sentences` (in words).
"""
