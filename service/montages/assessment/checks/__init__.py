"""What each requirement says of a project: the checklist, what answers would change, the duties.

In: units with their outcomes. Out: checks, standings, impacts and duties. Read `unit_outcomes`,
`arrangement_requirements` and `standing` (where arrangements stand), then `requirement_checks`.
"""
