"""Fork: a project beside another, or beside itself with other answers: what moves, and by which checks.

In: two assessments. Out: a `Fork`. Read `project_fork` (the data, how it comes about, its JSON), and
`edited_answers` (a description with some answers said otherwise).
"""
