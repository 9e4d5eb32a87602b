"""The answer: what is named for a project, by which procedure, why, and what would change it (R41 to R52).

In: what is concluded of its units. Out: a `ShortAnswer`. Read `named_rows` (which contracts, for which
parts), `ways` (how each is awarded), `answer_fork` and `ending` (what is still to be said), `nothing_open`
(where none is named), then `short_answer` (all of it, and its JSON) and `answer_sentence` (in words).
"""
