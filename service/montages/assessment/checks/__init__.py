"""What each requirement says of a project: the checklist, what answers would change, the duties.

In: units with their outcomes. Out: checks, impacts and duties. Read `requirement_checks`, then `impact`.
"""
