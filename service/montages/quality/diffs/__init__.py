"""What changed in the rulebook between two days, and what that changes for projects.

In come two days, and descriptions for `status_diff`; out go the changes as data and JSON. Read `rules_diff`
(requirements, thresholds, arrangements), `status_diff` (statuses of projects and their causes), then
`rules_diff_text` (both for the terminal).
"""
