"""What each requirement says of a project: checks, duties, points of attention.

In: what units answer. Out: their outcomes. Read `unit_outcomes`.
"""
