"""What to do next with a project, and what would change its answer (R19, R21 to R24).

In: a description, or what was assessed of it. Out: data that every door writes out. Read `questions/` (the
interview), `what_if/` (choices that open a contract), `comparison` (contracts side by side), `compose/`
(whole set-ups), `similar/` (projects like it), `thresholds/` (what an amount and a day change of procedures).
They share `request` (what advice is asked about, and the head of its JSON) and `counts_shown`.
"""
