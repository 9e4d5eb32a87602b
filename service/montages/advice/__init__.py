"""What to do next with a project, and what would change its answer (R19, R21 to R24).

In: a description, or what was assessed of it. Out: data that every door writes out. Read `questions/` (the
interview), `what_if/` (choices that open a contract), `compare/` (contracts side by side), `compose/` (whole
set-ups), `fork/` (a project beside another), `thresholds/` (what an amount and a day change of procedures);
what they share stands beside them.
"""
