"""The status line of a project with its verdicts, without the assessment it is a line of.

In: what a fast engine derived. Out: a `StatusLine`, byte for byte that of the assessment. Read `verdict_line`
(the line), then `line_results` (what is concluded of each arrangement, and only what a line tells of it) and
`entry_text` (an entry as JSON).
"""
